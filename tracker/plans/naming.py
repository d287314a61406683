"""Whom the phrases of a plan name: what the monitor answered, else what the catalogue of units knows."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.plans.answers import PhraseAnswer
from tracker.plans.matching import Catalogue, Known, match, namesakes
from tracker.plans.parties import is_open
from tracker.plans.spelling import name_key
from tracker.words import fold

_LEVEL = r"(?:tinh|huyen|quan|thi xa|thanh pho|xa|phuong|thi tran|dac khu)"
_SEVERAL = re.compile(
    rf"^(?:cac|nhung|mot so|toan the)\b|\bcac\b|\bcap (?:tinh|huyen|xa)\b|\b{_LEVEL}(?:, | va ){_LEVEL}\b"
)
# bodies that are one, though their names speak of several
_ONE = re.compile(
    r"(?:ban quan ly|bql|lien hiep|hiep hoi|trung tam|hoi dong|quy|vien|cuc|vu)\b(?! cac\b)|lien hiep\b"
)
_CAPITALS = re.compile(r"\b[A-ZĐ]{2,}\b")


@dataclass(frozen=True, slots=True)
class Directory:
    """Names of units and groups by id, the members of each group on the day of the plan, and who is `near`.

    Units of other branches of the tree are not near: no phrase names them, but a person may choose them.
    """

    units: Mapping[int, str]
    groups: Mapping[int, str]
    members: Mapping[int, tuple[int, ...]]
    near: frozenset[int]


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a phrase names: units and groups by id, with `members` those of the groups, and their `name`.

    An `open` phrase names nobody in particular, a `dropped` one was left out; a `close` one is spelt almost
    like the name and waits for a person to agree.
    """

    phrase: str
    name: str = ""
    units: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    members: tuple[int, ...] = ()
    open: bool = False
    dropped: bool = False
    close: bool = False

    @property
    def unknown(self) -> bool:
        """Whether nobody knows yet who is meant."""
        return not (self.units or self.groups or self.open or self.dropped)

    @property
    def everyone(self) -> tuple[int, ...]:
        """The units named, those of groups among them, each once."""
        return tuple(dict.fromkeys((*self.units, *self.members)))


def name_phrases(
    phrases: Iterable[str],
    answers: Mapping[str, PhraseAnswer],
    catalogue: Catalogue,
    directory: Directory,
) -> dict[str, Named]:
    """Whom each phrase names, by the phrase as written; an answer of the monitor outranks the catalogue."""
    return {
        phrase: _name(phrase, answer_of(phrase, answers), catalogue, directory) for phrase in set(phrases)
    }


def answer_of(phrase: str, answers: Mapping[str, PhraseAnswer]) -> PhraseAnswer | None:
    """What was answered of a phrase, however it is spelt; earlier answers to places stand under no marks."""
    return answers.get(name_key(phrase)) or answers.get(fold(phrase))


def each_once(phrases: Iterable[str]) -> list[str]:
    """The phrases in order, of those that differ in spelling alone the first."""
    first: dict[str, str] = {}
    for phrase in phrases:
        first.setdefault(name_key(phrase), phrase)
    return list(first.values())


def names_several(phrase: str) -> bool:
    """Whether a phrase reads like a group of units: «Các thôn», «UBND cấp xã», «UBND các xã, phường»."""
    folded = fold(phrase)
    return bool(_SEVERAL.search(folded)) and not _ONE.match(folded)


def other_writings(phrases: Iterable[str]) -> dict[str, str]:
    """Phrases that write another one of them shorter: «VP HĐND&UBND xã» -> «Văn phòng HĐND và UBND xã».

    Where two longer ones fit («Văn phòng» of a commune and of a district) it is none of them.
    """
    fullest = sorted(phrases, key=lambda phrase: (len(_CAPITALS.findall(phrase)), -len(phrase)))
    catalogue = Catalogue(tuple(Known(at, phrase) for at, phrase in enumerate(fullest)))
    found: dict[str, str] = {}
    for at, phrase in enumerate(fullest):
        longer = [fullest[i] for i in namesakes(phrase, catalogue) if i < at and fullest[i] not in found]
        if len(longer) == 1:
            found[phrase] = longer[0]
    return found


def _name(phrase: str, answer: PhraseAnswer | None, catalogue: Catalogue, directory: Directory) -> Named:
    if answer is not None:
        return _whom(phrase, answer.units, answer.groups, directory, open=answer.open, dropped=answer.dropped)
    if is_open(phrase):
        return Named(phrase, open=True)
    found = match(phrase, catalogue)
    return _whom(phrase, found.units, found.groups, directory, close=found.kind == "close")


def _whom(
    phrase: str, units: tuple[int, ...], groups: tuple[int, ...], directory: Directory, **how: bool
) -> Named:
    """Units and groups that are still there, with their names and members."""
    units = tuple(unit for unit in units if unit in directory.units)
    groups = tuple(group for group in groups if group in directory.groups)
    names = [*(directory.units[unit] for unit in units), *(directory.groups[group] for group in groups)]
    members = tuple(dict.fromkeys(unit for group in groups for unit in directory.members[group]))
    return Named(phrase, "; ".join(names), units, groups, members, **how)
