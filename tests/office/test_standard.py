"""The rows of the service standard, and those with which a new office begins."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from office.models import ServiceStandard, StandardComponent, StandardQuestion


def test_a_new_office_begins_with_the_facts_of_the_decree(office):
    texts = StandardComponent.objects.texts()

    standard = ServiceStandard.objects.get()
    assert list(texts) == [1, 2, 3, 4, 5, 6, 7]
    assert texts[2].count("\n") == 9  # the ten steps
    assert "30 (tiga puluh) hari kerja sejak formulir terekam lengkap" in texts[3]
    assert texts[4] == "Tidak dipungut biaya."
    assert standard.title == "Layanan Rekomendasi Kegiatan Statistik dengan Cara Kunjungan Langsung"
    assert (standard.maklumat, standard.reviewed_on) == ("", None)
    assert len(StandardQuestion.objects.pairs()) == 3


def test_what_the_office_changed_stays_when_the_office_is_made_ready_again(office):
    StandardComponent.objects.write({4: "Gratis."})
    StandardQuestion.objects.replace([])

    call_command("prepare")

    assert StandardComponent.objects.texts()[4] == "Gratis."
    assert StandardQuestion.objects.pairs() == []


@pytest.mark.django_db
def test_an_office_without_a_standard_has_an_empty_one_that_is_not_saved():
    standard = ServiceStandard.objects.current()

    assert standard.title.startswith("Layanan Rekomendasi")
    assert StandardComponent.objects.texts() == {}
    assert list(ServiceStandard.objects.all()) == []


def test_writing_some_components_leaves_the_others(office):
    StandardComponent.objects.write({4: "Gratis.", 8: "Ruang tunggu."})
    StandardComponent.objects.write({8: ""})

    texts = StandardComponent.objects.texts()
    assert (texts[4], texts[5][:6]) == ("Gratis.", "Saran,")
    assert 8 not in texts


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 15])
def test_there_are_fourteen_components(number):
    with pytest.raises(IntegrityError), transaction.atomic():
        StandardComponent.objects.create(number=number)


@pytest.mark.django_db
def test_there_is_one_standard():
    ServiceStandard.objects.create(pk=ServiceStandard.ONLY)

    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceStandard.objects.create(pk=2)


@pytest.mark.django_db
def test_the_questions_are_replaced_in_their_order():
    StandardQuestion.objects.replace([("Satu?", "Ya."), ("Dua?", "Ya.")])
    StandardQuestion.objects.replace([("Dua?", "Tidak."), ("Satu?", "Ya.")])

    assert StandardQuestion.objects.pairs() == [("Dua?", "Tidak."), ("Satu?", "Ya.")]
