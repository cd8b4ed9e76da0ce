"""Filters that templates can use without loading them: dates, times, figures, telephone and letter numbers."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from office import formats
from office.phones import shown_phone
from office.texts import with_full_stop

LETTER_NUMBER = re.compile(r"\b[A-Z]{1,3}-\d[\w.]*(?:/[\w.-]*\w)+")

register = template.Library()
for name in ("clock", "figure", "long_date", "masked", "plain_date", "short_date"):
    register.filter(name, getattr(formats, name))
register.filter("shown_phone", shown_phone)
register.filter("with_full_stop", with_full_stop)


@register.filter
def unbroken(text: str) -> SafeString:
    """Return the text as HTML in which no line breaks inside a letter number, such as after the "B-"."""
    escaped = conditional_escape(text)
    return mark_safe(LETTER_NUMBER.sub(r'<span class="num nowrap">\g<0></span>', escaped))  # noqa: S308 - escaped above
