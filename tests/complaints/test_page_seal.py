"""No act over a message that was not read, and no old form that puts old facts back."""

import uuid

import pytest

from complaints.actions.handling import answer, assign_complaint
from complaints.actions.talking import reply
from complaints.models import Complaint, ComplaintTerm
from complaints.page_seal import NEW_WORDS
from recommendations.uploads import PDF
from tests.complaints.acts import seal_of
from tests.factories import assigned_complaint, paper

TOKEN = {"form_token": str(uuid.uuid4())}


@pytest.fixture
def answered(petugas, kepala) -> Complaint:
    return answer(assigned_complaint(petugas, by=kepala), text="Mohon maaf.", by=petugas)


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("selesaikan", {"outcome": "done", "note": "Dua loket dibuka."}),
        ("tanggapi", {"text": "Dua loket dibuka."}),
        ("rencana", {"text": "Dua loket dibuka.", "due_on": "28/02/2099"}),
        ("tanya", {"text": "Dua loket dibuka."}),
    ],
)
def test_nothing_is_done_over_an_unread_message(client_of, petugas, answered, act, typed):
    desk = client_of(petugas)
    old = seal_of(desk, answered)
    reply(answered, text="Masih panjang.")

    refused = desk.post(f"/aduan/{answered.key}/{act}/", typed | TOKEN | {"shown": old})
    shown = refused.content.decode()

    answered.refresh_from_db()
    assert refused.status_code == 422
    assert answered.status == "answered"
    assert answered.messages.filter(by=petugas).count() == 1
    for words in (NEW_WORDS, "Masih panjang.", "Dua loket dibuka."):
        assert words in shown
    again = desk.post(f"/aduan/{answered.key}/{act}/", typed | TOKEN | {"shown": refused.context["shown"]})
    assert again.status_code == 302


def test_nothing_is_closed_over_an_unseen_file(client_of, petugas, answered):
    desk = client_of(petugas)
    old = seal_of(desk, answered)
    reply(answered, papers=[(paper("bukti.pdf"), PDF)])

    shown = desk.post(
        f"/aduan/{answered.key}/selesaikan/", TOKEN | {"outcome": "done", "note": "Selesai.", "shown": old}
    )

    assert NEW_WORDS in shown.content.decode()
    assert Complaint.objects.get().status == "answered"


def test_a_mistake_in_the_form_does_not_hide_an_unread_message(client_of, petugas, answered):
    desk = client_of(petugas)
    old = seal_of(desk, answered)
    reply(answered, text="Masih panjang.")

    wrong = desk.post(f"/aduan/{answered.key}/selesaikan/", TOKEN | {"outcome": "done", "note": "", "shown": old})
    second = desk.post(
        f"/aduan/{answered.key}/selesaikan/",
        TOKEN | {"outcome": "done", "note": "Selesai.", "shown": wrong.context["shown"]},
    )

    assert NEW_WORDS in second.content.decode()
    assert Complaint.objects.get().status == "answered"


@pytest.mark.parametrize("seal", ["", "kacau"])
def test_a_page_that_does_not_say_what_it_showed_does_nothing(client_of, petugas, answered, seal):
    desk = client_of(petugas)

    shown = desk.post(f"/aduan/{answered.key}/tanggapi/", TOKEN | {"text": "Ya.", "shown": seal}).content.decode()

    assert "Halaman ini sudah terlalu lama terbuka." in shown
    assert answered.messages.count() == 1


def test_an_old_form_to_assign_does_not_put_old_facts_back(client_of, petugas, other, kepala):
    complaint, head = assigned_complaint(petugas, by=kepala, element="waktu"), client_of(kepala)
    old, terms = seal_of(head, complaint), {term.code: term for term in ComplaintTerm.objects.all()}
    facts = {"about": other, "element": "biaya", "sp4n_number": "LAPOR-9"}
    assign_complaint(complaint, assigned_to=petugas, term=terms["sederhana"], **facts, by=kepala)

    typed = {"assigned_to": petugas.pk, "term": terms["tanpa-lapangan"].pk, "element": "waktu", "about": ""}
    refused = head.post(f"/aduan/{complaint.key}/tugaskan/", typed | {"sp4n_number": "", "shown": old})

    complaint.refresh_from_db()
    assert (complaint.about, complaint.element, complaint.sp4n_number) == (other, "biaya", "LAPOR-9")
    shown = refused.content.decode()
    for words in ("Pegawai yang diadukan kini “Dewi Contoh”.", "Unsur kini “Biaya/tarif”.", "kini “LAPOR-9”."):
        assert words in shown
    form = refused.context["acts"]["assign"]
    kept = {name: str(form[name].value()) for name in form.fields}
    assert kept == {
        "assigned_to": str(petugas.pk),
        "term": str(terms["tanpa-lapangan"].pk),  # typed by the Kepala
        "element": "biaya",
        "about": str(other.pk),
        "sp4n_number": "LAPOR-9",
    }


def test_a_new_message_does_not_stop_an_assignment(client_of, petugas, other, kepala, answered):
    head = client_of(kepala)
    old = seal_of(head, answered)
    reply(answered, text="Masih panjang.")

    typed = {"assigned_to": other.pk, "term": answered.term.pk, "element": "", "about": "", "shown": old}
    head.post(f"/aduan/{answered.key}/tugaskan/", typed)

    assert Complaint.objects.get().assigned_to == other
