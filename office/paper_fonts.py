"""The fonts of paper: Liberation Sans or Serif, and DejaVu Sans for characters that they lack.

Paper uses these files and no other font of the machine. So it looks the same everywhere, and the desk knows which
characters it can print. deploy/setup.sh installs them.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import category

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_FILES = (
    "LiberationSans-Regular.ttf",
    "LiberationSans-Bold.ttf",
    "LiberationSans-Italic.ttf",
    "LiberationSans-BoldItalic.ttf",
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
    "LiberationSerif-Regular.ttf",
    "LiberationSerif-Bold.ttf",
    "LiberationSerif-Italic.ttf",
    "LiberationSerif-BoldItalic.ttf",
)
FAMILIES = ("Liberation Sans", "Liberation Serif")
"""The fonts that a paper may be set in."""
NO_FONTS = Path(__file__).with_name("no_fonts.conf")
"""A configuration of fontconfig that knows no font: ours are added to it."""
LEAVES_NOTHING = {"Cf", "Zl", "Zp", "Zs"}
"""Kinds of characters that leave nothing on paper: marks of direction, joiners, spaces."""
WHITE = {"\t", "\n", "\r"}


@cache
def font_files() -> tuple[Path, ...]:
    """Return the files of the fonts on this machine, in the order of FONT_FILES."""
    return tuple(file for name in FONT_FILES for file in _places_of(name)[:1])


def missing_fonts() -> list[str]:
    """Return the names of the font files that this machine does not have."""
    found = {file.name for file in font_files()}
    return [name for name in FONT_FILES if name not in found]


def _places_of(name: str) -> list[Path]:
    return sorted(place for folder in FOLDERS for place in Path(folder).expanduser().rglob(name))


def unprintable_characters(text: str) -> list[str]:
    """Return the characters of a text that no font of paper has, each once, in the order of the text."""
    if text.isascii() and text.isprintable() and not missing_fonts():
        return []
    return [character for character in dict.fromkeys(text) if not _is_printable(character)]


def _is_printable(character: str) -> bool:
    return ord(character) in _characters() or category(character) in LEAVES_NOTHING or character in WHITE


@cache
def _characters() -> frozenset[int]:
    """Return the code points that at least one font has."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for file in font_files():
        with TTFont(file, lazy=True) as font:
            found |= font.getBestCmap().keys()
    return frozenset(found)


def font_configuration() -> Any:
    """Return a configuration of WeasyPrint with the fonts of paper alone."""
    from weasyprint.text.ffi import ffi, fontconfig, pangoft2
    from weasyprint.text.fonts import FontConfiguration

    files = font_files()
    with _configured_by(NO_FONTS):
        fonts = FontConfiguration()
    for file in files:
        fontconfig.FcConfigAppFontAddFile(fonts._config, os.fsencode(file))  # noqa: SLF001 - it offers no other way
    pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", fonts.font_map))
    return fonts


@contextmanager
def _configured_by(file: Path) -> Iterator[None]:
    """Let fontconfig read this file, which it does only when a configuration is made."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(file)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before
