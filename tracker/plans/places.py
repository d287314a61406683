"""Where a row or paragraph stood, in one short text."""

from tracker.plans.blocks import Where


def place(where: Where) -> str:
    """«page 3, table 1, row 3», or «line 57» for a paragraph; empty where nothing is known."""
    row = [("page", where.page), ("table", where.table), ("row", where.row)]
    known = row if where.table else [("page", where.page), ("line", where.line)]
    return ", ".join(f"{name} {number}" for name, number in known if number)


def place_words(place: str) -> str:
    """The same in Vietnamese: «page 3, table 1, row 3» -> «trang 3, bảng 1, dòng 3»."""
    words = {"page": "trang", "table": "bảng", "row": "dòng", "line": "dòng"}
    return " ".join(words.get(word, word) for word in place.split(" "))
