"""Forecasts of many places' series at once, and how well they would have done.

`student` and `scoring` are the tools; `movement` fits how gaps to England move, all places together; `national` says how far England
itself may move; `baselines` are what a forecast must beat; `trials` plays the past again year by year; `calibration` judges it;
`chances` turns a forecast into the probability of a promise. Numbers in, frozen results out.
"""
