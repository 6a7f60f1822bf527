"""The chain of the audit: what is found out, without a database."""

from typing import Any

from headway.desk.audit.rules import SEALED, START, chain_faults, hash_of, head_faults, parse_head, sign

KEY = "k" * 60


def chain(length: int = 5) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    for seq in range(1, length + 1):
        event: dict[str, Any] = dict.fromkeys(SEALED, "")
        event |= {"seq": seq, "verb": f"did {seq}", "previous": events[-1]["hash"] if events else START}
        event["hash"] = hash_of(event)
        events.append(event)
    return events


def heads(events: list[dict[str, Any]]) -> list[Any]:
    return [parse_head(f"{event['seq']} {event['hash']} {sign(KEY, event['seq'], event['hash'])}") for event in events]


def hashes(events: list[dict[str, Any]]) -> dict[int, str]:
    return {event["seq"]: event["hash"] for event in events}


def test_a_whole_chain_has_no_fault() -> None:
    events = chain()
    assert chain_faults(events) == []
    assert head_faults(heads(events), hashes(events), KEY) == []


def test_an_edit_is_found() -> None:
    events = chain()
    events[2]["verb"] = "did nothing"
    assert [(fault.seq, fault.what) for fault in chain_faults(events)] == [(3, "it was altered after it was written")]


def test_text_moved_between_fields_is_found() -> None:
    first, second = dict.fromkeys(SEALED, ""), dict.fromkeys(SEALED, "")
    first |= {"verb": "ab", "target": "c"}
    second |= {"verb": "a", "target": "bc"}
    assert hash_of(first) != hash_of(second)


def test_a_deletion_in_the_middle_is_found() -> None:
    events = chain()
    del events[2]
    assert "event 3 is missing" in [fault.what for fault in chain_faults(events)]


def test_events_that_changed_places_are_found() -> None:
    events = chain()
    events[1]["seq"], events[2]["seq"] = 3, 2
    assert {fault.seq for fault in chain_faults(sorted(events, key=lambda event: event["seq"]))} >= {2, 3}


def test_a_cut_tail_is_found_by_the_heads_alone() -> None:
    events = chain()
    assert chain_faults(events[:2]) == []
    assert [fault.seq for fault in head_faults(heads(events), hashes(events[:2]), KEY)] == [3, 4, 5]


def test_a_chain_written_anew_is_found() -> None:
    events = chain()
    signed = heads(events)
    events[4]["verb"] = "did something else"
    events[4]["hash"] = hash_of(events[4])
    assert chain_faults(events) == []
    assert [fault.seq for fault in head_faults(signed, hashes(events), KEY)] == [5]


def test_a_head_signed_with_another_key_is_found() -> None:
    events = chain()
    assert len(head_faults(heads(events), hashes(events), "another" * 10)) == 5


def test_a_line_cut_off_is_no_head() -> None:
    assert parse_head("12 abc") is None
