"""Checks on the schedule of an activity: order of the stages, year, day of submission, day of the results."""

from itertools import pairwise

from office.dates import letter_date
from recommendations.instruments.rules.reading import Reading
from recommendations.instruments.rules.shape import Facts, Hit, RuleCheck

Stages = tuple[str, ...]  # ids of the rows of the schedule, in order


def stage(form: Reading, item_id: str) -> str:
    """Return the name of a row of the schedule: "pelaksanaan lapang"."""
    return form.instrument.rincian_of(item_id).part_label(form.instrument.item(item_id)).lower()


def reversed_stages(stages: Stages) -> RuleCheck:
    """Return a check with one hit, at its own row, for each stage that begins after it ends."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        periods = [(item_id, form.period(item_id)) for item_id in stages]
        return [
            Hit(f"{_capital(stage(form, item_id))}: {letter_date(start)} s.d. {letter_date(end)}.", item_id)
            for item_id, (start, end) in periods
            if start and end and start > end
        ]

    return check


def overlapping_stages(stages: Stages) -> RuleCheck:
    """Return a check with one hit for each stage that ends after the next stage begins. The hit is at the next one."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        return [hit for first, then in pairwise(stages) for hit in _overlap(form, first, then)]

    return check


def _overlap(form: Reading, first: str, then: str) -> list[Hit]:
    start, end = form.period(then).start, form.period(first).end
    if start is None or end is None or end <= start:
        return []
    began = f"{_capital(stage(form, then))} dimulai {letter_date(start)}"
    return [Hit(f"{began}, sebelum {stage(form, first)} selesai {letter_date(end)}.", then)]


def planned_too_long(planning: str, collecting: str) -> RuleCheck:
    """Return a check that hits when planning ends after collection begins."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        end, start = form.period(planning).end, form.period(collecting).start
        if end is None or start is None or end <= start:
            return []
        return [
            Hit(f"Perencanaan berakhir {letter_date(end)}, {stage(form, collecting)} dimulai {letter_date(start)}.")
        ]

    return check


def longer_than(days: int, item_id: str) -> RuleCheck:
    """Return a check that hits when there are more than `days` days from the start of the stage to its end."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        start, end = form.period(item_id)
        lasts = (end - start).days if start and end else 0
        return [Hit(f"Tertulis {lasts} hari.")] if lasts > days else []

    return check


def submitted_late(item_id: str) -> RuleCheck:
    """Return a check that hits when collection begins on or before the day of submission (PP 51/1999).

    The agency notifies BPS of a plan, so the form must be submitted before collection begins.
    """

    def check(form: Reading, facts: Facts) -> list[Hit]:
        start = form.period(item_id).start
        if start is None or facts.submitted_on < start:
            return []
        return [
            Hit(f"Pengajuan {letter_date(facts.submitted_on)}, {stage(form, item_id)} dimulai {letter_date(start)}."),
        ]

    return check


def other_year(item_id: str) -> RuleCheck:
    """Return a check that hits when the year of the activity is outside the years of the stage."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        year, period = form.number("tahun_kegiatan"), form.period(item_id)
        years = sorted(day.year for day in period if day)
        if year is None or not years or years[0] <= year <= years[-1]:
            return []
        return [Hit(f"Tahun kegiatan {year}, {stage(form, item_id)} {' s.d. '.join(map(str, dict.fromkeys(years)))}.")]

    return check


def results_before(day_item: str, item_id: str) -> RuleCheck:
    """Return a check that hits when the results are published before the stage of presentation begins."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        day, start = form.day(day_item), form.period(item_id).start
        if day is None or start is None or start <= day:
            return []
        return [Hit(f"Tertulis {letter_date(day)}, {stage(form, item_id)} dimulai {letter_date(start)}.")]

    return check


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
