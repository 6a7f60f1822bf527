"""Worcestershire's five tiers with every line of their entitlements, an academy's route, a nursery of which nothing is known."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.browser import driving
from tests.browser.season import Season
from tests.browser.season_people import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOT_ENOUGH = "not_enough_evidence"
DESK = "Desk-top analysis to identify strengths or gaps in performance"
CRITERIA = "Initial visit to discuss the criteria-based self-evaluation"
OFTEN = ("School improvement adviser-led review", "School improvement programme, tier 1 or 2", "Project board meeting")
# tier → its lines as the policy of 2017-18 has them: those with a day, those that last as long as the tier
GIVEN = {
    "secure_plus": (
        (DESK, "Invitation to submit a self-evaluation summary; the school can self-refer"),
        "Opportunity to lead support for others",
    ),
    "secure": (
        (DESK, "Telephone conversation: discussion of self-evaluation", "Follow-up telephone discussion of progress"),
        "Access to the traded offer for agreed areas for improvement",
    ),
    "light_touch": ((DESK, "Initial visit", "Follow-up telephone discussion of progress"), ""),
    "focus": ((DESK, CRITERIA, *OFTEN), ""),
    "intensive": ((CRITERIA, *OFTEN), ""),
}  # fmt: skip
# what holds only on a condition: tier → (what has happened, the line it brings, the line it takes the place of)
WHEN = {
    "secure_plus": ("performance_signal", "Further checks on capacity", ""),
    "light_touch": ("progress_issue", "School visit on areas for improvement", "Follow-up telephone discussion of progress"),
}


def test_each_tier_gives_every_line_of_the_policy_and_a_nursery_of_which_nothing_is_known_no_tier(
    page_at: Callable[..., Page], season: Season
) -> None:
    season.on(9, 15)
    lead, adviser = season.enters(page_at(), "lead"), season.enters(page_at(), "adviser")
    tiers = dict(zip(season.schools["tiers"], GIVEN, strict=True)) | {season.schools["nursery"]: NOT_ENOUGH}
    meeting = driving.calls_a_meeting(lead, season.address, "One of each", list(tiers))
    lead.goto(f"{season.address}/support/meetings/{meeting}/schools/{season.schools['nursery']}/")
    assert "Accept: Not enough evidence" in lead.inner_text("#settle")
    assert "Unknown never counts as met" in lead.inner_text("#analysis")
    driving.moderates(lead, season.address, meeting, tiers)
    driving.confirms(lead, season.address, meeting, list(tiers), "The adviser")
    for urn, tier in tiers.items():
        lines, standing = _owed(adviser, season, urn)
        wanted, lasting = GIVEN.get(tier, ((), ""))
        assert set(lines) == set(wanted), (tier, lines)
        assert lasting in standing and bool(lasting) == bool(standing), (tier, standing)
        if tier in WHEN:
            _happens(adviser, season, urn, *WHEN[tier])
    adviser.goto(f"{season.address}/support/tiers/?tier={NOT_ENOUGH}")
    assert season.name(season.schools["nursery"]) in adviser.inner_text("main")


def _owed(page: Page, season: Season, urn: int) -> tuple[list[str], str]:
    page.goto(f"{season.address}/schools/{urn}/owed/")
    rows = [one.inner_text().strip() for one in page.locator("[aria-label='What the school is owed and had'] tbody th").all()]
    lasting = page.locator("main p:has-text('As long as the tier lasts')")
    return rows, lasting.inner_text() if lasting.count() else ""


def _happens(page: Page, season: Season, urn: int, kind: str, brings: str, instead_of: str) -> None:
    before, _ = _owed(page, season, urn)
    assert brings not in before
    page.click("a:has-text('Something has happened')")
    driving.filled(page, {"kind": kind, "because": "The school says so, and books show it."})
    page.goto(f"{season.address}/schools/{urn}/owed/")
    row = page.locator("tbody tr", has=page.locator(f"th:has-text('{brings}')"))
    assert "Due by" in row.inner_text()
    assert not instead_of or instead_of not in _owed(page, season, urn)[0]


def test_an_academy_goes_by_dialogue_letter_to_its_trust_and_the_regions_group(page_at: Callable[..., Page], season: Season) -> None:
    season.on(9, 15)
    lead, head = season.enters(page_at(), "lead"), season.enters(page_at(), "academy head")
    urn = season.schools["academy"]
    meeting = driving.calls_a_meeting(lead, season.address, "An academy", [urn])
    assert "dialogue" in lead.inner_text("#analysis").lower()  # the same lens, no powers pretended
    driving.settles_by_keyboard(lead, "focus", "The same lens as for any school.")
    driving.confirms(lead, season.address, meeting, [urn], "The adviser")
    driving.rings(lead, season.address, season.name(urn), "The adviser", PHONE)
    lead.goto(f"{season.address}/schools/{urn}/engagements/new/")
    driving.filled(lead, {"workflow": "focus", "aim": "Mathematics in each class.", "point": "Two green reviews."})
    at = lead.url
    ladder = lead.locator("#ladder")
    assert "no powers of intervention over an academy" in ladder.inner_text() and "Warning notice" not in ladder.inner_text()
    assert "Not yet" in _rung(lead, "Concern put to the department").inner_text()
    _climbs(lead, season, at, "Invitation to a conversation", {}, "stays")
    _climbs(
        lead, season, at, "Letter to the trust", {"part-concerns": "Three years of figures.", "part-asked": "What is planned."}, "stays"
    )
    told = {"part-concerns": "Three years of figures.", "part-answered": "That a plan is coming."}
    _climbs(lead, season, at, "Concern put to the department", told, "answered")
    lead.goto(at)
    assert "The regions group answered" in lead.locator("#ladder").inner_text()
    assert _rung(lead, "Change of provider").locator("button").count() == 1
    head.goto(f"{season.address}/schools/{urn}/engagements/")
    assert "Mathematics in each class." in head.inner_text("main") and "Three years of figures." not in head.content()


def _rung(page: Page, title: str) -> Locator:
    return page.locator("#ladder tr", has=page.locator("th", has_text=title))


def _climbs(page: Page, season: Season, at: str, title: str, parts: dict[str, str], outcome: str) -> None:
    """Prepared, issued today, and ended with what came of it."""
    page.goto(at)
    driving.sent(page, _rung(page, title).locator("button"))
    assert "Local" in page.inner_text("main .facts")
    for name, text in parts.items():
        page.fill(f"textarea[name={name}]", text)
    page.fill("input[name=issued]", str(season.day))
    driving.sent(page, page.locator("main form button[name=issue]"))
    _rung(page, title).locator("a:has-text('How it ended')").click()
    driving.filled(page, {"outcome": outcome, "said": "In writing."})


def test_another_schools_pages_are_as_pages_that_do_not_exist(page_at: Callable[..., Page], season: Season) -> None:
    season.on(9, 15)
    head = season.enters(page_at(), "another head")
    urn = season.schools["own"]
    for path in ("", "held/", "owed/", "visits/", "tiers/", "plans/", "engagements/", "story/", "self-evaluation/", "briefing/"):
        bodies = []
        for school in (urn, 999_999):
            answer = head.goto(f"{season.address}/schools/{school}/{path}")
            assert answer is not None and answer.status in (403, 404), path
            bodies.append((answer.status, _bare(answer.text())))
        assert bodies[0] == bodies[1], path


def _bare(body: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", body)
