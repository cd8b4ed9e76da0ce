"""A form that was returned: its slip undrawn, or drawn with its mail in the outbox."""

import pytest
from django.test import Client

from recommendations import drawing, telling
from recommendations.models import Remark, Slip, Submission
from tests.factories import returned_submission


@pytest.fixture
def returned(petugas) -> Submission:
    """Returned with one correction (FS3 4.1) and one piece of advice (2.2); nothing is drawn yet."""
    return returned_submission(petugas)


@pytest.fixture
def slip(returned) -> Slip:
    """As the return wrote it."""
    return Slip.objects.get(round__submission=returned)


@pytest.fixture
def mailed(slip) -> Slip:
    """Drawn, its mail in the outbox."""
    drawing.draw_slip(slip.pk)
    telling.owe_mail(slip.pk)
    return Slip.objects.select_related("mail", "round__submission").get(pk=slip.pk)


@pytest.fixture
def phone() -> Client:
    """The applicant's telephone: nobody is signed in."""
    return Client()


@pytest.fixture
def correction(returned) -> Remark:
    return Remark.objects.get(kind="correction")


@pytest.fixture
def advice(returned) -> Remark:
    return Remark.objects.get(kind="advice")
