"""The admin's page of rules: all are listed, each can be switched off for a reason."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from pst_desk.management.commands.prepare import Command
from recommendations.instruments.rules import every_rule
from recommendations.models import RuleSwitch

LIST = reverse("admin:recommendations_ruleswitch_changelist")

pytestmark = pytest.mark.ignore_template_errors  # Django's own pages ask for variables that are not there


@pytest.fixture
def admin_client(client_of, admin_user):
    return client_of(admin_user)


def page_of(rule_id):
    return reverse("admin:recommendations_ruleswitch_change", args=[RuleSwitch.objects.get(rule=rule_id).pk])


def test_every_rule_is_listed_with_its_words(admin_client):
    page = admin_client.get(LIST).content.decode()

    assert [rule.id for rule in every_rule().values() if f">{rule.id}<" not in page] == []
    assert "Survei yang hanya sekali semestinya cross sectional" in page
    assert "Kebiasaan berbeda-beda" in page
    assert "FS3, FP-KPA" in page


def test_a_rule_is_switched_off_with_who_when_and_why(admin_client, admin_user):
    admin_client.post(page_of("F-J1"), {"is_off": "on", "reason": "Kantor ini meminta tahun pada judul."})

    switch = RuleSwitch.objects.get(rule="F-J1")
    assert (switch.is_off, switch.changed_by) == (True, admin_user)
    assert switch.changed_at
    assert RuleSwitch.objects.switched_off() == {"F-J1"}


def test_no_rule_is_switched_off_without_a_reason(admin_client):
    page = admin_client.post(page_of("F-J1"), {"is_off": "on", "reason": ""}).content.decode()

    assert "Tulis alasan mengapa aturan ini tidak dipakai." in page
    assert RuleSwitch.objects.switched_off() == frozenset()


def test_the_database_also_requires_the_reason(office):
    with pytest.raises(IntegrityError):
        RuleSwitch.objects.filter(rule="F-J1").update(is_off=True)


def test_a_rule_is_switched_on_again(admin_client):
    RuleSwitch.objects.filter(rule="F-J1").update(is_off=True, reason="Sementara.")

    admin_client.post(page_of("F-J1"), {"reason": "Dipakai lagi."})

    assert RuleSwitch.objects.switched_off() == frozenset()


def test_rules_are_neither_added_nor_deleted_here(admin_client):
    add = reverse("admin:recommendations_ruleswitch_add")
    delete = reverse("admin:recommendations_ruleswitch_delete", args=[RuleSwitch.objects.first().pk])

    assert [admin_client.get(page).status_code for page in (add, delete)] == [403, 403]


def test_preparing_again_leaves_switches_as_they_are(office):
    RuleSwitch.objects.filter(rule="F-J1").update(is_off=True, reason="Sementara.")
    RuleSwitch.objects.filter(rule="F-J2").delete()

    Command().make_ready()

    assert RuleSwitch.objects.count() == len(every_rule())
    assert RuleSwitch.objects.switched_off() == {"F-J1"}


def test_a_switch_of_a_deleted_rule_does_not_break_the_list(admin_client):
    RuleSwitch.objects.create(rule="X-1")

    assert "tidak ada lagi" in admin_client.get(LIST).content.decode()
