"""One row that cannot be done does not hold up the others; a fault of the whole desk ends the work."""

import pytest
from django.db import OperationalError

from office.batches import RowsFailed, all_at_once, each_alone
from office.models import Mail
from office.outbox import put_mails_of

pytestmark = pytest.mark.django_db

POISONED = {2, 7}


def mail_of(number: int) -> Mail:
    if number in POISONED:
        raise KeyError("budi@contoh.example")
    return Mail(key=f"ticket:{number}", to="budi@contoh.example", subject="Nomor", body="Isi")


def test_rows_that_cannot_be_written_are_returned_and_the_others_are_saved():
    failed = put_mails_of(range(10), mail_of)

    assert set(failed) == POISONED
    assert {mail.key for mail in Mail.objects.all()} == {f"ticket:{one}" for one in range(10) if one not in POISONED}


def test_rows_without_a_fault_take_one_turn():
    turns = []

    assert all_at_once(range(100), turns.append) == []
    assert turns == [range(100)]


def test_every_row_is_tried_before_the_failure_is_raised(caplog):
    done = []

    def act(number: int) -> None:
        mail_of(number)
        done.append(number)

    with pytest.raises(RowsFailed, match="2 pekerjaan gagal"):
        each_alone(range(10), act)

    assert done == [0, 1, 3, 4, 5, 6, 8, 9]
    assert "KeyError" in caplog.text
    assert "budi" not in caplog.text


@pytest.mark.parametrize("way", [each_alone, all_at_once])
def test_a_fault_of_the_desk_is_no_fault_of_a_row(way):
    tried = []

    def act(rows: object) -> None:
        tried.append(rows)
        raise OperationalError

    with pytest.raises(OperationalError):
        way([1, 2, 3], act)

    assert len(tried) == 1
