"""Texts typed in the fonts used before Unicode, TCVN3 (.VnTime) and VNI: told by their letters, converted.

TCVN 5712:1993 keeps a letter in one byte; VNI-Windows keeps marks in a byte of their own behind the vowel.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from tracker.plans.blocks import Document, Paragraph, Table

CONVERTED = (
    "Văn bản gõ bằng phông chữ cũ ({font}): đã chuyển sang Unicode, chữ hoa có thể thành chữ thường; "
    "hãy đối chiếu với bản gốc."
)

_LETTERS = re.compile(r"[^\W\d_]")
_UNICODE = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
_SOFT_HYPHEN = "\u00ad"  # the «ư» of TCVN3

_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)
_TCVN3_SIGNS = re.compile("[¸µ¶·¹¾»¼½©®¬\u00adª«]")

_MARKS = {"ø": "̀", "ù": "́", "û": "̉", "õ": "̃", "ï": "̣"}
_HATS = {"â": "̂", "à": "̂̀", "á": "̂́", "å": "̂̉", "ã": "̂̃", "ä": "̣̂"}
_BREVES = {"ê": "̆", "è": "̆̀", "é": "̆́", "ú": "̆̉", "ü": "̆̃", "ë": "̣̆"}
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_VNI_PAIR = re.compile(
    r"(?P<vowel>[aeouyôö])(?P<mark>[øùûõïâàáåãäêèéúüë])|(?P<alone>[ôöñæóòîíì])", re.IGNORECASE
)


def in_unicode(document: Document) -> Document:
    """The document with texts in old fonts converted, which is noted, and without soft hyphens."""
    texts = "\n".join(_texts(document))
    if _UNICODE.search(texts) is None:
        if _many(len(_TCVN3_SIGNS.findall(texts)), texts):
            return _converted(document, from_tcvn3, "TCVN3")
        if _many(sum(found["mark"] is not None for found in _VNI_PAIR.finditer(texts)), texts):
            return _converted(document, from_vni, "VNI")
    if _SOFT_HYPHEN in texts:
        return _mapped(document, lambda text: text.replace(_SOFT_HYPHEN, ""))
    return document


def from_tcvn3(text: str) -> str:
    """«QuyÕt ®Þnh» -> «Quyết định»."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """«Keá hoaïch» -> «Kế hoạch»."""
    return _VNI_PAIR.sub(_vni_letter, text)


def _vni_letter(found: re.Match[str]) -> str:
    if found["alone"]:
        return _cased(_ALONE[found["alone"].lower()], found["alone"])
    vowel, mark = found["vowel"], found["mark"].lower()
    marks = _MARKS.get(mark) or (_HATS.get(mark) if vowel in "aeoAEO" else None)
    marks = marks or (_BREVES.get(mark) if vowel in "aA" else None)
    if marks is None:
        return found[0]
    base = _cased(_ALONE.get(vowel.lower(), vowel.lower()), vowel)
    return unicodedata.normalize("NFC", base + marks)


def _cased(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter


def _many(signs: int, texts: str) -> bool:
    """Whether they are too many to be stray signs (©, ®, ½) or borrowed words."""
    return signs > 20 and signs > 0.05 * len(_LETTERS.findall(texts))


def _converted(document: Document, convert: Callable[[str], str], font: str) -> Document:
    return replace(_mapped(document, convert), notes=(*document.notes, CONVERTED.format(font=font)))


def _texts(document: Document) -> list[str]:
    paragraphs = [block.text for block in document.paragraphs()]
    return paragraphs + [cell for table in document.tables() for row in table.rows for cell in row.texts]


def _mapped(document: Document, change: Callable[[str], str]) -> Document:
    return replace(document, blocks=tuple(_mapped_block(block, change) for block in document.blocks))


def _mapped_block(block: Paragraph | Table, change: Callable[[str], str]) -> Paragraph | Table:
    if isinstance(block, Paragraph):
        return replace(block, text=change(block.text), label=change(block.label))
    return replace(
        block,
        rows=tuple(
            replace(row, cells=tuple(replace(cell, text=change(cell.text)) for cell in row.cells))
            for row in block.rows
        ),
    )
