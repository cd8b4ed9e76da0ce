"""How a new letter differs from the wrong letter it replaces. The Kepala reads it before issuing the new one."""

from collections.abc import Iterator, Mapping
from typing import Any

from office.seals import fingerprint_of
from recommendations.letter.page_seal import PARTS, WORDLESS
from recommendations.letter.points import Point
from recommendations.models import Letter

COMPARED = {part: name for part, name in PARTS.items() if part not in {"replaces", "is_example", "is_tte"} | WORDLESS}
"""The parts that a replacing letter may correct, with their names."""
SHORT = 120
"""The most characters of words that are shown from old to new."""


def difference_points(content: Mapping[str, Any], wrong: Letter | None) -> list[Point]:
    """Return the line of the Kepala's page on a replacing letter with this content; none when no letter is wrong.

    It is a warning when the new letter would say the same as the wrong one.
    """
    if wrong is None:
        return []
    told = [words for part in COMPARED for words in _told(part, wrong.content, content)]
    if not told:
        return [Point("warn", f"Belum ada isian yang diperbaiki: isinya sama dengan surat {wrong.number}")]
    return [Point("ok", f"Yang berbeda dari surat {wrong.number}: {'; '.join(told)}")]


def _told(part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Yield what differs in a part. A part that letters did not have yet when the old one was issued is left out."""
    if part not in old or fingerprint_of(old[part]) == fingerprint_of(new[part]):
        return
    if part == "finding":
        rows = zip(old[part], new[part], strict=False)
        yield from (_from_to(name, before, after) for (name, before), (_, after) in rows if before != after)
    else:
        yield _from_to(COMPARED[part], old[part], new[part])


def _from_to(name: str, old: Any, new: Any) -> str:
    if all(isinstance(words, str) and len(words) <= SHORT for words in (old, new)):
        return f"{name} semula “{old}”, menjadi “{new}”"
    return f"{name} berubah"
