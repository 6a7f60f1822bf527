"""The example area: a made-up authority, Wrenford, in a made-up country, in the files' published layouts."""

from headway.example.generating import ExampleFacts, generate

__all__ = ["ExampleFacts", "generate"]
