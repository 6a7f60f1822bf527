"""Codes, counts and rates against what the department and others published, and the shared cases of the threshold."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from headway.definitions.absence_rules import in_force
from headway.definitions.loading import library_for
from headway.registers import daily_feed
from headway.registers.code_book import CodeBook
from headway.registers.counts import Counts, pooled
from headway.registers.notices import Notice, next_step
from headway.registers.thresholds import absences, met
from headway.vocabulary.academic_year import AcademicYear
from tests.factories.registers import Pupil, view

LIBRARY = library_for()
BOOK = CodeBook(LIBRARY.attendance.codes)
RULE = in_force(LIBRARY.attendance.penalty_notices, date(2025, 9, 1))
MEANS = {
    "present": "present", "approved educational activity": "approved", "authorised": "authorised", "unauthorised": "unauthorised",
    "not a possible session": "not_possible",
}  # fmt: skip
# the file's column for each reason → ours; F, which it has in its totals and in no column, is why some rows miss by a few
REASONS = {
    "reason_l_present_late_before_registers_closed": "late",
    "reason_i_authorised_illness": "illness",
    "reason_m_authorised_medical_dental": "medical",
    "reason_r_authorised_religious_observance": "religious",
    "reason_s_authorised_study_leave": "study_leave",
    "reason_t_authorised_mobile_child": "mobile_child",
    "reason_h_authorised_holiday": "holiday_granted",
    "reason_e_authorised_excluded": "excluded",
    "reason_c_authorised_other": "other_authorised",
    "reason_c1_authorised_regulated_performance": "performance",
    "reason_j1_authorised_interview": "interview",
    "reason_c2_authorised_temp_reduced_timetable": "part_time",
    "reason_b_aea_education_off_site": "off_site",
    "reason_j_aea_interview": "interview_approved",
    "reason_p_aea_approved_sporting_activity": "sport",
    "reason_v_aea_educational_visit_trip": "visit",
    "reason_w_aea_work_experience": "work_experience",
    "reason_k_aea_education_arranged_by_la": "arranged_by_la",
    "reason_g_unauthorised_holiday": "holiday_not_granted",
    "reason_u_unauthorised_late_after_registers_closed": "late_after_close",
    "reason_o_other_unauthorised": "other_unauthorised",
    "reason_n_no_reason_yet": "no_reason_yet",
    "reason_present": "present",
}


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def test_every_code_of_the_list_counts_as_it_says(shared: Path) -> None:
    checked = 0
    for row in rows_of(shared / "oracles/01_attendance_codes_2024.csv"):
        regimes = [one for one in BOOK.regimes if row["code"] in one.codes]
        assert (row["group"] == "legacy") == (regimes[-1].until != "open"), row["code"]
        for regime in regimes:
            code = regime.codes[row["code"]]
            assert (code.means.value, code.evidence) == (MEANS[row["statistical_meaning"]], row["evidence"]), row["code"]
            checked += 1
    assert checked >= 37


def counts_of(row: dict[str, str]) -> Counts:
    """From its codes alone, by what each counts as."""
    sums = dict.fromkeys(("present", "approved", "authorised", "unauthorised"), 0)
    meant = {code.reason: code.means.value for _, code in BOOK.by_byte.values()}
    for column, reason in REASONS.items():
        sums[meant[reason]] += round(float(row[column]))
    return Counts(sum(sums.values()), sums["authorised"], sums["unauthorised"])


@pytest.mark.parametrize("path", ["oracles/01_attendance_ytd_2025_26.csv", "data/ees-la/pupil_attendance_ytd_2024-25.csv"])
def test_published_totals_and_rates_come_out_of_the_codes(shared: Path, path: str) -> None:
    missed, seen, weighted = 0, 0, 0
    for row in rows_of(shared / path):
        if not row["possible_sessions"].replace(".", "").isdigit():
            continue
        mine, possible = counts_of(row), round(float(row["possible_sessions"]))
        assert mine.attended == round(float(row["overall_attendance"]))
        assert mine.unauthorised == round(float(row["unauthorised_absence"]))
        short = possible - mine.possible  # the legacy code F
        assert 0 <= short < 1000
        missed += short > 0
        seen += 1
        whole = Counts(possible, round(float(row["authorised_absence"])), mine.unauthorised)
        if row["education_phase"] == "Total" and row["time_period"] == "202425":
            weighted += whole.rate(whole.attended) != pytest.approx(float(row["attendance_perc"]), abs=1e-3)
            continue
        for name, count in (
            ("attendance_perc", whole.attended), ("overall_absence_perc", whole.absent), ("authorised_absence_perc", whole.authorised),
            ("unauthorised_absence_perc", whole.unauthorised), ("illness_perc", round(float(row["reason_i_authorised_illness"]))),
        ):  # fmt: skip
            assert whole.rate(count) == pytest.approx(float(row[name]), abs=1e-6), (name, row["geographic_level"])
        assert round(float(row["late_sessions"])) == sum(round(float(row[one])) for one in REASONS if "_late_" in one)
    assert seen > 90
    assert missed < seen / 4
    assert weighted == (10 if "2024-25" in path else 0)  # that year's totals weigh the phases by their rolls: no sum over sums


def test_phases_add_up_to_the_nation(shared: Path) -> None:
    national = {
        row["education_phase"]: counts_of(row)
        for row in rows_of(shared / "oracles/01_attendance_ytd_2025_26.csv")
        if row["geographic_level"] == "National"
    }
    assert abs(pooled(national[phase] for phase in ("Primary", "Secondary", "Special")).possible - national["Total"].possible) < 10


def register(*spans: tuple[date, int]) -> tuple[Pupil, list[tuple[date, str]]]:
    days = [first + timedelta(7 * week + day) for first, weeks in spans for week in range(weeks) for day in range(5)]
    pupil = Pupil(900000, "p1", "c1")
    sessions = [(day, session) for day in days for session in ("AM", "PM")]
    pupil.marks = dict.fromkeys(sessions, "/")
    return pupil, sessions


def pattern(text: str) -> Pupil:
    """The register that a case's words describe."""
    if "summer term" in text:
        summer, autumn = map(int, re.findall(r"(\d+) (?:sessions )?in the", text))
        pupil, sessions = register((date(2025, 7, 14), 1), (date(2025, 9, 1), 3))
        chosen = [*sessions[10 - summer : 10], *sessions[10 : 10 + autumn]]
        return put(pupil, chosen, "O" * (summer + autumn))
    pupil, sessions = register((date(2025, 9, 1), 10))
    if "holiday +" in text:
        return put(pupil, [*sessions[:4], *sessions[30:90:10]], "GGGGUUUUUU")
    if "one week" in text:
        return put(pupil, sessions[:10], "G" * 10)
    return put(pupil, [*sessions[:6], *sessions[10:50:10]], "O" * 10)


