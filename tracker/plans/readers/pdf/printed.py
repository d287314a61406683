"""What is printed on a page, whoever read it: its letters and its rules."""

from dataclasses import dataclass
from statistics import mean

from pdfplumber.page import Page

from tracker.plans.readers.pdf.lines import Char
from tracker.plans.readers.pdf.old_letters import in_unicode_letters
from tracker.plans.readers.pdf.overlays import without_overlays
from tracker.plans.readers.pdf.rules import Thing, is_no_background


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page, upright: its number from 1, its size in points, its letters and the edges of its rules."""

    number: int
    width: float
    height: float
    chars: list[Char]
    edges: list[Thing]
    converted: bool = False  # from an old font

    @property
    def sure(self) -> float:
        """How sure the recognition of its letters is, in per cent; 100 where the file tells them itself."""
        return mean(char.get("sure", 100.0) for char in self.chars) if self.chars else 100.0


def printed_page(page: Page) -> PrintedPage:
    """What a PDF says itself of a page."""
    clear = page.filter(is_no_background)
    chars, converted = in_unicode_letters(without_overlays(clear.chars))
    return PrintedPage(page.page_number, float(page.width), float(page.height), chars, clear.edges, converted)
