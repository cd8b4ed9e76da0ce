"""Filters that templates can use without loading them: dates, times, figures, telephone numbers."""

from django import template

from office import formats
from office.phones import shown_phone

register = template.Library()
for name in ("clock", "figure", "long_date", "masked", "plain_date", "short_date"):
    register.filter(name, getattr(formats, name))
register.filter("shown_phone", shown_phone)
