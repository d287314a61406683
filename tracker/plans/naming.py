"""Whom the phrases of a plan name: what the monitor answered, else what the catalogue of units knows."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.plans.answers import PhraseAnswer
from tracker.plans.matching import Catalogue, match
from tracker.plans.parties import is_open
from tracker.words import fold

_SEVERAL = re.compile(r"^(?:cac|nhung|mot so|toan the)\b|\bcac\b|\bcap (?:tinh|huyen|xa)\b")


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
    return {phrase: _name(phrase, answers.get(fold(phrase)), catalogue, directory) for phrase in set(phrases)}


def each_once(phrases: Iterable[str]) -> list[str]:
    """The phrases in order, of those that differ in spelling alone the first."""
    first: dict[str, str] = {}
    for phrase in phrases:
        first.setdefault(fold(phrase), phrase)
    return list(first.values())


def names_several(phrase: str) -> bool:
    """Whether a phrase reads like a group of units: «Các thôn», «UBND cấp xã», «UBND các xã, phường»."""
    return bool(_SEVERAL.search(fold(phrase)))


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
