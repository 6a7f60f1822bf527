"""What the report of a strategy rests on: its promises as they stand, and what people said when they were asked."""

from datetime import date

from headway.desk.consultation import queries as consultations
from headway.desk.consultation.rules import Doing, State
from headway.desk.scrutiny.writing import About
from headway.desk.strategy import queries as strategies
from headway.desk.strategy.keeping import promises
from headway.desk.strategy.models import Strategy
from headway.papers.blocks import Block, Column, Heading, Paragraph, Table
from headway.readings.ambitions import Answer
from headway.readings.door import Door


def answers(door: Door, strategy: Strategy) -> list[Answer]:
    """Each promise in force, judged by the text it was adopted with, as published figures have it: a report is for everybody."""
    return [one.answer for one in promises(door, strategy)]


def about(door: Door, strategy: Strategy, body: str, today: date) -> About:
    decided = strategies.decision(strategy)
    background = [f"{strategy.title}, version {strategy.version}, {strategy.starts.year} to {strategy.ends.year}."]
    background += [f"Decided by {decided.body}, minute {decided.minute}."] if decided else []
    return About(strategy.title, body, today, door.facts, tuple(background))


def consulted(strategy: Strategy) -> tuple[Block, ...]:
    """What people said and what was done, of the consultations whose answer is published."""
    blocks: list[Block] = []
    for one in strategy.consultations.filter(state=State.ANSWERED):
        blocks += [Heading(one.title, 2), Paragraph(f"{consultations.heard(one).capitalize()}, {one.opens} to {one.closes}.")]
        rows = tuple(
            (theme.title, theme.you_said or "–", Doing(theme.doing).label if theme.doing else "–", theme.we_did or "–")
            for theme in consultations.themes(one)
        )
        columns = (Column("Theme"), Column("You said"), Column("What we do"), Column("Why"))
        blocks.append(Table(f"You said, we did: {one.title}", columns, rows))
    return tuple(blocks)
