"""Offers, needs, matches and deployments: who helps whom."""

from django.apps import AppConfig


class BrokerageConfig(AppConfig):
    name = "headway.desk.brokerage"