def put(pupil: Pupil, sessions: list[tuple[date, str]], codes: str) -> Pupil:
    pupil.marks |= dict(zip(sessions, codes, strict=True))
    return pupil


def test_the_shared_cases_of_the_threshold(shared: Path) -> None:
    told = json.loads((shared / "oracles/01_penalty_notice_cases.json").read_text())
    rule = told["rule"]
    assert (RULE.sessions, RULE.school_weeks, RULE.most) == (
        rule["threshold_sessions"],
        rule["window_school_weeks"],
        rule["max_notices_per_parent_per_child_in_3_years"],
    )
    assert sorted(BOOK.code(byte) for reason in RULE.reasons for byte in BOOK.reasons[reason]) == rule["codes_counted"]
    amounts = rule["first_notice_gbp"]
    assert (RULE.first.pounds_if_early, RULE.first.pounds) == (amounts["within_21_days"], amounts["within_28_days"])
    assert RULE.second.pounds == rule["second_notice_same_parent_same_child_within_3_years_gbp"]
    for case in told["cases"]:
        if "met" in case:
            pupil = pattern(case["pattern"])
            views = [view([pupil], AcademicYear(start)) for start in (2024, 2025)]
            assert bool(met(absences(views, RULE, date(2026, 7, 1)), RULE, views)) is case["met"], case["pattern"]
        else:
            issued = [Notice("parent", "child", date(2025, 1, 6)), Notice("parent", "child", date(2025, 6, 2))]
            assert next_step(issued, "parent", "child", date(2026, 1, 5), RULE).allowed is case["penalty_notice_allowed"]
    assert len(told["cases"]) == 5


def test_the_daily_feed_of_new_york(shared: Path, tmp_path: Path) -> None:
    path = next((shared / "data/nyc-daily-attendance").glob("nyc_school_daily_attendance*"))
    feed = daily_feed.read(path, tmp_path, {"day": "ATTN_DATE_YMD", "school": "DBN", "attendance": "ATTN_PCT"})
    assert len(feed) + feed.not_submitted > 650_000
    weekday = {
        day: counts.rate(counts.attended) or 0.0
        for day, counts in feed.counts(feed.weekdays()).items()
        if counts.possible > 10_000 * 10_000
    }
    assert list(weekday) == [0, 1, 2, 3, 4]
    assert weekday[4] == min(weekday.values())  # Fridays are worst
    assert max(weekday, key=lambda day: weekday[day]) in (1, 2)  # the middle of the week best
    month = {at: counts.rate(counts.attended) or 0.0 for at, counts in feed.counts(feed.months()).items()}
    assert month[6] == min(month[at] for at in (9, 10, 11, 12, 1, 2, 3, 4, 5, 6))
    assert min(month[9], month[10]) > month[1]
    whole = pooled(feed.counts(np.zeros(len(feed), np.int64)).values())
    assert 88 < (whole.rate(whole.attended) or 0) < 94
