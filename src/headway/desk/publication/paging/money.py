"""What support costs, by kind of provider. Sums in which one or two dominate are withheld, and others that would tell them."""

from collections.abc import Mapping

from headway.papers.blocks import Block, Column, Heading, Number, Paragraph, Table, Voice
from headway.stats.disclosure import TOTAL, Money, Way, money_told, money_withheld

WITHHELD = "withheld"
WHY = (
    "A sum is withheld where fewer than three givers are in it, or where two have more than nine tenths of it: each could work out what "
    "the other is paid. Where the total would tell it, another sum is withheld too. A trust and its schools count as one giver."
)


def tables(money: Mapping[str, Money]) -> list[Block]:
    """A table for each; nothing where nobody gives or offers anything yet."""
    having = {what: of for what, of in money.items() if any(pounds for given in of.values() for _, pounds in given)}
    blocks: list[Block] = [Heading("Support between schools"), Paragraph(WHY, Voice.NOTE)] if having else []
    return blocks + [_table(what, of) for what, of in having.items()]


def _table(what: str, of: Money) -> Table:
    gone = money_withheld(of)
    sums = {part: sum(pounds for _, pounds in given) for part, given in sorted(of.items())}
    rows = [(part, (_pounds(pounds, what, part in gone),)) for part, pounds in sums.items()]
    rows.append(("Together", (_pounds(sum(sums.values()), what, TOTAL in gone),)))
    return Table(what, (Column("Who gives it"), Column("Cost", number=True)), tuple(rows))


def _pounds(pounds: float, what: str, withheld: bool) -> Number:
    return Number(WITHHELD) if withheld else Number(f"£{pounds:,.0f}", f"{what}, as written down in the register of support.", pounds)


def tried(money: Mapping[str, Money]) -> Way:
    """The attack on these tables."""
    told, hidden = [], 0
    for what, of in money.items():
        gone = money_withheld(of)
        hidden += len(gone)
        told += [f"{what}, {part}: one or two givers have nearly all of it." for part in money_told(of, gone)]
    note = "What maintained schools are asked to give is a public rate times public numbers of pupils: nothing of it can be withheld."
    return Way(
        "Sums of money: what one giver can work out of another’s, from a part or from the total less the rest", hidden, tuple(told), note
    )
