"""A proposal in words: what is proposed and why, what each signal rests on, what is not known, what would move a school."""

from headway.definitions.predicates import FallingBy, GapAbove, GradeIs, Measured, OlderThan, PositionAbove, PositionBelow, RisingBy, Told
from headway.definitions.tiers import NOT_ENOUGH, Scheme
from headway.language.ranks import in_words
from headway.language.values import join, name_of, size_words, value_words
from headway.readings.answers import MeasureFacts
from headway.readings.tier_proposal.answers import Explained, Looked, Proposal, SignalAnswer
from headway.readings.tier_proposal.graded import Visit
from headway.vocabulary.answer import Answer
from headway.vocabulary.number import shown

NOT_ENOUGH_WORDS = "Not enough evidence: officer judgement"
BESIDE = {"england": "England", "family": "the mean of its family", "authority": "the authority"}
AMONG = {"england": "the schools of its phase in England", "family": "its family"}


def tier_words(scheme: Scheme, tier: str) -> str:
    return NOT_ENOUGH_WORDS if tier == NOT_ENOUGH else scheme.tiers[tier].title


def proposal_sentence(one: Proposal, scheme: Scheme) -> str:
    """“Focus: Inspection: requires improvement … (a floor tier). 5 points.” or why none is proposed."""
    many = points_words(one.points)
    if one.tier == NOT_ENOUGH:
        return f"{NOT_ENOUGH_WORDS}. {many} by what is known, and no answer on: {_titles(scheme, one.missing)}."
    title = scheme.tiers[one.tier].title
    reasons = _titles(scheme, one.reasons)
    by = {"floor": "floor tier", "any_of": "one is enough", "points": many}[one.by]
    why = f" ({by}): {reasons}." if reasons else f" ({by}): no concern among what is known."
    more = f" It could be {scheme.tiers[one.at_most].title}; no answer on: {_titles(scheme, one.missing)}."
    return f"{title}{why}{more if one.at_most != one.tier and not scheme.tiers[one.at_most].light else ''}"


def points_words(points: int) -> str:
    return "1 point" if points == 1 else f"{points} points"


def _titles(scheme: Scheme, names: tuple[str, ...]) -> str:
    """Titles hold commas, so semicolons stand between them."""
    titles = [scheme.signals[name].title for name in names]
    return "; ".join(title[:1].lower() + title[1:] for title in titles)


def route_sentence(one: Proposal, scheme: Scheme) -> str:
    """What the authority may and may not do about the school."""
    return f"{one.route}. {scheme.routes[one.governance].note}"


def signal_sentence(signal: SignalAnswer) -> str:
    """“Met, 3 points. Results low …: 52.1% in 2021/22 to 2023/24, 9.3 points behind the mean of its family, beyond chance.”"""
    head = {Answer.MET: "Met", Answer.NOT_MET: "Not met", Answer.UNKNOWN: "Unknown"}[signal.answer]
    if signal.met and signal.points:
        head += f", {points_words(signal.points)}"
    if signal.why is not None:
        return f"{head}. {signal.title}: {signal.why.words}."
    told = [words for words in map(looked_words, signal.looked) if words]
    return f"{head}. {signal.title}{': ' + '; '.join(told) if told else ''}."


def looked_words(looked: Looked) -> str:
    """What one condition looked at and found."""
    condition = looked.condition
    if looked.answered.why is not None:
        return f"{_what(looked)}: {looked.answered.why.words}"
    if isinstance(condition, Told):
        return _entries(int(looked.operand.value or 0), condition)
    if isinstance(condition, (GradeIs, OlderThan)):
        return visit_words(looked.visit) if looked.visit else ""
    return _measured(condition, looked, looked.measure) if looked.measure else ""


def _what(looked: Looked) -> str:
    if looked.measure is None:
        return "what people have said" if isinstance(looked.condition, Told) else "the inspection"
    cut = looked.condition.cut if isinstance(looked.condition, Measured) else "all"
    return f"{name_of(looked.measure)}{'' if cut == 'all' else f' ({cut})'}"


def _entries(many: int, condition: Told) -> str:
    entries = "entry" if many == 1 else "entries"
    return f"{in_words(many)} {entries} in the {condition.within_months} months before" if many else "looked into, nothing found"


