"""The thanks keep the code of a complaint for a while: no HEAD, reload or preview takes it from the visitor."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from complaints.models import Complaint
from guestbook.models import Visit
from office import device_actions
from office.models import Counter, Device, Office
from ratings.kept_codes import CODE, ON_OWN_DEVICE, ON_TABLET
from ratings.skm import ASPECTS
from tests.factories import RatingFactory
from tests.pages import page

THANKS = "Terima kasih, penilaian Anda tersimpan"
COMPLAINT = {one.key: "3" for one in ASPECTS} | {"has_complaint": "ya", "complaint": "Antrian panjang."}


def thanks_of(visit: Visit) -> str:
    return f"/nilai/{visit.token}/terima-kasih/"


def complained(browser: Client, visit: Visit) -> str:
    """Rate the visit with a complaint in this browser. Return the code."""
    browser.post(f"/nilai/{visit.token}/pertanyaan/", COMPLAINT)
    return Complaint.objects.get().shown_code


@pytest.fixture
def tablet(counter: Counter) -> Client:
    """Return the paired tablet of counter 1."""
    Office.objects.update(devices_required=True)
    device = Device.objects.create(name="Tablet 1", kind=Device.Kind.TABLET, counter=counter)
    browser = Client()
    browser.post("/pasang/", {"code": device_actions.make_code(device, by=None)})
    return browser


def test_a_head_and_a_reload_leave_the_code_on_the_page(client, served):
    code = complained(client, served)

    assert client.head(thanks_of(served)).status_code == 200
    seen = [page(client, thanks_of(served), THANKS) for _ in range(3)]

    assert [code in one for one in seen] == [True] * 3
    assert not any(served.ticket in one for one in seen)


@pytest.mark.parametrize("left", [timedelta(seconds=-1), timedelta(seconds=1)])
def test_after_its_time_the_code_is_not_shown_any_more(client, served, left):
    code = complained(client, served)

    with time_machine.travel(timezone.now() + ON_OWN_DEVICE + left, tick=False):
        seen = page(client, thanks_of(served), THANKS)

    assert (code in seen) == (left < timedelta(0))


def test_the_tablet_shows_the_code_to_its_visitor_only(tablet, served):
    code = complained(tablet, served)
    tablet.head("/nilai/")
    assert code in page(tablet, thanks_of(served), THANKS)

    tablet.get("/nilai/")  # "Selesai", or a minute without a touch

    assert code not in page(tablet, thanks_of(served), THANKS)


def test_the_tablet_forgets_the_code_also_when_it_stays_on_the_page(tablet, served):
    code = complained(tablet, served)

    with time_machine.travel(timezone.now() + ON_TABLET + timedelta(seconds=1), tick=False):
        assert code not in page(tablet, thanks_of(served), THANKS)


@pytest.mark.parametrize("kept", [{}, {"code": "AAAA"}, {"code": "AAAA", "first_due_on": "2026-12-01"}, None])
def test_a_receipt_of_an_earlier_version_is_no_error(client, served, kept):
    RatingFactory(visit=served)
    Visit.objects.filter(pk=served.pk).update(rated_at=timezone.now())
    client.get("/pengaduan/")
    session = client.session
    session[CODE] = {served.token: kept}
    session.save()

    assert "AAAA" not in page(client, thanks_of(served), THANKS)


def test_the_thanks_of_a_face_alone_stay_the_same_after_a_head(client, served):
    client.post(f"/nilai/{served.token}/", {"face": "4"})

    assert client.head(thanks_of(served)).status_code == 200
    assert client.get(thanks_of(served)).status_code == 200
    assert client.head(f"/nilai/{served.token}/").status_code in (200, 302)
    assert client.head(f"/nilai/{served.token}/pertanyaan/").status_code == 200
