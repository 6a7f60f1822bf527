"""Which tier a scheme proposes for each school, and why: signals, evidence, what is unknown. A proposal is never a decision."""
