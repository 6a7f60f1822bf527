"""Statistics as pure functions of numbers; each checked against a published table."""
