"""What the desk needs of its machine, looked at by `manage.py check` and at the start of each command."""

from typing import Any

from django.core.checks import Error, register

from office.paper_fonts import missing_fonts


@register
def check_fonts(app_configs: Any, **options: Any) -> list[Error]:
    """Return an error when fonts of paper are missing: letters would be drawn without their words."""
    missing = missing_fonts()
    if not missing:
        return []
    hint = "On Debian and Ubuntu: apt-get install fonts-liberation fonts-dejavu-core"
    return [Error(f"Paper needs fonts that are not installed: {', '.join(missing)}.", hint=hint, id="office.E001")]
