"""Who is to help whom: the best round of help under capacities, limits and fairness, proven, and what stands in the way of the rest.

    from headway.stats.assignment import problem, solve

Plain arrays in, frozen results out; needs, providers, pairs and teams are named by their place, from 0.
"""

from headway.stats.assignment.problem import Problem, lots, problem
from headway.stats.assignment.shortage import Shortage
from headway.stats.assignment.solving import HeldTooMuch, Round, solve

__all__ = ["HeldTooMuch", "Problem", "Round", "Shortage", "lots", "problem", "solve"]
