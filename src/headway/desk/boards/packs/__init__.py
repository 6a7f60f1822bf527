"""The papers of a meeting, from one source: what went in, what Headway writes under each item, editions, files, verification. Pure."""
