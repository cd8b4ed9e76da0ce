"""Filters that templates can use without loading them: dates, times, figures, telephone numbers."""

from django import template

from office import formats

register = template.Library()
for name in ("clock", "figure", "long_date", "masked", "plain_date", "short_date", "shown_phone"):
    register.filter(name, getattr(formats, name))
