"""What holds whatever is proposed: what a tier asks for before it is left, and what was told in confidence."""

from datetime import timedelta
from typing import Any

import pytest

from headway.desk.framing.pages import the_door
from headway.desk.tiers import actions, evidence
from headway.desk.tiers.models import Evidence, Moderation, Outcome, TierDecision
from headway.vocabulary import clock
from headway.vocabulary.viewer import PUBLIC
from tests.integration.desk.test_tiers import meeting, people, scheme, schools

__all__ = ["meeting", "people", "scheme", "schools"]
pytestmark = pytest.mark.django_db


def test_a_meeting_lets_a_school_into_a_lighter_tier_early_only_with_a_reason(
    meeting: Moderation, people: Any, schools: Any, scheme: Any, browser_of: Any
) -> None:
    """What a tier asks for before it is left holds whatever the rules propose, in a meeting as between meetings."""
    by, item = people["head_of_service"], meeting.items.get(school=schools[0])
    Evidence.objects.filter(pk=item.evidence_id).update(proposed="light_touch")
    TierDecision.objects.create(
        school=schools[0], tier="focus", scheme=scheme.id, since=meeting.day - timedelta(90), route="meeting", evidence=item.evidence,
        reason="x", made_by=by.label, once="before",
    )  # fmt: skip
    where, service = f"/support/meetings/{meeting.pk}/schools/{schools[0].pk}/", browser_of(by)
    assert "Before a lighter tier its tier asks for: two green reviews" in service.get(where).content.decode().replace(
        "2 green", "two green"
    )
    refused = service.post(where, {"tier": "light_touch", "reason": "", "began_from": "0"})
    assert refused.status_code == 422 and "Say why it moves all the same" in refused.content.decode()
    assert service.post(where, {"tier": "light_touch", "reason": "The head asked, and we agree.", "began_from": "0"}).status_code == 302
    assert Outcome.objects.get().reason == "The head asked, and we agree."


def test_a_signal_of_a_line_that_its_author_restricted_is_told_to_no_school(people: Any, schools: Any, scheme: Any) -> None:
    given = {"by": people["hr"], "school": schools[0], "service": "hr", "on": clock.today(), "kind": "leadership_change"}
    told = []
    for restricted in (False, True):
        actions.give(**given, line="An acting head", once=f"r{restricted}", restricted=restricted)
        kept = actions.evidence_for(by=people["head_of_service"], door=the_door(), viewer=PUBLIC, scheme=scheme, school=schools[0])
        told.append({one["title"] for one in evidence.for_school(kept.shown)})
    assert scheme.signals["leadership_change"].title in told[0]
    assert scheme.signals["leadership_change"].title not in told[1]
    assert f"{evidence.IN_CONFIDENCE} (leadership)" in told[1]
