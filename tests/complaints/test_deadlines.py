from datetime import date

import pytest

from complaints.deadlines import term_ends_on
from complaints.models import ComplaintTerm

FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)
CHRISTMAS = {date(2026, 12, 25)}


@pytest.mark.parametrize(
    ("start", "days", "is_working", "end"),
    [
        (FRIDAY, 3, True, date(2026, 12, 2)),
        (FRIDAY, 3, False, MONDAY),
        (date(2026, 12, 24), 1, True, date(2026, 12, 28)),
        (date(2026, 12, 24), 1, False, date(2026, 12, 25)),
        (date(2026, 11, 28), 1, True, MONDAY),
        (MONDAY, 5, True, date(2026, 12, 7)),
    ],
)
def test_a_term_is_counted_in_its_unit(start, days, is_working, end):
    assert term_ends_on(start, days, counts_working_days=is_working, days_off=CHRISTMAS) == end


@pytest.mark.parametrize("is_working", [True, False])
def test_a_term_of_no_days_is_a_mistake(is_working):
    with pytest.raises(ValueError, match="1 or more"):
        term_ends_on(FRIDAY, 0, counts_working_days=is_working, days_off=())


def test_the_terms_are_rows_that_the_office_can_change(office):
    terms = [(term.code, term.days, term.unit) for term in ComplaintTerm.objects.all()]

    assert terms == [
        ("tanggapan", 3, "working"),
        ("sederhana", 5, "working"),
        ("tanpa-lapangan", 14, "working"),
        ("dengan-lapangan", 60, "working"),
    ]
    assert "tanggapan" not in ComplaintTerm.objects.classes().values_list("code", flat=True)


def test_a_changed_term_counts_for_the_next_complaint(office):
    ComplaintTerm.objects.filter(code="tanggapan").update(days=2, unit="calendar")

    assert ComplaintTerm.objects.first_response().ends_on(FRIDAY, ()) == date(2026, 11, 29)
