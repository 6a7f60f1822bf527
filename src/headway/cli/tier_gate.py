"""Whether the tier commands may tell what a scheme proposes: not where its errors fall more on some schools and nobody answers for it."""

from typing import Annotated, Any

import typer

from headway.vocabulary.errors import HeadwayError

Anyway = Annotated[bool, typer.Option("--unsigned", help="Tell proposals that are held back, for whoever looks into the gap.")]
UNTESTED = "not tested for fairness here: nobody has looked whether its errors fall more on some (headway tiers backtest … --keep)."
UNSIGNED = "HELD BACK from every page: the errors of this scheme fall more on some schools than on others, and nobody has answered for it."


def told_openly(door: Any, scheme: Any, unsigned: bool) -> str:
    """What to say beside the proposals of a scheme; empty where there is nothing. Raises H-USAGE-122 where they are held back.

    No desk is opened unless a test found a gap: a command is quick.
    """
    from headway.readings.tier_backtest.keeping import kept_tests, open_gaps

    tests = kept_tests(door, scheme.id)
    if not tests:
        return f"{scheme.id}: {UNTESTED}"
    if not open_gaps(tests):
        return ""
    from headway.site import running

    stands = running.tier_gaps_signed(door.home, scheme.id)
    if not stands.holds_back():
        return (
            f"{scheme.id}: its errors fall more on some schools than on others; somebody has answered for that (Support, Tiers, fairness)."
        )
    if unsigned:
        return f"{scheme.id}: {UNSIGNED}"
    raise _held(scheme, stands)


def _held(scheme: Any, stands: Any) -> HeadwayError:
    from headway.language.backtests import gap_sentences

    return HeadwayError(
        "H-USAGE-122",
        f"What {scheme.id} proposes is held back.",
        " ".join(gap_sentences([one for _, one in stands.unsigned])),
        "Answer for it on the page of fairness (Support, Tiers), or alter the scheme as a new version and test that; --unsigned tells the "
        "proposals to whoever looks into it.",
    )
