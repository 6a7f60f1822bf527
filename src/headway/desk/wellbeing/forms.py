"""The form of a message."""

from django import forms

from headway.desk.framing.fields import Plain, lines


class LineForm(Plain):
    text = forms.CharField(label="What you want to say", max_length=20_000, widget=lines(6))
