"""The example area: a made-up authority, Wrenford, in a made-up country, in the files' published layouts."""

from pathlib import Path

from headway.example.generating import ExampleFacts, generate

PROMISES = Path(__file__).resolve().parent / "promises"  # the area's own library: what its made-up plan promises

__all__ = ["PROMISES", "ExampleFacts", "generate"]
