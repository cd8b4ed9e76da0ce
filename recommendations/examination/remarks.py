"""Choose the advice that is printed in the letter's annex."""

from collections.abc import Iterable

from recommendations.models import Remark, Round


def annex_advice(rounds: Iterable[Round]) -> dict[str, Remark]:
    """Return the advice for the letter's annex, by item: the newest remark on it, if it is advice and not accepted.

    `rounds` are the recorded rounds in their order, with their remarks prefetched.
    """
    newest = {remark.item: remark for one in rounds for remark in one.remarks.all()}
    return {
        item: remark
        for item, remark in newest.items()
        if not remark.is_correction and remark.state != Remark.State.ACCEPTED
    }
