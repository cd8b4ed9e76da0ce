"""From the paper's form to the one that Romantik asks today: MS-Keg's questions, and how the answers are recoded."""

from recommendations.romantik.questions import MSKEG
from recommendations.romantik.rows import RomantikBlock, RomantikFacts, RomantikRow, beside_items, romantik_blocks

__all__ = ["MSKEG", "RomantikBlock", "RomantikFacts", "RomantikRow", "beside_items", "romantik_blocks"]
