"""Which remarks travel on."""

from collections.abc import Iterable

from recommendations.models import Remark, Round


def travelling(rounds: Iterable[Round]) -> dict[str, Remark]:
    """The advice that goes into the letter's annex, by item: of whichever round, as long as nobody accepted it.

    On each item the newest remark counts. `rounds` recorded, in their order, their remarks at hand.
    """
    newest = {remark.item: remark for one in rounds for remark in one.remarks.all()}
    return {
        item: remark
        for item, remark in newest.items()
        if not remark.is_correction and remark.state != Remark.State.ACCEPTED
    }
