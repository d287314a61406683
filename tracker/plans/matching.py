"""Phrases of a plan held against the units and groups that are known."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from tracker.plans.spelling import accents_differ, group_names, initials, name_key, plain, spelt, unplaced
from tracker.words import fold

Kind = Literal["exact", "alias", "abbreviation", "close", "none"]

_CLOSE_ENOUGH = 0.84
_CANDIDATES = 6
_KIND = re.compile(
    r"(?:cac )?(?P<kind>bo phan|bo tu lenh|bo chi huy|bo|so|phong|ban|cuc|vu|chi cuc|thanh tra|doan|hoi"
    r"|truong|tram|cong an|thon|to|uy ban|van phong|trung tam)\b"
)
_CAPITALS = re.compile(r"\b[A-ZĐ]{2,}\b")
# Whoever stands at the head of a body, before its name.
_HEAD_OF = re.compile(
    r"^(?:(?:các )?đồng chí\s+)?"
    r"(?:Thủ trưởng|Người đứng đầu|Lãnh đạo|(?:Tổng )?Giám đốc|Chủ tịch|Hiệu trưởng|Bí thư|Bộ trưởng|"
    r"(?:Vụ|Cục|Viện|Chi cục) trưởng|Chánh(?= Văn phòng| Thanh tra)|"
    r"Trưởng(?= (?:phòng|ban|công an|các|bộ phận|trạm|khoa)\b))\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Known:
    """A unit or a group as it is known: its name, other names in use, and for a unit the one above it."""

    id: int
    name: str
    short_names: tuple[str, ...] = ()
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Learnt:
    """Whom a phrase was decided to mean."""

    units: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a phrase names: units and groups by id, how that was found, and how sure it is (0 to 1)."""

    kind: Kind = "none"
    units: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    sure: float = 0.0
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    known: Known
    is_group: bool
    level: str
    place: str


@dataclass(frozen=True)
class Catalogue:
    """The units and groups that phrases can name.

    `learnt` is what was decided before, by the key of the phrase. `near` is the unit whose plan it is: of
    several that fit, the one nearest to it in the tree is meant.
    """

    units: tuple[Known, ...] = ()
    groups: tuple[Known, ...] = ()
    learnt: Mapping[str, Learnt] = field(default_factory=dict)
    near: int | None = None

    @cached_property
    def by_name(self) -> dict[str, list[_Entry]]:
        """Units by their spelt name without level and place, groups by their whole one."""
        index: dict[str, list[_Entry]] = defaultdict(list)
        for unit in self.units:
            for name in (unit.name, *unit.short_names):
                body, level, place = unplaced(spelt(name))
                index[body].append(_Entry(unit, False, level, place))
        for group in self.groups:
            for name in (group.name, *group.short_names):
                for spelling in group_names(spelt(name)):
                    index[spelling].append(_Entry(group, True, "", ""))
        return dict(index)

    @cached_property
    def by_initials(self) -> dict[str, list[str]]:
        """Names by their initials: «van hoa va thong tin» under «vhtt»."""
        index: dict[str, list[str]] = defaultdict(list)
        for name in self.by_name:
            index[initials(name)].append(name)
        return dict(index)

    @cached_property
    def variants(self) -> dict[str, list[_Entry]]:
        """Whole names as spelt, as written, and with their tail as initials: «bo phan vhtt»."""
        index: dict[str, list[_Entry]] = defaultdict(list)
        for body, entries in self.by_name.items():
            for entry in entries:
                place = " ".join(filter(None, (entry.level, entry.place)))
                for variant in (body, *(f"{head} {initials(tail)}" for head, tail in _heads(body))):
                    index[f"{variant} {place}".strip()].append(entry)
                index[plain(entry.known.name)].append(entry)
        return dict(index)

    @cached_property
    def by_trigram(self) -> dict[str, list[str]]:
        """The variants of names by the runs of three letters in them."""
        index: dict[str, list[str]] = defaultdict(list)
        for variant in self.variants:
            for run in _trigrams(variant):
                index[run].append(variant)
        return dict(index)

    @cached_property
    def chains(self) -> dict[int, tuple[int, ...]]:
        """Each unit with all above it, from itself up."""
        parents = {unit.id: unit.parent for unit in self.units}
        return {unit.id: tuple(_upwards(unit.id, parents)) for unit in self.units}

    def distance(self, unit: int) -> int:
        """How many steps of the tree lie between a unit and the one whose plan it is."""
        if self.near is None:
            return 0
        own, other = self.chains.get(self.near, ()), self.chains.get(unit, ())
        shared = set(own) & set(other)
        return len([u for u in own if u not in shared]) + len([u for u in other if u not in shared])


