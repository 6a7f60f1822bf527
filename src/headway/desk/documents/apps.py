"""Files that belong to what people do: kept by their content, for as long as their rule says, given out as attachments."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "headway.desk.documents"
