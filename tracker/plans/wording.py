"""How texts of cells and paragraphs are put together and told apart."""

import re

from tracker.words import fold

_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
LOWER = f"a-z{_MARKED}"  # for character classes of patterns
UPPER = f"A-Z{_MARKED.upper()}"

_CUT_CODE = re.compile(r"(?<=\w)([-/])\n(?=\w)")
_PARENTHESIS = re.compile(r"\s*\([^()]*\)")
_BULLET = re.compile(r"^\s*[-–—+•*]\s+")


def one_line(text: str) -> str:
    """The lines of a cell as one: «Nghị quyết số 66-», «NQ/TW» -> «Nghị quyết số 66-NQ/TW»."""
    return " ".join(_CUT_CODE.sub(r"\1", text).split())


def key(text: str) -> str:
    """Letters and digits only, folded: «C ơ quan phối hợp» and «Cơ quan\\nphối hợp» are one key."""
    return re.sub(r"[\W_]+", "", fold(text))


def without_parentheses(text: str) -> str:
    """«Bộ Tư pháp (đối với thủ tục hành chính)» -> «Bộ Tư pháp»."""
    while (shorter := _PARENTHESIS.sub("", text)) != text:
        text = shorter
    return text


def without_bullet(text: str) -> str:
    """«- Rà soát quy trình» -> «Rà soát quy trình»."""
    return _BULLET.sub("", text).strip()


def is_upper(text: str) -> bool:
    """Whether every letter is a capital, with at least two words' worth of them."""
    return len(re.findall(r"[^\W\d_]", text)) > 3 and text == text.upper()


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, or only dashes, dots and the like."""
    return not re.search(r"\w", text)


def starts_inside(text: str) -> bool:
    """Whether a text begins in the middle of a sentence: «nhà văn hóa, nhà làm việc của thôn»."""
    first = without_bullet(text)[:1]
    return text.strip()[:1] == first and (first.islower() or first in ",;.)")
