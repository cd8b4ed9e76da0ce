"""A submission may have several letters in a row; at most one of them has not ended."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from recommendations.archive.similar import similar_activities
from recommendations.models import Letter, Submission
from recommendations.workflow import LetterStatus

pytestmark = pytest.mark.usefixtures("quick_paper")


def another(letter: Letter, **facts) -> Letter:
    """Save another letter of the same submission."""
    copied = {"submission": letter.submission, "issued_on": letter.issued_on, "issued_by": letter.issued_by}
    numbers = {"number": f"{letter.number}-2", "identity_number": letter.identity_number}
    return Letter.objects.create(content=letter.content, **copied, **numbers, **facts)


def end(letter: Letter, status: LetterStatus = LetterStatus.REPLACED) -> None:
    now = timezone.now()
    Letter.objects.filter(pk=letter.pk).update(
        status=status, ended_on=now, ended_at=now, ended_by=letter.issued_by, ended_reason="Judul salah."
    )


def refused(rule: str):
    return pytest.raises(IntegrityError, match=rule)


def test_a_submission_has_one_letter_that_has_not_ended(letter):
    with pytest.raises(IntegrityError), transaction.atomic():
        another(letter, replaces=letter)

    end(letter)
    assert another(letter, replaces=letter) == Submission.objects.get().letter


def test_the_letter_of_a_submission_is_the_last_one_when_all_have_ended(letter):
    end(letter, LetterStatus.REVOKED)

    assert Submission.objects.get().letter == letter


def test_an_identity_number_belongs_to_one_recommendation(letter):
    end(letter)

    with pytest.raises(IntegrityError), transaction.atomic():
        another(letter)


def test_a_letter_is_replaced_by_one_letter(letter):
    end(letter)
    end(another(letter, replaces=letter))

    with pytest.raises(IntegrityError), transaction.atomic():
        another(letter, replaces=letter)


def test_a_letter_ends_with_its_day_its_person_and_its_reason_or_not_at_all(letter):
    with refused("ended_letter_has_day_person_and_reason"), transaction.atomic():
        Letter.objects.update(status=LetterStatus.REVOKED)
    with refused("ended_letter_has_day_person_and_reason"), transaction.atomic():
        Letter.objects.update(ended_reason="Judul salah.")
    with refused("only_an_ended_letter_owes_notice"), transaction.atomic():
        Letter.objects.update(is_notice_owed=True)
    with refused("letter_to_correct_has_its_decision"), transaction.atomic():
        Letter.objects.update(correction_at=timezone.now())


def test_an_activity_with_two_letters_is_found_once_in_the_archive(letter):
    end(letter)
    second = another(letter, replaces=letter)
    title = second.submission.title

    found = similar_activities(title, [], "Dinas Contoh")

    assert [one.number for one in found] == [second.identity_number]
