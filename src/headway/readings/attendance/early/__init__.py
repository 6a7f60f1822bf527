"""The door to early warning: who is drifting before being persistently absent, and what an officer should look at first.

What the desk and other programs use:

- `pupils.drifting`, `pupils.patterns`, `pupils.flags`: pupils, each with what was found, since when, and whether it stands;
- `schools.clusters`: year groups in which more pupils than elsewhere in the school fell away;
- `schools.school_anomalies`: schools whose use of codes is unlike that of schools of their kind;
- `predicted.predicted`: who will be persistently absent by the end of the year, with a chance that has been checked, and reasons;
- `done.Done`: what was done about it, handed in by whoever keeps that: an honest action clears a flag for a while.

Each takes `door, viewer, asked` (`asking.Asked`), needs a viewer who may see pupils, keeps to their patch and is written down.
"""
