"""A merge moves what its page showed: when something else would move, the page is shown again."""

import html

import pytest

from recommendations.agencies.actions.agencies import add_alias, change_agency
from recommendations.models import Agency, Applicant
from tests.factories import AgencyFactory, ApplicantFactory, SubmissionFactory
from tests.recommendations.agencies.test_pages import at


def test_a_merge_that_would_move_more_than_the_page_showed_shows_the_page_again(admin_user, client_of):
    old, new = AgencyFactory(name="Dinas Lama Contoh"), AgencyFactory(name="Dinas Baru Contoh")
    client, address = client_of(admin_user), at("merge_agency", old, new)
    seal = client.get(address).context["shown"]
    SubmissionFactory(applicant__agency=old)
    add_alias(old, name="DLC", by=admin_user)
    change_agency(new, name="Dinas Terbaru Contoh", short="", by=admin_user)

    again = client.post(address, {"shown": seal}, follow=True)
    refused = html.unescape(again.content.decode())
    unmerged = Agency.objects.get(pk=old.pk)
    client.post(address, {"shown": again.context["shown"]})

    assert "Nama yang digabung kini Dinas Lama Contoh dan DLC." in refused
    assert "Nama instansi tujuan kini Dinas Terbaru Contoh." in refused
    assert "Akun pemohon berubah: kini 1 berpindah, 0 disatukan. Permohonan berubah: kini 1. Belum ada" in refused
    assert unmerged.merged_into is None
    assert Agency.objects.get(pk=old.pk).merged_into == new


def test_other_rows_in_the_same_number_are_a_change_too(admin_user, client_of):
    old, new = AgencyFactory(), AgencyFactory()
    gone = ApplicantFactory(agency=old)
    address = at("merge_agency", old, new)
    seal = client_of(admin_user).get(address).context["shown"]
    Applicant.objects.filter(pk=gone.pk).delete()
    ApplicantFactory(agency=old)

    refused = client_of(admin_user).post(address, {"shown": seal}, follow=True).content.decode()

    assert "Akun pemohon berubah: kini 1 berpindah, 0 disatukan." in refused
    assert Agency.objects.get(pk=old.pk).merged_into is None


@pytest.mark.parametrize("seal", ["", "x" * 5000, "\0", None])
def test_a_page_of_another_merge_or_without_a_seal_merges_nothing(admin_user, client_of, seal):
    old, new = AgencyFactory(), AgencyFactory()
    client = client_of(admin_user)
    if seal is None:
        seal = client.get(at("merge_agency", new, old)).context["shown"]

    refused = client.post(at("merge_agency", old, new), {"shown": seal}, follow=True).content.decode()

    assert "terlalu lama terbuka. Belum ada yang digabung" in refused
    assert Agency.objects.get(pk=old.pk).merged_into is None
