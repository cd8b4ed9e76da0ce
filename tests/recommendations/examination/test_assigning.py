"""A submission gets another responsible officer, and the alerts go to that officer."""

from datetime import date

import pytest
from django.urls import reverse

from office.models import Mail
from recommendations.models import Submission
from recommendations.promise.alerts import alert
from recommendations.submissions.actions.assigning import NotAnOfficer, ReasonNeeded, TakenMeanwhile, assign, officers
from recommendations.submissions.actions.opening import cancel
from recommendations.workflow import Move, MoveNotAllowed
from tests.factories import recorded_submission
from tests.recommendations.examination.conftest import officer


def holder(submission):
    return Submission.objects.get(pk=submission.pk).officer


def test_taking_over_needs_a_reason_and_is_on_the_timeline(examined, petugas, dewi):
    with pytest.raises(ReasonNeeded, match="Rina Contoh"):
        assign(examined, to=dewi, reason="  ", by=dewi)

    assign(examined, to=dewi, reason="Rina cuti.", by=dewi)

    assert holder(examined) == dewi
    event = examined.events.get(move=Move.ASSIGN)
    assert (event.by, event.note) == (dewi, "dari Rina Contoh kepada Dewi Contoh: Rina cuti.")


def test_the_responsible_officer_hands_over_without_a_reason(examined, petugas, dewi):
    assign(examined, to=dewi, by=petugas)

    assert holder(examined) == dewi


def test_the_kepala_assigns_another_officer_with_a_reason(examined, kepala, dewi):
    with pytest.raises(ReasonNeeded):
        assign(examined, to=dewi, by=kepala)

    assert assign(examined, to=dewi, reason="Beban Rina penuh.", by=kepala).officer == dewi


def test_assigning_the_same_officer_changes_nothing(examined, petugas, dewi):
    assign(examined, to=petugas, reason="x", seen=dewi.pk, by=dewi)

    assert holder(examined) == petugas
    assert not examined.events.filter(move=Move.ASSIGN).exists()


def test_only_an_active_officer_is_made_responsible(examined, petugas, kepala, admin_user):
    gone = officer("Eko Contoh", is_active=False)

    for nobody in (gone, kepala, admin_user):
        with pytest.raises(NotAnOfficer, match=str(nobody)):
            assign(examined, to=nobody, reason="x", by=petugas)
    assert list(officers()) == [petugas]


def test_assigning_after_a_change_is_refused_with_the_present_officers_name(examined, petugas, dewi):
    third = officer("Eko Contoh")
    assign(examined, to=dewi, by=petugas)

    with pytest.raises(TakenMeanwhile, match="Dewi Contoh"):
        assign(examined, to=third, reason="x", seen=petugas.pk, by=third)
    assert holder(examined) == dewi


def test_a_cancelled_submission_keeps_its_officer(examined, petugas, dewi):
    cancel(examined, reason="x", by=petugas)

    with pytest.raises(MoveNotAllowed):
        assign(examined, to=dewi, by=petugas)


def test_alerts_go_to_the_new_officer(time_machine, petugas, dewi):
    time_machine.move_to("2026-11-20T14:05:00+08:00")
    submission = recorded_submission(petugas)
    assign(submission, to=dewi, by=petugas)

    alert(date(2026, 12, 29))

    assert list(Mail.objects.values_list("to", flat=True)) == [dewi.email]
    assert "petugas Dewi Contoh" in Mail.objects.get().body


def test_a_submission_is_taken_over_through_its_page(examined, petugas, dewi, client_of):
    desk, page = client_of(dewi), reverse("recommendations:submission_detail", args=[examined.pk])
    address = reverse("recommendations:assign_submission", args=[examined.pk])
    typed = {"to": dewi.pk, "seen": petugas.pk}

    before = desk.get(page).content.decode()
    refused = desk.post(address, typed | {"reason": ""}, follow=True).content.decode()
    done = desk.post(address, typed | {"reason": "Rina cuti."}, follow=True).content.decode()

    assert 'data-confirm="#ambil-alih"' in before
    assert "Tulis alasannya: Rina Contoh" in refused
    assert "Dewi Contoh kini bertanggung jawab." in done
    assert "ambil-alih" not in done


@pytest.mark.parametrize("to", ["", "x", "999999", str(10**30)])
def test_an_unknown_officer_is_not_made_responsible(examined, client_of, petugas, to):
    address = reverse("recommendations:assign_submission", args=[examined.pk])

    assert client_of(petugas).post(address, {"to": to, "seen": str(10**30)}).status_code == 302
    assert holder(examined) == petugas


def test_the_admin_may_not_assign(examined, client_of, admin_user):
    address = reverse("recommendations:assign_submission", args=[examined.pk])

    assert client_of(admin_user).post(address, {}).status_code == 403
