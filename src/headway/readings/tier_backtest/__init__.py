"""The time machine: what a scheme would have proposed on a past day with what was known then, and what came of the schools."""
