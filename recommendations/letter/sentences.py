"""The parts of a letter that follow the office's own style: its sentences, the logo, the font and the margins."""

from collections.abc import Mapping
from typing import Any

from office.letter_sentences import FINDING, IF_REMARKS, WITH_REMARKS, filled
from office.models import LetterStyle
from office.texts import text_lines

COMPILATION = "FP-KPA"
ANYWHERE = "kuesioner dan publikasi hasil kegiatan"
"""Where the agency prints the identity. For letters from the time before each form said it."""


def styled(content: Mapping[str, Any], style: LetterStyle) -> dict[str, Any]:
    """Return the parts of a letter's content that follow the style; `content` has the facts of the case.

    The opening is in three parts, of which the second is the finding, printed bold.
    """
    words = _inserts(content)
    is_compilation = content["form"]["code"] == COMPILATION
    opening = style.compilation_opening if is_compilation else style.opening
    before, after = opening.split("{layak}")
    duties = style.compilation_duties if is_compilation else style.duties
    return {
        "nature": style.nature,
        "subject": filled(style.subject, words),
        "words": {
            "opening": [filled(before, words), FINDING, filled(after, words)],
            "request": filled(style.request, words),
            "duties": [filled(line, words) for line in _of_case(text_lines(duties), content["has_remarks"])],
            "closing": filled(style.closing, words),
        },
        "logo": style.logo_uri,
        "layout": {"font": style.font, "margins": list(style.margins)},
    }


def _of_case(lines: list[str], has_remarks: bool) -> list[str]:
    return [line.removeprefix(IF_REMARKS) for line in lines if has_remarks or not line.startswith(IF_REMARKS)]


def _inserts(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of each insert but "layak", at which the opening is divided."""
    form = content["form"]
    return {
        "nomor_pengantar": content["cover"]["number"],
        "tanggal_pengantar": content["cover"]["date"],
        "formulir": f"{form['title']} ({form['code']})",
        "tanggal_terekam": content["recorded_on"],
        "judul": content["annex"]["title"],
        "kantor": content["office"]["name"],
        "dicetak_pada": form.get("identity_on") or ANYWHERE,
        "catatan": WITH_REMARKS if content["has_remarks"] else "",
    }
