"""The audit in a database: one chain, whatever is done to it afterwards is found."""

import json
from typing import Any

import pytest
from django.db import connection, transaction

from headway.desk.audit.actions import forget, record
from headway.desk.audit.models import Event
from headway.desk.audit.queries import opened, verify

pytestmark = pytest.mark.django_db(transaction=True)


def events(count: int = 6) -> None:
    for number in range(count):
        record(by="user:1", verb="did", target="thing", target_id=number, after={"number": number})


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_chain_verifies() -> None:
    events()
    assert verify() == []
    assert list(Event.objects.values_list("seq", flat=True)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_event SET verb = 'did not' WHERE seq = 3",
        "UPDATE audit_event SET at = '2020-01-01' WHERE seq = 6",
        "DELETE FROM audit_event WHERE seq = 3",
        "DELETE FROM audit_event WHERE seq > 3",
        "DELETE FROM audit_event",
        "UPDATE audit_event SET seq = CASE seq WHEN 2 THEN 100 ELSE seq END",
    ],
)
def test_tampering_is_found(tampering: str) -> None:
    events()
    sql(tampering)
    assert verify() != []


def test_the_last_three_deleted_and_written_anew_are_found() -> None:
    events()
    sql("DELETE FROM audit_event WHERE seq > 3")
    kept = Event.objects.get(seq=3)
    sql(f"UPDATE audit_head SET seq = 3, hash = '{kept.hash}'")
    events(3)
    assert any("written anew" in fault.what for fault in verify())


def test_what_is_rolled_back_leaves_neither_event_nor_head() -> None:
    events(1)
    with pytest.raises(RuntimeError), transaction.atomic():
        record(by="user:1", verb="did", target="thing")
        raise RuntimeError
    events(1)
    assert verify() == []
    assert Event.objects.count() == 2


def test_a_model_does_not_delete_or_alter() -> None:
    events(1)
    event = Event.objects.get()
    with pytest.raises(TypeError):
        event.delete()
    event.verb = "altered"
    with pytest.raises(Exception, match="UNIQUE"):
        event.save()


def test_values_about_a_person_are_sealed_and_can_be_erased() -> None:
    event = record(
        by="user:1", verb="invited", target="user", target_id=7, after={"name": "Canary Name", "role": "analyst"},
        personal=frozenset({"name"}), subject="user:7",
    )  # fmt: skip
    assert "Canary" not in event.after
    assert json.loads(event.after)["role"] == "analyst"
    assert opened(event.after, "user:7")["name"] == "Canary Name"
    forget(subject="user:7", by="user:1", reason="asked to")
    assert opened(event.after, "user:7")["name"] is None
    assert verify() == []


def test_the_heads_are_readable_by_their_owner_only(own_home: Any) -> None:
    events(1)
    files = list((own_home / "audit").glob("*.heads"))
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600]