def match(phrase: str, catalogue: Catalogue) -> Match:
    """Whom a phrase names: by what was learnt, its name, its initials, or its spelling.

    One phrase can name several groups («UBND các huyện, thành phố, xã, phường»). Of several units that fit
    and are equally near none is taken. A close match is for a person to agree; so is one whose marks differ
    («xã Bình Thanh», «xã Bình Thạnh»).
    """
    if learnt := catalogue.learnt.get(name_key(phrase)):
        return Match("alias", learnt.units, learnt.groups, 1.0, phrase)
    name = spelt(phrase)
    return (
        _by_groups(name, catalogue)
        or _by_name(phrase, name, catalogue)
        or _by_initials(phrase, catalogue)
        or _by_head(phrase, catalogue)
        or _by_closeness(name, catalogue)
        or _by_closeness(plain(phrase), catalogue)
        or Match()
    )


def _by_groups(name: str, catalogue: Catalogue) -> Match | None:
    entries = [
        next((e for e in catalogue.by_name.get(part, ()) if e.is_group), None) for part in group_names(name)
    ]
    if not entries or None in entries:
        return None
    found = [entry.known for entry in entries if entry]
    return Match("exact", (), tuple(g.id for g in found), 1.0, "; ".join(g.name for g in found))


def _by_name(phrase: str, name: str, catalogue: Catalogue) -> Match | None:
    fitting = _fitting(name, catalogue)
    accented = [entry for entry in fitting if not accents_differ(phrase, entry.known.name)]
    said = [entry for entry in accented if fold(entry.known.name) == fold(phrase)]
    unit = _nearest(said or accented or fitting, catalogue)
    if unit is None:
        return None
    if not accented and fold(phrase) not in map(fold, unit.short_names):
        return Match("close", (unit.id,), (), 0.9, unit.name)
    if fold(phrase) == fold(unit.name):
        return Match("exact", (unit.id,), (), 1.0, unit.name)
    if fold(phrase) in map(fold, unit.short_names):
        return Match("alias", (unit.id,), (), 1.0, unit.name)
    shortened = len(_CAPITALS.findall(phrase)) > len(_CAPITALS.findall(unit.name))
    return Match("abbreviation" if shortened else "exact", (unit.id,), (), 0.95, unit.name)


def _fitting(name: str, catalogue: Catalogue) -> list[_Entry]:
    """The units of that name whose level and place, where both are said, agree."""
    body, level, place = unplaced(name)
    return [
        entry
        for entry in catalogue.by_name.get(body, ())
        if not entry.is_group
        and (not level or not entry.level or level == entry.level)
        and (not place or not entry.place or place == entry.place)
    ]


def namesakes(phrase: str, catalogue: Catalogue) -> tuple[int, ...]:
    """All units that a phrase may be another writing of, wherever they stand: by its words or initials."""
    fitting = [
        entry.known for entry in (*_fitting(spelt(phrase), catalogue), *_initialled(phrase, catalogue))
    ]
    return tuple(dict.fromkeys(unit.id for unit in fitting if not accents_differ(phrase, unit.name)))


def _nearest(entries: Iterable[_Entry], catalogue: Catalogue) -> Known | None:
    """The one unit nearest to whose plan it is; None where two are equally near."""
    units = list({entry.known.id: entry.known for entry in entries}.values())
    if len(units) > 1:
        least = min(catalogue.distance(unit.id) for unit in units)
        units = [unit for unit in units if catalogue.distance(unit.id) == least]
    return units[0] if len(units) == 1 else None


