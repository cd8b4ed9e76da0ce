import pytest
from django import forms

from office.fields import first_error, offer, offer_rows
from office.models import Counter


class PaperForm(forms.Form):
    kind = forms.ChoiceField(choices=[])
    counter = forms.ModelChoiceField(Counter.objects.none())
    note = forms.CharField(error_messages={"required": "Tulis catatan."})


def test_a_choice_that_was_offered_is_taken():
    form = PaperForm({"kind": "a", "note": "x"})

    offer(form, "kind", [("a", "A"), ("Kelompok", [("b", "B")])])

    assert "kind" not in form.errors
    assert form.fields["kind"].choices == [("a", "A"), ("Kelompok", [("b", "B")])]


@pytest.mark.django_db
def test_a_row_that_was_offered_is_taken():
    counter = Counter.objects.create(number=7)
    form = PaperForm({"counter": counter.pk, "note": "x"})

    offer_rows(form, "counter", Counter.objects.all())

    assert form.is_valid() is False  # the other choice of the form was not offered
    assert form.errors.keys() == {"kind"}


def test_a_field_of_words_offers_nothing():
    form = PaperForm()

    with pytest.raises(TypeError):
        offer(form, "note", [("a", "A")])
    with pytest.raises(TypeError):
        offer_rows(form, "note", Counter.objects.none())


def test_the_first_error_is_that_of_the_first_field():
    form = PaperForm({})
    offer(form, "kind", [("a", "A")])
    form.fields["kind"].error_messages["required"] = "Pilih jenis."

    assert first_error(form) == "Pilih jenis."