def visit_words(visit: Visit) -> str:
    """“inspected 12 March 2018: overall effectiveness 3”, and whose it was."""
    grades = join([f"{judgement.replace('_', ' ')} {grade.replace('_', ' ')}" for judgement, grade in sorted(visit.grades.items())])
    whose = " (of its predecessor)" if visit.of_predecessor else ""
    return f"inspected {visit.inspected.day} {visit.inspected:%B %Y}{whose}: {grades}"


def _measured(condition: Measured, looked: Looked, measure: MeasureFacts) -> str:
    own = f"{_what(looked)} {value_words(looked.own, measure.unit)} {years_words(looked)}"
    if isinstance(condition, GapAbove):
        return f"{own}, {_gap(condition, looked, measure)}{_chance(condition, looked)}"
    if isinstance(condition, (PositionBelow, PositionAbove)):
        return f"{own}, above {shown(100 * (looked.operand.value or 0), 'count')} in 100 of {AMONG[condition.among]}"
    if isinstance(condition, (RisingBy, FallingBy)):
        return f"{_what(looked)} {_change(condition, looked, measure)}{_chance(condition, looked)}"
    beside = getattr(condition, "beside", None)
    theirs = f" beside {value_words(looked.theirs, measure.unit)}" if beside is not None else ""
    whose = f" of {BESIDE[beside]}" if isinstance(beside, str) else ""
    return f"{own}{theirs}{whose}{_chance(condition, looked)}"


def years_words(looked: Looked) -> str:
    """“in 2023/24”, “in 2021/22 to 2023/24 (2 years)”."""
    if not looked.years:
        return ""
    first, last = min(looked.years), max(looked.years)
    if first == last:
        return f"in {last}"
    return f"in {first} to {last}" if last - first + 1 == len(looked.years) else f"in {len(looked.years)} years from {first} to {last}"


def _gap(condition: GapAbove, looked: Looked, measure: MeasureFacts) -> str:
    behind = looked.operand.value or 0.0
    word = "worse than" if measure.better == "lower" else "behind"
    other = BESIDE[condition.beside] if isinstance(condition.beside, str) else value_words(condition.beside, measure.unit)
    if behind <= 0:
        return f"not {word} {other} at {value_words(looked.theirs, measure.unit)}"
    return f"{size_words(behind, measure.unit)} {word} {other} at {value_words(looked.theirs, measure.unit)}"


def _change(condition: RisingBy | FallingBy, looked: Looked, measure: MeasureFacts) -> str:
    change = (looked.own or 0.0) - (looked.theirs or 0.0)
    word = "rose" if change > 0 else "fell" if change < 0 else "did not change"
    size = f" by {size_words(change, measure.unit)}" if change else ""
    beside = " beside England’s movement" if condition.beside else ""
    if condition.relative and looked.theirs:
        size = f" by {shown(abs(100 * change / looked.theirs), 'percent')}" if change else ""
    return f"{word}{size} {_between(looked)}{beside}"


def _between(looked: Looked) -> str:
    return f"from {min(looked.years)} to {max(looked.years)}" if looked.years else ""


def _chance(condition: Measured, looked: Looked) -> str:
    """Only where the condition asks for it: its own verdict, never another test."""
    if not condition.beyond_chance or looked.operand.margin is None:
        return ""
    return ", beyond chance" if looked.answered.answer is Answer.MET else ", not beyond chance by as much as the rule asks"


def lighter_sentence(found: Explained, scheme: Scheme) -> str:
    """What would move the school to a lighter tier; nothing for a light one or where none is proposed."""
    if not found.lighter:
        return ""
    titles = join([f"“{scheme.signals[name].title}”" for name in found.lighter])
    return f"It would move to a lighter tier once {titles} no longer {'holds' if len(found.lighter) == 1 else 'hold'}."


def explained_lines(found: Explained, scheme: Scheme) -> tuple[str, ...]:
    """Everything a command says of one school's proposal, met first, then unknown, then not met."""
    order = {Answer.MET: 0, Answer.UNKNOWN: 1, Answer.NOT_MET: 2}
    signals = sorted(found.proposal.signals, key=lambda one: (order[one.answer], not one.core, -one.points))
    when = f", as of {found.as_of.day} {found.as_of:%B %Y}" if found.as_of else ""
    head = f"{found.establishment.name} (URN {found.establishment.urn}), {found.title}{when}"
    said = [head, proposal_sentence(found.proposal, scheme), route_sentence(found.proposal, scheme), lighter_sentence(found, scheme)]
    return (*[line for line in said if line], "", *[f"  {signal_sentence(one)}" for one in signals], "", *found.cautions)