def _by_initials(phrase: str, catalogue: Catalogue) -> Match | None:
    unit = _nearest(_initialled(phrase, catalogue), catalogue)
    return Match("abbreviation", (unit.id,), (), 0.9, unit.name) if unit else None


def _initialled(phrase: str, catalogue: Catalogue) -> list[_Entry]:
    """«Phòng TC-KH» for «Phòng Tài chính - Kế hoạch»: capitals stand for words, all others must agree."""
    if not _CAPITALS.search(phrase):
        return []
    body, level, place = unplaced(spelt(phrase))
    short = {fold(word) for word in _CAPITALS.findall(phrase)}
    letters = "".join(word if word in short else word[0] for word in body.split() if word != "va")
    whole = {word for word in body.split() if word not in short}
    return [
        entry
        for name in catalogue.by_initials.get(letters, ())
        if whole <= {*name.split(), "va"}
        for entry in _fitting(" ".join(filter(None, (name, level, place))), catalogue)
    ]


def body_of(phrase: str) -> str:
    """The body that a person named by the phrase heads: «Trưởng phòng Nội vụ» -> «Phòng Nội vụ».

    Any other phrase stays as it is.
    """
    body = _HEAD_OF.sub("", phrase, count=1)
    return body[0].upper() + body[1:] if body != phrase else phrase


def _by_head(phrase: str, catalogue: Catalogue) -> Match | None:
    """«Giám đốc Sở Tài chính» answers for «Sở Tài chính», «Thủ trưởng các sở» for the group of them."""
    body = body_of(phrase)
    found = match(body, catalogue) if body != phrase else Match()
    return found if found.units or found.groups else None


def _by_closeness(name: str, catalogue: Catalogue) -> Match | None:
    """«Pộ phận VHTT» for «Bộ phận Văn hóa - Thông tin»: few letters differ, no figure, level or kind."""
    shared = Counter(variant for run in _trigrams(name) for variant in catalogue.by_trigram.get(run, ()))
    likely = [
        variant
        for variant, _ in shared.most_common(_CANDIDATES)
        if _figures(variant) == _figures(name)
        and _agree(unplaced(variant)[1], unplaced(name)[1])
        and _agree(_kind(variant), _kind(name))
    ]
    alike = {variant: SequenceMatcher(None, name, variant, autojunk=False).ratio() for variant in likely}
    best = max(alike, key=alike.__getitem__, default=None)
    if best is None or alike[best] < _CLOSE_ENOUGH:
        return None
    entries = catalogue.variants[best]
    unit = _nearest((entry for entry in entries if not entry.is_group), catalogue)
    group = next((entry.known for entry in entries if entry.is_group), None)
    if unit:
        return Match("close", (unit.id,), (), round(alike[best], 2), unit.name)
    return Match("close", (), (group.id,), round(alike[best], 2), group.name) if group else None


def _agree(level: str, other: str) -> bool:
    """Whether two levels or kinds can be one: «UBND thành phố» is no misspelt «UBND tỉnh»."""
    return not level or not other or level == other


def _kind(name: str) -> str:
    """What a body is, where its name begins with that: «Sở Tài chính» is no misspelt «Bộ Tài chính»."""
    begins = _KIND.match(name)
    return begins["kind"] if begins else ""


def _heads(name: str) -> list[tuple[str, str]]:
    """A name cut after its first word and after its second: what is left can be written as initials."""
    words = name.split()
    return [(" ".join(words[:at]), " ".join(words[at:])) for at in (1, 2) if len(words) - at >= 2]


def _trigrams(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _figures(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _upwards(unit: int, parents: Mapping[int, int | None]) -> Iterable[int]:
    seen: set[int] = set()
    at: int | None = unit
    while at is not None and at not in seen:
        seen.add(at)
        yield at
        at = parents.get(at)
