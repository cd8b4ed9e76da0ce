"""Checks that read only codes and numbers."""

from recommendations.instruments.rules.reading import Reading
from recommendations.instruments.rules.shape import RuleCheck, when

INTERVIEWS = {1, 2, 8}  # codes of FS3 5.4: interview, interview by telephone or the like, observation
INFERENCE = {2, 3}  # codes of FS3 7.3 that include inference


def all_no(*item_ids: str) -> RuleCheck:
    """Return a check that hits when every one of these questions has the answer 2, Tidak."""
    return when(lambda form: all(form.code(item_id) == 2 for item_id in item_ids))


def is_interview(form: Reading) -> bool:
    return bool(INTERVIEWS & set(form.codes("metode_pengumpulan")))


def more_supervisors(form: Reading) -> bool:
    """Return whether there are more supervisors than enumerators. False when a number is missing."""
    supervisors, enumerators = form.number("jumlah_supervisor"), form.number("jumlah_enumerator")
    return supervisors is not None and enumerators is not None and supervisors > enumerators


def nobody_collects(form: Reading) -> bool:
    return form.number("jumlah_enumerator") == 0


def method_not_told(form: Reading) -> bool:
    """Return whether the method of a non-probability sample is not explained. False when R.5.1 skips R.5.5."""
    is_asked = form.code("metode_penelitian") == 2 and form.code("cara_pengumpulan") != 2
    return is_asked and form.is_empty("metode_nonprob_uraian")


def inference_without_probability(form: Reading) -> bool:
    is_non_probability = form.code("cara_pengumpulan") == 1 and form.code("metode_penelitian") == 2
    return is_non_probability and form.code("metode_analisis") in INFERENCE


def skipped_but_filled(lead: str, item_id: str) -> RuleCheck:
    """Return a check that hits when the answer to `lead` is 1, which skips the item, but the item is filled."""
    return when(lambda form: form.code(lead) == 1 and not form.is_empty(item_id))


def asked_but_empty(lead: str, item_id: str) -> RuleCheck:
    """Return a check that hits when the answer to `lead` is 2, which asks for the item, but the item is empty."""
    return when(lambda form: form.code(lead) == 2 and form.is_empty(item_id))


def no_estimates_beside(item_id: str) -> RuleCheck:
    """Return a check that hits when "Tidak dilakukan estimasi" (32) is chosen together with a level of estimates."""
    return when(lambda form: 32 in (codes := form.codes(item_id)) and len(codes) > 1)


def without_documents(form: Reading) -> bool:
    """Return whether a compilation uses neither documents (2) nor another source (4). False when no code is chosen."""
    chosen = form.codes("metode_pengumpulan")
    return bool(chosen) and not {2, 4} & set(chosen)
