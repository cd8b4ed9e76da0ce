"""What the recording page shows of a block: every line with its state, and the notices of each item.

Pure: it takes an instrument and answers, and returns words and states, which the Django form and templates show.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from recommendations.instruments.completeness import KnownFindings, findings
from recommendations.instruments.conditions import Answers, is_shown, why_skipped
from recommendations.instruments.findings import Finding
from recommendations.instruments.regions import competent_office
from recommendations.instruments.structure import Block, Instrument, Item, Kind, Rincian
from recommendations.instruments.values import BadAnswer, clean, is_empty
from recommendations.instruments.words import code_sum

if TYPE_CHECKING:
    from recommendations.models import Remark, Unlock


@dataclass(frozen=True)
class Notice:
    """One message under an item. `kind` is a class of desk.css; `rule` is the id of the rule, or ""."""

    kind: str
    text: str
    rule: str = ""


@dataclass(frozen=True)
class Part:
    """One item on its line.

    `mode` is "open" when the item is to be filled. Otherwise it is "kept" (it has an answer), "quiet" (the officer can
    open its control), or "absent" (hidden).
    """

    item: Item
    label: str
    mode: str
    is_detail: bool
    why: str
    notices: tuple[Notice, ...] = ()
    remark: "Remark | None" = None
    is_locked: bool = False
    unlock: "Unlock | None" = None

    @property
    def is_open(self) -> bool:
        return self.mode == "open"

    @property
    def is_drawn(self) -> bool:
        """Return whether the control is visible without a click."""
        return self.mode in ("open", "kept")

    @property
    def is_short(self) -> bool:
        """Return whether two such items fit side by side."""
        return self.item.kind in (Kind.PHONE, Kind.EMAIL, Kind.REGION, Kind.INTEGER)

    @property
    def is_group(self) -> bool:
        """Return whether the item has several controls, which need a fieldset with a legend."""
        return bool(self.item.choices) or self.item.kind in (Kind.DATERANGE, Kind.TABLE)


@dataclass(frozen=True)
class Line:
    """One rincian as the recording page shows it."""

    rincian: Rincian
    parts: tuple[Part, ...]

    @property
    def is_skipped(self) -> bool:
        return not any(part.is_open for part in self.parts)

    @property
    def has_kept(self) -> bool:
        return any(part.mode == "kept" for part in self.parts)

    @property
    def is_locked(self) -> bool:
        """Return whether every item of the line is locked."""
        return all(part.is_locked for part in self.parts)

    @property
    def why(self) -> str:
        return self.parts[0].why

    @property
    def has_heading(self) -> bool:
        """Return whether the line has a label of its own: "Metode pengolahan" above editing, coding, validasi."""
        return self.rincian.label != self.parts[0].item.label


@dataclass(frozen=True)
class Look:
    """What a sheet shows besides the answers.

    `found` are the findings of rules, `region` is the office's region, `tells_missing` shows also what is missing at
    items without an answer.
    """

    remarks: "Mapping[str, Remark]" = field(default_factory=dict)
    tells_missing: bool = False
    found: Sequence[Finding] = ()
    region: str = ""
    open_items: Collection[str] | None = None  # None: every item
    unlocks: "Mapping[str, Unlock]" = field(default_factory=dict)


PLAIN = Look()


def lines_of(
    instrument: Instrument, block: Block, answers: Answers, look: Look = PLAIN, told: KnownFindings = None
) -> list[Line]:
    """Return every line of `block`, in form order. Pass `told` when the findings of `answers` are computed already."""
    found = defaultdict(list)
    for finding in (*(findings(instrument, answers) if told is None else told), *look.found):
        found[finding.item].append(finding)
    return [_line(instrument, rincian, answers, found, look) for rincian in block.rincians]


def _line(
    instrument: Instrument, rincian: Rincian, answers: Answers, found: Mapping[str, list[Finding]], look: Look
) -> Line:
    skipped = not any(is_shown(instrument, item, answers) for item in rincian.items)
    leads = [item for item in rincian.items if rincian.lead_of(item) is None]
    parts = []
    for item in rincian.items:
        why = why_skipped(instrument, item, answers)
        mode = _mode(rincian, item, answers, skipped=skipped) if why else "open"
        parts.append(
            Part(
                item=item,
                label=rincian.part_label(item) if len(leads) > 1 or item not in leads else item.label,
                mode=mode,
                is_detail=item not in leads,
                why=why,
                notices=tuple(_notices(item, mode, why, answers, found.get(item.id, []), look)),
                remark=look.remarks.get(item.id),
                is_locked=look.open_items is not None and item.id not in look.open_items,
                unlock=look.unlocks.get(item.id),
            )
        )
    return Line(rincian, tuple(parts))


def _mode(rincian: Rincian, item: Item, answers: Answers, *, skipped: bool) -> str:
    """Return the mode of an item that is not to be filled.

    With an answer it is "kept". It is "quiet" on a skipped line, and when the question before it is answered: the
    officer can still record what the paper has. Otherwise it is "absent".
    """
    if not is_empty(item, answers.get(item.id)):
        return "kept"
    if skipped:
        return "quiet"
    lead = rincian.lead_of(item)
    return "quiet" if lead and not is_empty(lead, answers.get(lead.id)) else "absent"


def _notices(item: Item, mode: str, why: str, answers: Answers, found: list[Finding], look: Look) -> list[Notice]:
    notices = [Notice("warn", f"{why} Isian dari kertas tetap disimpan untuk pemeriksa.")] if mode == "kept" else []
    is_unanswered = is_empty(item, answers.get(item.id))
    told = (_notice(finding, look, is_unanswered=is_unanswered) for finding in found)
    return [*notices, *filter(None, told), *_territory(item, answers, look)]


def _notice(finding: Finding, look: Look, *, is_unanswered: bool) -> Notice | None:
    """Return the notice of a finding; None for an empty required item, unless `look.tells_missing` asks for it."""
    if finding.rule == "required" and not look.tells_missing:
        return None if is_unanswered else Notice("warn", finding.message)
    rule = "" if finding.rule in ("required", "invalid") else finding.rule
    return Notice("late" if finding.is_error else "warn", finding.message, rule)


def _territory(item: Item, answers: Answers, look: Look) -> list[Notice]:
    """Return a notice at the regions when this office may handle the survey, else [].

    When it may not, the rule R-WIL says so.
    """
    if item.id != "wilayah" or not (competence := competent_office(answers, look.region)).is_ours:
        return []
    return [Notice("ok", competence.words)]


def code_digits(item: Item, value: Any) -> list[str]:
    """Return the digits in the paper's boxes for "lingkari semua": the sum of the chosen codes; [] when it is 0.

    Leading zeros fill it to the width of the sum of all codes.
    """
    total = code_sum(item, value)
    width = len(str(sum(choice.code for choice in item.choices)))
    return list(f"{total:0{width}}") if total else []


def code_addition(item: Item, value: Any) -> str:
    """Return the chosen codes as an addition, "1 + 4"; "" when fewer than two are chosen."""
    try:
        codes = clean(item, value)
    except BadAnswer:
        return ""
    return " + ".join(map(str, codes)) if isinstance(codes, list) and len(codes) > 1 else ""


def changed_lines(before: list[Line], after: list[Line], saved: str) -> tuple[list[Line], list[Part]]:
    """Return what the page must redraw after `saved` was answered: whole lines that opened or closed, and single items.

    The saved item itself is never among them: the officer may still be typing in it.
    """
    lines, parts = [], []
    for old, new in zip(before, after, strict=True):
        holds_saved = any(part.item.id == saved for part in new.parts)
        if old.is_skipped != new.is_skipped and not holds_saved:
            lines.append(new)
        elif not new.is_skipped:
            pairs = zip(old.parts, new.parts, strict=True)
            parts += [now for was, now in pairs if was.mode != now.mode and now.item.id != saved]
    return lines, parts


def changed_notices(before: list[Line], after: list[Line], saved: str) -> list[Part]:
    """Return the items whose notices changed after `saved` was answered, without those that `changed_lines` returns."""
    lines, parts = changed_lines(before, after, saved)
    drawn = {part.item.id for line in lines for part in line.parts} | {part.item.id for part in parts} | {saved}
    pairs = zip(_parts(before), _parts(after), strict=True)
    changed = (now for was, now in pairs if was.notices != now.notices and now.mode != "absent")
    return [part for part in changed if part.item.id not in drawn]


def _parts(lines: list[Line]) -> list[Part]:
    return [part for line in lines for part in line.parts]
