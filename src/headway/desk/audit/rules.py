"""What an event's hash covers, how the head is signed, and what a broken chain looks like. No database here."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SEALED = ("seq", "at", "actor", "verb", "target", "target_id", "before", "after", "previous")
START = "0" * 64


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the chain: at which event, and what."""

    seq: int
    what: str


@dataclass(frozen=True)
class SignedHead:
    """A head as written outside the database: after event `seq` the chain's hash was `hash`."""

    seq: int
    hash: str
    signature: str
    line: str


def canonical(value: Mapping[str, object]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def hash_of(event: Mapping[str, object]) -> str:
    """Of every field but the hash itself, each with its length, so that text cannot move between fields."""
    digest = hashlib.sha256()
    for name in SEALED:
        part = str(event[name]).encode()
        digest.update(f"{name}:{len(part)}:".encode() + part)
    return digest.hexdigest()


def sign(key: str, seq: int, head: str) -> str:
    secret = hashlib.sha256(b"headway audit head" + key.encode()).digest()
    return hmac.new(secret, f"{seq} {head}".encode(), "sha256").hexdigest()


def parse_head(line: str) -> SignedHead | None:
    """None for a line that is not `seq hash signature`, as one cut off by a power failure."""
    parts = line.split()
    return SignedHead(int(parts[0]), parts[1], parts[2], line) if len(parts) == 3 and parts[0].isdigit() else None


def chain_faults(events: Iterable[Mapping[str, object]]) -> list[Fault]:
    """Edited, missing, reordered and forked events. `events` in the order of their numbers."""
    faults, previous, expected = [], START, 1
    for event in events:
        seq = int(str(event["seq"]))
        if seq != expected:
            faults.append(
                Fault(seq, f"event {expected} is missing" if seq == expected + 1 else f"events {expected} to {seq - 1} are missing")
            )
        if event["previous"] != previous:
            faults.append(Fault(seq, "it does not follow from the event before it"))
        if hash_of(event) != event["hash"]:
            faults.append(Fault(seq, "it was altered after it was written"))
        previous, expected = str(event["hash"]), seq + 1
    return faults


def head_faults(heads: Iterable[SignedHead], hashes: Mapping[int, str], key: str) -> list[Fault]:
    """What the signed heads outside the database say against it: a cut tail, or a chain written anew."""
    faults = []
    last = max(hashes, default=0)
    for head in heads:
        if not hmac.compare_digest(sign(key, head.seq, head.hash), head.signature):
            faults.append(Fault(head.seq, "its signed head is not genuine"))
        elif head.seq > last:
            faults.append(Fault(head.seq, f"it was written, and the chain now ends at {last}"))
        elif hashes.get(head.seq, head.hash) != head.hash:
            faults.append(Fault(head.seq, "the chain was written anew: its hash is not the one signed"))
    return faults
