"""Letters set in the fonts of TCVN3: by their names, which also tell those that print capitals alone."""

import re
from collections.abc import Sequence

from tracker.plans.readers.old_fonts import from_tcvn3
from tracker.plans.readers.pdf.gutters import Char

_FONT = re.compile(r"(?:^|\+)\.?Vn[A-Za-z ]*?(?P<capitals>H)?(?:[,-].*)?$")  # .VnTime, ABCDEF+.VnTimeH,Bold
_UNICODE = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")


def in_unicode_letters(chars: Sequence[Char]) -> tuple[list[Char], bool]:
    """The letters of a page with those of TCVN3 fonts as Unicode, and whether there were any to convert.

    Where the file itself says what they mean in Unicode only the capitals are put right.
    """
    fonts = {name: found for name in {char["fontname"] for char in chars} if (found := _FONT.search(name))}
    known = any(_UNICODE.search(char["text"]) for char in chars if char["fontname"] in fonts)
    letters = [
        char | {"text": _letter(char["text"], fonts[char["fontname"]], known=known)}
        if char["fontname"] in fonts
        else char
        for char in chars
    ]
    return letters, bool(fonts) and not known


def _letter(text: str, font: re.Match[str], *, known: bool) -> str:
    letter = text if known else from_tcvn3(text)
    return letter.upper() if font["capitals"] else letter
