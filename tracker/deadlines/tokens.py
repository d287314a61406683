"""A text in tokens: numbers, words of the vocabulary, marks; each carries the letter the grammar is written
in.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tracker.deadlines.vocabulary import KNOWN_WORDS, NUMBER_WORDS, PHRASES, ROMAN, spelled

_TOKEN = re.compile(
    r"""
    (?P<c>\d{1,6}(?:/\d{1,4}){0,2}[/-][A-ZĐ]{2,}(?![^\W\d_])[\w/&-]*)        # 211/TB-VPCP
  | (?P<H>\d{1,2}(?:\ ?(?i:giờ|h|g)(?:\ ?\d{2}(?!\d))?(?:\ ?phút)?|:\d\d(?::\d\d)?)(?!\w))  # 17h00
  | (?P<o>\d+(?:[.,]\d+)?\ ?%|\d{1,3}(?:\.\d{3})+(?!\d))                        # 95,5 %, 5.000
  | (?P<number>\d+)
  | (?P<Q>\b[Qq]\.?(?=\ ?(?:[1-4]|[IViv]{1,3})\b))                              # Q2, Q.II
  | (?P<M>\b[Tt][Hh]?\.?(?=\d{1,2}                                              # T6/2025
      (?:\ ?(?:[-,;]|đến|và)\ ?(?:[Tt][Hh]?\.?)?\d{1,2})*(?:/|\ năm\ )\d))        # T1-T3/2026, T6 năm 2025
  | (?P<word>[^\W\d_]+)
  | (?P<mark>\S)
    """,
    re.VERBOSE,
)

_MARKS = {mark: mark for mark in ",;.:()/-&"} | {"+": "&"}

_LONGEST_GLUED = 16


class Token(NamedTuple):
    """One word, phrase, number or mark; `start` and `end` are offsets in the normal text."""

    letter: str
    value: Any
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The tokens of a normal text, in order; nothing but white space is left out."""
    return _phrases(list(_raw_tokens(text)))


def _raw_tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        group, piece, start, end = found.lastgroup, found[0], found.start(), found.end()
        if group == "word":
            word = piece.lower()
            if word in PHRASES:
                yield Token("word", word, start, end)
            else:
                yield from _words(word, start)
        elif group == "number":
            yield Token(_number_letter(piece), int(piece[:6]), start, end)
        elif group == "H":
            yield Token("H", int(re.match(r"\d+", piece)[0]), start, end)  # type: ignore[index]
        else:
            yield Token(_MARKS.get(piece, "?") if group == "mark" else str(group), piece, start, end)


def _number_letter(digits: str) -> str:
    if len(digits) <= 2:
        return "n"
    return "y" if len(digits) == 4 and 1900 <= int(digits) < 2200 else "m"


def _words(word: str, start: int) -> Iterator[Token]:
    """One word, or the known words that were glued into it: «trướcngày», «quýii»."""
    word = spelled(word)
    head = "" if word in KNOWN_WORDS or word in ROMAN else _first_of_glued(word)
    if head:
        yield Token("word", head, start, start + len(head))
        yield from _words(word[len(head) :], start + len(head))
    elif word in ROMAN:
        yield Token("r", word, start, start + len(word))
    else:
        yield Token("word", word, start, start + len(word))


def _first_of_glued(word: str) -> str:
    """The known word a glued one begins with, where known words or a roman numeral make up all of it; else
    «».
    """
    if len(word) > _LONGEST_GLUED:
        return ""
    for cut in range(len(word) - 1, 1, -1):
        head, rest = spelled(word[:cut]), spelled(word[cut:])
        if head in PHRASES and (rest in KNOWN_WORDS or rest in ROMAN or _first_of_glued(rest)):
            return head
    return ""


def _phrases(raw: list[Token]) -> list[Token]:
    """Words joined to the longest phrases of the vocabulary; a word outside it gets the letter o."""
    tokens: list[Token] = []
    at = 0
    while at < len(raw):
        token = raw[at]
        if token.letter == "word":
            token, length = _phrase(raw, at)
            at += length
        else:
            at += 1
        tokens.append(token)
    return tokens


def _phrase(raw: list[Token], at: int) -> tuple[Token, int]:
    first = raw[at]
    for rest, letter, phrase in PHRASES.get(str(first.value), ()):
        last = at + len(rest)
        if not rest:
            return Token(letter, phrase, first.start, first.end), 1
        if last < len(raw) and all(raw[at + 1 + i].value == word for i, word in enumerate(rest)):
            return Token(letter, phrase, first.start, raw[last].end), len(rest) + 1
    return Token("o", first.value, first.start, first.end), 1


def number(token: Token) -> int:
    """The number a token stands for, in digits, in words or roman."""
    if isinstance(token.value, int):
        return token.value
    return ROMAN.get(token.value) or NUMBER_WORDS[token.value]


def numbers(tokens: Sequence[Token]) -> list[int]:
    """The numbers among some tokens, in order."""
    return [number(token) for token in tokens if token.letter in "nyrwm"]
