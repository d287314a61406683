"""Lines are looked at more than once: again where tesseract was unsure, and in English for their figures."""

import re
from collections.abc import Sequence
from statistics import mean

from PIL import Image

from tracker.plans.readers.scans.letters import Shown, Word, recognise_lines
from tracker.plans.readers.scans.strokes import upright_strokes
from tracker.words import fold

_SURE = 80.0  # per cent: a word below it is read again
_ACRONYM_SURE = 85.0  # per cent: an acronym below it is read in English too
_FIGURES_SURE = 50.0  # per cent: figures below it are not believed
_SAME_PLACE = 0.5  # of the shorter of two words: how far they lie over each other
_STROKES = re.compile(r"^([1Il|!]{1,3}|[Il1|]?V)(?=[/⁄.,;:)]|$)")
_ROMAN = re.compile(r"I[I1l|]?(?=[/⁄]?20\d\d)")
_MOST_STROKES = 3
_MAYBE_QUARTER = re.compile(r"^\W*[IVl1|]{1,4}(\W|$|20)")
_ACRONYM = re.compile(r"\W*[A-Z]{3,}\W*")
_ROW_NUMBER = re.compile(r"(\d{1,3}(\.\d{1,2})*|[IVX]+|[A-Da-hđ]|S?TT)[.)]?")
_DASH = re.compile(r"[-–—|]")
_LETTERS = re.compile(r"[^\W\d_]+")


def read_lines(pictures: Sequence[Image.Image]) -> list[list[Word]]:
    """The words of each line: of two readings the surer one, with the figures that English knows better."""
    lines = recognise_lines(pictures, Shown.LINE)
    unsure = [at for at, words in enumerate(lines) if min((w.sure for w in words), default=0) < _SURE]
    again = recognise_lines([pictures[at] for at in unsure], Shown.LINE, bold=False)
    for at, words in zip(unsure, again, strict=True):
        lines[at] = max(lines[at], words, key=_sureness)
    counting = [at for at, words in enumerate(lines) if any(map(_has_figures, words))]
    figures = recognise_lines([pictures[at] for at in counting], Shown.FIGURES)
    for at, found in zip(counting, figures, strict=True):
        lines[at] = with_figures(lines[at], found)
    return [
        [_with_all_strokes(word, line) for word in words] for line, words in zip(pictures, lines, strict=True)
    ]


def read_numbers(pictures: Sequence[Image.Image]) -> list[list[Word]]:
    """What stands on pictures of a row's number each; what is read as no number is read in other ways."""
    found = recognise_lines(pictures, Shown.NUMBER)
    for shown, bold in ((Shown.FIGURES, True), (Shown.LINE, True), (Shown.NUMBER, False)):
        odd = [at for at, words in enumerate(found) if not _is_number(words)]
        again = recognise_lines([pictures[at] for at in odd], shown, bold=bold)
        for at, words in zip(odd, again, strict=True):
            if _is_number(words) or not found[at]:
                found[at] = words
    return found


def _with_all_strokes(word: Word, line: Image.Image) -> Word:
    """«II/2026» as «III/2026» where its picture shows three strokes: a reading loses some and adds none."""
    found = _ROMAN.match(word.text)
    strokes = upright_strokes(line, word.x0, word.x1) if found else 0
    if found and len(found[0]) < strokes <= _MOST_STROKES:
        return word._replace(text="I" * strokes + word.text[found.end() :])
    return word


def _is_number(words: Sequence[Word]) -> bool:
    return bool(_ROW_NUMBER.fullmatch("".join(word.text for word in words)))


def with_figures(words: Sequence[Word], english: Sequence[Word]) -> list[Word]:
    """The words, figures among them as the English reading of the same line has them.

    Vietnamese loses strokes («Quý I/2026» for «Quý II/2026») and slashes («140NQ-CP»); English knows no marks
    and takes «II» for «11», which is no quarter.
    """
    read: list[Word] = []
    taken: Word | None = None
    for word in words:
        other = next((one for one in english if _knows(one, word)), None)
        if _DASH.fullmatch(word.text) and word.sure < _FIGURES_SURE:
            continue  # a speck between words set far apart
        if other is None or other.sure < _FIGURES_SURE or not _has_figures(word):
            read.append(word)
        elif other is not taken:
            after_quarter = bool(read) and fold(read[-1].text.strip("(;,.")) == "quy"
            text = _quarter(word.text, other.text) if after_quarter else _marked(other.text, word.text)
            read.append(word._replace(text=text))
            taken = other  # and what English took for one with it, though Vietnamese parted it
    return read


def _quarter(vietnamese: str, english: str) -> str:
    """The quarter after «quý»: a reading loses strokes and adds none, so the one with more is believed."""
    known, seen = (_strokes(text) for text in (vietnamese, english))
    if "V" in known + seen:
        return _STROKES.sub("IV", english) if seen else vietnamese
    if max(len(known), len(seen)) == 1:  # a single stroke may be the figure 1 as well
        return english.replace(seen, known, 1) if known in ("1", "I") else english
    if not seen:
        return vietnamese
    return _STROKES.sub("I" * max(len(known), len(seen)), english, count=1)


def _strokes(text: str) -> str:
    found = _STROKES.match(text)
    return found[0] if found else ""


def _marked(english: str, vietnamese: str) -> str:
    """The English reading with the letters of the Vietnamese one: «09/2026/ND-CP» -> «09/2026/NĐ-CP»."""
    known = {fold(letters): letters for letters in _LETTERS.findall(vietnamese)}
    return _LETTERS.sub(lambda found: known.get(fold(found[0]), found[0]), english)


def _knows(english: Word, word: Word) -> bool:
    """Whether English reads in the same place what it knows better: figures, or an unsure «IFRS» for sure."""
    same = (
        _ACRONYM.fullmatch(english.text) and english.sure > word.sure and len(english.text) == len(word.text)
    )
    return bool(same or _has_digit(english.text)) and _same_place(word, english)


def _has_figures(word: Word) -> bool:
    unsure = word.sure < _ACRONYM_SURE and _ACRONYM.fullmatch(word.text)
    return _has_digit(word.text) or bool(unsure or _MAYBE_QUARTER.match(word.text))


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _same_place(one: Word, other: Word) -> bool:
    over = min(one.x1, other.x1) - max(one.x0, other.x0)
    return over > _SAME_PLACE * min(one.x1 - one.x0, other.x1 - other.x0)


def _sureness(words: Sequence[Word]) -> float:
    return mean(word.sure for word in words) if words else 0.0
