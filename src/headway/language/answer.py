"""The answer at the top of a page: at most three sentences, what matters first; and the line on what it rests on."""

from collections.abc import Iterable, Sequence

from headway.language.chance import beyond
from headway.language.changes import better_or_worse, change_words, comparison_words, earlier_comparison, same_year
from headway.language.sentences import gap_sentence
from headway.language.values import join, name_of, value_words
from headway.readings.alongside import newest_shared
from headway.readings.answers import Area, MeasureLine, Profile, SnapshotFacts
from headway.vocabulary.status import Release

ATTENDANCE = ("attendance.overall_absence", "attendance.persistent_absence")
ATTAINMENT = ("ks2.rwm_expected", "ks4.attainment8", "ks5.alevel_points_per_entry", "phonics.year1", "eyfs.gld")
MOST, MOST_OF_AREA = 3, 4
BY_LUCK = 0.05  # the share of comparisons that fall outside a 95% margin when nothing is behind them


def area_answer(area: Area) -> tuple[str, ...]:
    """Attendance, attainment at eleven and at sixteen, then the gap where there is room."""
    lines = {line.own.measure.id: line for line in area.lines if line.own.cut == "all"}
    told = [_told(lines[measure]) for measure in (ATTENDANCE[0], ATTAINMENT[0], ATTAINMENT[1]) if measure in lines]
    told += [_gap((*area.cuts, *area.lines))]
    found = [sentence for sentence in told if sentence]
    return tuple(found[:MOST_OF_AREA]) or (f"No figures for {area.name} have been published yet.",)


def profile_answer(profile: Profile) -> tuple[str, ...]:
    """What stands out beyond chance, else that nothing does; then the newest attainment, attendance and gap."""
    lines = {line.own.measure.id: line for line in profile.lines if line.own.cut == "all"}
    attainment = next((lines[measure] for measure in ATTAINMENT if _speaks(lines.get(measure))), None)
    attendance = next((lines[measure] for measure in ATTENDANCE if _speaks(lines.get(measure))), None)
    told = [_standing(profile.lines), *(_told(line) for line in (attainment, attendance) if line), _gap(profile.cuts)]
    found = [sentence for sentence in told if sentence]
    return tuple(found[:MOST]) or (f"No results of {profile.establishment.name} have been published yet.",)


def _speaks(line: MeasureLine | None) -> bool:
    return line is not None and line.own.latest is not None and line.own.latest.value is not None


def _told(line: MeasureLine) -> str:
    """“Overall absence is 7.1% in 2024/25, 1.4 points above England, and rose 0.4 points since 2023/24 (worse).”"""
    latest = line.own.latest
    if latest is None or latest.value is None:
        return ""
    name = name_of(line.own.measure)
    if line.small_cohort:
        return _told_pooled(line, name)
    comparison, change = comparison_words(line, latest), change_words(line.own)
    parts = [
        part
        for part in (f", {comparison}" if comparison else "", f"{', and' if comparison else ' and'} {change}" if change else "")
        if part
    ]
    early = " (early, not for publication)" if latest.release is Release.EARLY else ""
    past = "" if comparison else earlier_comparison(line)
    return f"{name} was {value_words(latest.value, latest.unit)} in {latest.year}{early}{''.join(parts)}.{f' {past}' if past else ''}"


def _told_pooled(line: MeasureLine, name: str) -> str:
    if line.pooled is None or line.pooled.value is None:
        return f"{name}: too few pupils to judge one year alone."
    comparison = comparison_words(line, line.pooled)
    value = value_words(line.pooled.value, line.pooled.unit)
    return (
        f"{name} was {value} over three years together{f', {comparison}' if comparison else ''}; one year alone is too few pupils to judge."
    )


def _gap(lines: Iterable[MeasureLine]) -> str:
    """Disadvantaged pupils beside the others, on the first attainment measure that has both."""
    kept = {(line.own.measure.id, line.own.cut): line.own for line in lines}
    for measure in ATTAINMENT:
        one, other = kept.get((measure, "disadvantage=yes")), kept.get((measure, "disadvantage=no"))
        sentence = gap_sentence(one, other) if one and other else ""
        if sentence:
            return sentence.replace("The gap was", f"{name_of(one.measure)}: the gap for disadvantaged pupils was", 1) if one else ""
    return ""


def standing(line: MeasureLine) -> str:
    """“better” or “worse” than England where that is beyond chance; “within” chance; "" where it cannot be said."""
    latest = line.pooled if line.small_cohort and line.pooled else newest_shared(line) or line.own.latest
    other = same_year(line.comparators.get("england"), latest) if latest and (not line.small_cohort or line.pooled) else None
    if latest is None or other is None or latest.value is None or other.value is None:
        return ""
    verdict = beyond(latest, other, line.own.measure)
    if verdict is None:
        return ""
    return better_or_worse(latest.value - other.value, line.own.measure.better) if verdict else "within"


def _standing(lines: Sequence[MeasureLine]) -> str:
    """What differs from England beyond chance, named; said as plainly when nothing does."""
    judged = [(standing(line), name_of(line.own.measure)) for line in lines if line.own.cut == "all"]
    better = [name for found, name in judged if found == "better"]
    worse = [name for found, name in judged if found == "worse"]
    if not any(found for found, _ in judged):
        return ""
    if not better and not worse:
        return "Nothing here differs from England by more than chance."
    told = [f"{_few(names)} {word} than England beyond chance" for names, word in ((better, "better"), (worse, "worse")) if names]
    sentence = "; ".join(told)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _few(names: list[str]) -> str:
    """Up to two named; more are counted: a list of ten is no answer."""
    if len(names) > 2:
        return f"{len(names)} measures, {names[0]} among them, are"
    named = [names[0], *(f"{name[:1].lower()}{name[1:]}" if name[1:2].islower() else name for name in names[1:])]
    listed = ", and ".join(named) if any(" and " in name for name in named) else join(named)
    return f"{listed} {'is' if len(names) == 1 else 'are'}"


def flags(lines: Sequence[MeasureLine]) -> tuple[int, int, float]:
    """(measures judged, those beyond chance, how many luck alone would put there)."""
    judged = [found for found in map(standing, lines) if found]
    return len(judged), sum(found != "within" for found in judged), len(judged) * BY_LUCK


def basis(lines: Sequence[MeasureLine], snapshot: SnapshotFacts | None = None) -> str:
    """The grey line: which years, how firm, how many were looked at, and how many luck alone would flag."""
    newest = [line.own.latest for line in lines if line.own.latest is not None and line.own.latest.value is not None]
    if not newest:
        return "No figures yet."
    years = sorted({reading.year for reading in newest})
    span = str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"
    releases = join([release.words for release in sorted({reading.release for reading in newest}, key=lambda release: -release.rank)])
    looked, flagged, luck = flags(lines)
    parts = [f"Newest figures: {span}, {releases}.", f"{len(lines)} {'measure' if len(lines) == 1 else 'measures'} looked at."]
    if looked:
        some = "fewer than one" if luck < 1 else f"about {round(luck)}"
        found = f"{flagged} differ{'s' if flagged == 1 else ''} from England beyond chance"
        parts.append(f"Of {looked} with a margin, {found}; luck alone would give {some}.")
    if snapshot is not None and snapshot.example:
        parts.append("The area is made up.")
    return " ".join(parts)
