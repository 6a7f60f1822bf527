"""Forecasts: outlook(door, viewer, …) where a figure may go; likely(door, …) the chance of a promise; calibration(door) how they held."""

from headway.readings.forecasting.answers import Calibration, FanYear, Likely, Outlook, Record
from headway.readings.forecasting.basis import Known, held_today
from headway.readings.forecasting.calibration import calibration
from headway.readings.forecasting.likely import Bar, likely
from headway.readings.forecasting.outlook import outlook

__all__ = ["Bar", "Calibration", "FanYear", "Known", "Likely", "Outlook", "Record", "calibration", "held_today", "likely", "outlook"]
