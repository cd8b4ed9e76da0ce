"""A second reader verifies a submission, if the office requires two readers."""

import pytest
from django.urls import reverse

from office.models import Office
from recommendations.examination.actions.examining import (
    SecondReaderNeeded,
    accept_remark,
    unaccept,
    verify,
    write_remark,
)
from recommendations.letter.actions.issuing import send_back
from recommendations.models import Remark, Round
from recommendations.workflow import Move, Status
from tests.pages import seal_of

pytestmark = pytest.mark.usefixtures("two_readers")


def first_reader(submission):
    return Round.objects.filter(submission=submission).last().first_reader


def write(submission, text: str, *, by, item: str = "variabel") -> Remark | None:
    return write_remark(submission, item_id=item, kind="advice", text=text, by=by)


def test_the_first_reader_is_recorded_and_the_submission_stays_in_examination(examined, petugas):
    verify(examined, by=petugas)

    examined.refresh_from_db()
    assert (examined.status, first_reader(examined)) == (Status.CHECKING, petugas)
    assert examined.events.filter(move=Move.READ, by=petugas).count() == 1
    assert not examined.events.filter(move=Move.VERIFY).exists()


def test_the_first_reader_cannot_also_be_the_second(examined, petugas):
    verify(examined, by=petugas)

    with pytest.raises(SecondReaderNeeded, match="Petugas lain"):
        verify(examined, by=petugas)


def test_a_second_reader_verifies(examined, petugas, dewi):
    verify(examined, by=petugas)

    assert verify(examined, by=dewi).status == Status.VERIFIED
    assert examined.events.get(move=Move.VERIFY).by == dewi


def test_no_remark_is_accepted_before_the_second_reader(again, petugas, dewi):
    verify(again, by=petugas)
    between = Remark.objects.get(item="tujuan_survei").state
    verify(again, by=dewi)

    assert (between, Remark.objects.get(item="tujuan_survei").state) == ("answered", "accepted")


@pytest.mark.parametrize("text", ["Mohon dicek lagi.", ""])
def test_writing_changing_or_removing_a_remark_restarts_the_reading(examined, petugas, dewi, text):
    write(examined, "Mohon dicek.", by=petugas)
    verify(examined, by=petugas)

    write(examined, text, by=dewi)

    assert first_reader(examined) is None
    verify(examined, by=dewi)
    examined.refresh_from_db()
    assert (examined.status, first_reader(examined)) == (Status.CHECKING, dewi)


def test_saving_the_same_remark_again_does_not_restart_the_reading(examined, petugas, dewi):
    write(examined, "Mohon dicek.", by=petugas)
    verify(examined, by=petugas)

    write(examined, "Mohon dicek.", by=dewi)
    write(examined, "", by=dewi, item="wilayah")

    assert first_reader(examined) == petugas


def test_reopening_an_accepted_remark_restarts_the_reading(again, petugas, dewi):
    remark = Remark.objects.get(item="tujuan_survei")
    accept_remark(again, remark, by=petugas)
    verify(again, by=petugas)

    assert first_reader(again) == petugas
    unaccept(again, remark, by=dewi)

    assert first_reader(again) is None


def test_a_submission_sent_back_by_the_kepala_is_read_by_two_again(examined, petugas, dewi, kepala):
    verify(examined, by=petugas)
    verify(examined, by=dewi)

    send_back(examined, reason="Periksa wilayah.", by=kepala)

    verify(examined, by=dewi)
    examined.refresh_from_db()
    assert (examined.status, first_reader(examined)) == (Status.CHECKING, dewi)


def test_one_reader_verifies_when_the_office_no_longer_requires_two(examined, petugas):
    verify(examined, by=petugas)

    Office.objects.update(two_readers=False)

    assert verify(examined, by=petugas).status == Status.VERIFIED


def test_page_list_and_decision_say_whose_turn_it_is(examined, petugas, dewi, client_of):
    pages = {}
    address = reverse("recommendations:examine", args=[examined.pk]) + "?banding=1"
    before = " ".join(client_of(petugas).get(address).content.decode().split())
    verify_url = reverse("recommendations:verify_submission", args=[examined.pk])
    done = client_of(petugas).post(verify_url, {"shown": seal_of(before)}, follow=True)
    for user in (petugas, dewi):
        pages[user] = " ".join(client_of(user).get(address).content.decode().split())
    row = client_of(dewi).get(reverse("recommendations:submission_list")).content.decode()

    assert "Nyatakan formulir ini sesuai?" in before
    assert "menunggu pemeriksa kedua" in done.content.decode()
    assert "<b>Menunggu pemeriksa kedua</b>" in pages[petugas]
    assert 'data-confirm="#verifikasi"' not in pages[petugas]
    assert "Pemeriksa pertama: Rina Contoh" in pages[dewi]
    assert 'data-confirm="#verifikasi"' in pages[dewi]
    assert "Menunggu pemeriksa kedua" in row
