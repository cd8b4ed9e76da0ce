"""From the paper's form to the one that Romantik asks today: MS-Keg's questions, and how the answers are recoded."""

from recommendations.romantik.questions import MSKEG
from recommendations.romantik.rows import Facts, RomantikBlock, RomantikRow, beside_items, romantik_blocks

__all__ = ["MSKEG", "Facts", "RomantikBlock", "RomantikRow", "beside_items", "romantik_blocks"]
