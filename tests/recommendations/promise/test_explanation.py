"""The explanation of a promise: each day has its number, or the reason why it does not count."""

from datetime import date

import pytest

from recommendations.promise.explanation import DayOffFact, explain, law_number

CHRISTMAS = {
    date(2026, 12, 24): DayOffFact("Cuti Bersama Natal", "collective", "cuti bersama", "SKB"),
    date(2026, 12, 25): DayOffFact("Hari Raya Natal", "national", "libur nasional", "SKB"),
    date(2026, 12, 26): DayOffFact("Libur pada Sabtu", "national", "libur nasional", "SKB"),
}


def test_every_day_between_start_and_end_is_counted_once():
    made = explain(date(2026, 12, 22), date(2026, 12, 29), CHRISTMAS, today=date(2026, 12, 23))

    assert [(count.name, count.count) for count in made.counts] == [
        ("Hari kerja", 3),
        ("Sabtu, Minggu", 2),
        ("Cuti bersama", 1),
        ("Libur nasional", 1),
    ]
    assert made.total.count == sum(count.count for count in made.counts) == 7
    assert made.first_day == date(2026, 12, 23)
    assert [day for day, _ in made.skipped] == [date(2026, 12, 24), date(2026, 12, 25)]


def test_whole_weeks_are_shown_each_day_with_its_mark():
    weeks = explain(date(2026, 12, 22), date(2026, 12, 29), CHRISTMAS, today=date(2026, 12, 23)).weeks

    assert [[cell.kind for cell in week] for week in weeks] == [
        ["pre", "start", "used", "hol", "hol", "off", "off"],
        ["used", "end", "pre", "pre", "pre", "off", "off"],
    ]
    assert weeks[0][2].words == "hari ke-1, hari ini"
    assert weeks[0][0].label == "21 Des"
    assert weeks[1][4].label == "1 Jan"
    assert weeks[1][1].words == "hari ke-3"


def test_a_start_on_a_saturday_is_marked_and_not_counted():
    made = explain(date(2026, 11, 21), date(2026, 11, 24), {}, today=date(2027, 1, 1))

    assert made.weeks[0][5].kind == "start"
    assert made.counts[0].count == 2


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "satu"),
        (11, "sebelas"),
        (14, "empat belas"),
        (30, "tiga puluh"),
        (36, "tiga puluh enam"),
        (100, "seratus"),
        (120, "seratus dua puluh"),
        (365, "tiga ratus enam puluh lima"),
        (1000, "seribu"),
        (1200, "seribu dua ratus"),
        (26_711, "dua puluh enam ribu tujuh ratus sebelas"),
    ],
)
def test_days_are_written_as_in_a_law(number, words):
    assert law_number(number) == words
