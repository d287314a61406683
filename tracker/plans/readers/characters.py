"""One spelling of characters, whatever the file was written with."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)

# Word keeps the letters of its Symbol and Wingdings fonts in the private use area: U+F000 + the byte.
_SYMBOL_FONT = {0xF02D: "-", 0xF02B: "+", 0xF0A3: "≤", 0xF0B3: "≥", 0xF0B1: "±", 0xF0AE: "→"}
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")

# How texts typed in the fonts of TCVN 5712:1993 (.VnTime) look when they are read as Unicode.
_TCVN3_LETTERS = re.compile("[¸µ¶·¹¾»¼½©®¬­ª«]")
_LETTERS = re.compile(r"[^\W\d_]")


def clean(text: str) -> str:
    """One line in NFC, single spaces, without invisible characters: «Quý\u00a0 I » -> «Quý I».

    Soft hyphens stay, for they are the «ư» of TCVN3; `old_fonts.in_unicode` decides about them.
    """
    text = _PRIVATE_USE.sub(lambda found: _SYMBOL_FONT.get(ord(found[0]), "•"), text)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _INVISIBLE.sub("", text))).strip()


def clean_lines(text: str) -> list[str]:
    """The lines of a text that are not blank, each cleaned."""
    return [line for line in map(clean, _LINE_ENDS.split(text)) if line]


def is_tcvn3(text: str) -> bool:
    """Whether it was typed in the old TCVN3 fonts, which hold other letters than they show.

    «QuyÕt ®Þnh cña Uû ban nh©n d©n» is such a text; a few stray signs (©, ®, ½) do not make one.
    """
    signs = len(_TCVN3_LETTERS.findall(text))
    return signs > 20 and signs > 0.05 * len(_LETTERS.findall(text))
