"""Pages printed sideways are turned until their letters stand upright."""

from collections import Counter

from pdfplumber.page import Page


def upright(page: Page) -> Page:
    """The page, turned where most of its letters lie on their side or stand on their head."""
    turn = _turn(page)
    if not turn:
        return page
    page.close()
    turned = (page.rotation + turn) % 360
    page.page_obj.rotate = turned
    page.page_obj.attrs["Rotate"] = turned
    return Page(page.pdf, page.page_obj, page.page_number)


def _turn(page: Page) -> int:
    """By how many degrees, clockwise, the page must be turned."""
    turns = Counter(_lean(char["matrix"]) for char in page.chars if char["text"].strip())
    return turns.most_common(1)[0][0] if turns else 0


def _lean(matrix: tuple[float, ...]) -> int:
    across, up = matrix[0], matrix[1]
    if abs(across) >= abs(up):
        return 0 if across >= 0 else 180
    return 90 if up > 0 else 270
