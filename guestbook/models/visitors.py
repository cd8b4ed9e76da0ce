"""A visitor, as entered at the kiosk; the officer adds the SKD classes at the counter."""

import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from guestbook import skd
from office.models import User


def new_token() -> str:
    """Return a random token of 128 bits for a public link."""
    return secrets.token_urlsafe(16)


class VisitorQuerySet(models.QuerySet["Visitor"]):
    def same_person(self, visitor: "Visitor") -> "VisitorQuerySet":
        """Return the rows with the telephone number or the e-mail of `visitor`. Both columns have an index."""
        person = Q(pk=visitor.pk)
        if visitor.phone:
            person |= Q(phone=visitor.phone)
        if visitor.email:
            person |= Q(lower_email=visitor.email.lower())
        return self.alias(lower_email=Lower("email")).filter(person)


class Visitor(models.Model):
    """A visitor, as entered at the kiosk. Personal data: officers see it, public pages never show it."""

    name = models.CharField("nama lengkap", max_length=200)
    phone = models.CharField("nomor HP", max_length=32, blank=True)  # in the form of office/phones.py
    email = models.EmailField("e-mail", blank=True)
    agency = models.CharField("instansi", max_length=200, blank=True)
    position = models.CharField("jabatan", max_length=200, blank=True)
    # the SKD classes: the officer fills them in at the counter, the kiosk never asks for them
    sex = models.CharField("jenis kelamin", max_length=15, choices=skd.Sex.choices, blank=True)
    age_class = models.CharField("umur", max_length=15, choices=skd.AgeClass.choices, blank=True)
    education = models.CharField("pendidikan", max_length=15, choices=skd.Education.choices, blank=True)
    occupation = models.CharField("pekerjaan", max_length=15, choices=skd.Occupation.choices, blank=True)
    agency_category = models.CharField(
        "kategori instansi", max_length=15, choices=skd.AgencyCategory.choices, blank=True
    )
    data_use = models.CharField("pemanfaatan data", max_length=15, choices=skd.DataUse.choices, blank=True)
    classified_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    classified_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = VisitorQuerySet.as_manager()

    class Meta:
        verbose_name = "pengunjung"
        verbose_name_plural = "pengunjung"
        indexes = [
            models.Index(fields=["phone"], name="visitor_phone"),
            models.Index(Lower("email"), name="visitor_email"),
        ]

    def __str__(self) -> str:
        return self.name
