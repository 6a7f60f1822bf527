"""Forecasts: where a figure may go, the probability that a promise is kept, and how well such forecasts have held so far."""
