"""Decisions about rules: an office switches a rule off, or an officer records a form in spite of an error found."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.models import User
from recommendations.instruments.findings import Finding
from recommendations.instruments.rules import RULES, Rule, every_rule
from recommendations.models.rounds import Round


class RuleSwitchQuerySet(models.QuerySet["RuleSwitch"]):
    def switched_off(self) -> frozenset[str]:
        """Return the ids of the rules that this office does not use."""
        return frozenset(self.filter(is_off=True).values_list("rule", flat=True))

    def fill(self) -> None:
        """Add a row for every rule without one, so that the admin site lists all rules. A new rule is on.

        Safe to repeat.
        """
        self.bulk_create([self.model(rule=rule_id) for rule_id in every_rule()], ignore_conflicts=True)


class RuleSwitch(models.Model):
    """Whether this office uses a rule. A rule without a row is on."""

    rule = models.CharField("aturan", max_length=20, unique=True)
    is_off = models.BooleanField("tidak dipakai", default=False)
    reason = models.CharField("alasan", max_length=300, blank=True)
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="diubah oleh"
    )
    changed_at = models.DateTimeField("diubah", null=True, blank=True)

    objects = RuleSwitchQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan pemeriksaan"
        verbose_name_plural = "aturan pemeriksaan"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="rule_is_off_for_a_reason",
                condition=Q(is_off=False) | ~Q(reason=""),
                violation_error_message="Tulis alasan mengapa aturan ini tidak dipakai.",
            )
        ]

    def __str__(self) -> str:
        return self.rule

    @property
    def definition(self) -> Rule | None:
        """Return the rule; None when it no longer exists."""
        return every_rule().get(self.rule)

    @property
    def forms(self) -> str:
        """Return the codes of the forms that have this rule, separated by commas."""
        return ", ".join(code for code, rules in RULES.items() if self.rule in {rule.id for rule in rules})


class FindingDecision(models.Model):
    """Why an officer recorded a round complete although a rule found an error.

    `message` keeps the words of the finding at that time.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="decisions")
    rule = models.CharField("aturan", max_length=20)
    item = models.CharField("isian", max_length=40)
    message = models.TextField("temuan")
    reason = models.TextField("alasan", max_length=1000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "putusan atas temuan"
        verbose_name_plural = "putusan atas temuan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "rule", "item"], name="one_decision_a_finding"),
            models.CheckConstraint(name="decision_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"

    def is_on(self, finding: Finding) -> bool:
        """Return whether this decision is about `finding`."""
        return (self.rule, self.item) == (finding.rule, finding.item)
