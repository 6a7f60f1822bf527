"""A strategy on attendance leads to whether results moved where attendance did: an association, loudly."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.strategy import actions
from headway.desk.strategy.attendance_results import PACKAGE
from headway.desk.strategy.models import Strategy

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WORDS = {
    "title": "In school every day", "summary": "What we promise.", "owner": "Director of education",
    "starts": date(2026, 9, 1), "ends": date(2029, 8, 31), "audience": "everybody",
}  # fmt: skip


def test_only_a_strategy_on_attendance_leads_there(settings: Any, example: Path, browser_of: Any, person: Any) -> None:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    browser = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="results@example.org"))
    plain, about = (actions.begin(by="user:1", **WORDS) for _ in range(2))
    Strategy.objects.filter(pk=about.pk).update(source=PACKAGE)
    link = "attendance-and-results/"
    assert link in browser.get(f"/strategy/{about.pk}/").content.decode()
    assert link not in browser.get(f"/strategy/{plain.pk}/").content.decode()
    told = browser.get(f"/strategy/{about.pk}/{link}").content.decode()
    assert "ASSOCIATION, NOT CAUSE" in told or "Too few schools" in told or "are not held" in told
    assert browser.get(f"/strategy/{about.pk}/{link}?measure=ks9.nothing").status_code == 404
    assert browser.get(f"/strategy/9999/{link}").status_code == 404
