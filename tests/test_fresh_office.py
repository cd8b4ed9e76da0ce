import pytest

from office.models import Office


@pytest.mark.django_db(transaction=True)
def test_a_request_answered_after_the_flush_does_not_break_the_office_of_the_next_test(fresh_office):
    Office.objects.create(pk=Office.ONLY, name="Dari permintaan yang terlambat")

    fresh_office.copy()

    assert Office.objects.get().name != "Dari permintaan yang terlambat"
    assert Office.objects.current().promise_days == 30
