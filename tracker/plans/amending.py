"""Two issues of a plan held side by side: which tasks are new, which are changed and how, which are gone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.deadlines.meaning import Milestone
from tracker.words import fold

ALIKE = 0.6  # share of words that two titles of one task have in common, at the least
SAME_NUMBER_ALIKE = 0.4  # where both stand under the same number of the same group
OTHER_LEADS_ALIKE = 0.8  # where no unit leads both, whatever their numbers
MOSTLY = 0.5  # share of the old tasks that a document names, for it to be the whole plan again


class Aspect(StrEnum):
    """What of a task can differ between two issues, in the order in which it is shown."""

    TITLE = "title"
    LEAD = "lead"
    COORDINATING = "coordinating"
    DEADLINE = "deadline"
    DELIVERABLES = "deliverables"


@dataclass(frozen=True, slots=True)
class Side:
    """A task in one issue: `key` tells it apart there, units are by their ids, open helpers as written.

    `deliverables` are those of each milestone, in order.
    """

    key: str
    no: str
    group: str
    title: str
    group_no: str = ""
    leads: tuple[int, ...] = ()
    helpers: tuple[int, ...] = ()
    open_helpers: tuple[str, ...] = ()
    wording: str = ""
    milestones: tuple[Milestone, ...] = ()
    deliverables: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A task that both issues have, and what of it differs."""

    old: Side
    new: Side
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All tasks of both issues, each exactly once: new, changed, the same, or gone.

    `whole`: the new document names most of the old tasks, so one it does not name was taken out. A document
    that only adds to the plan or mends some of it says nothing of the others. Number and place are no
    aspects: those of a whole document simply hold.
    """

    added: tuple[Side, ...]
    changed: tuple[Change, ...]
    same: tuple[Change, ...]
    gone: tuple[Side, ...]
    whole: bool

    @property
    def renumbered(self) -> int:
        """How many tasks of both have another number in the whole new document."""
        both = (*self.changed, *self.same) if self.whole else ()
        return sum(change.old.no != change.new.no for change in both)


def compare(old: Sequence[Side], new: Sequence[Side]) -> Comparison:
    """Hold the new issue against the old one."""
    pairs = _pairs(old, new)
    paired_old = {before.key for before, _ in pairs}
    paired_new = {after.key for _, after in pairs}
    changes = [Change(before, after, tuple(differing(before, after))) for before, after in pairs]
    return Comparison(
        added=tuple(side for side in new if side.key not in paired_new),
        changed=tuple(change for change in changes if change.aspects),
        same=tuple(change for change in changes if not change.aspects),
        gone=tuple(side for side in old if side.key not in paired_old),
        whole=bool(old) and len(pairs) >= MOSTLY * len(old),
    )


def _pairs(old: Sequence[Side], new: Sequence[Side]) -> list[tuple[Side, Side]]:
    """Which old task each new one is, the most alike first and none twice; in the order of the new issue."""
    bags = {id(side): Counter(fold(side.title).split()) for side in (*old, *new)}
    scores = [
        (score, -old.index(before), -place, before, after)
        for place, after in enumerate(new)
        for before in old
        if (score := _score(before, after, bags[id(before)], bags[id(after)])) > 0
    ]
    taken: set[int] = set()
    found = []
    for _, _, place, before, after in sorted(scores, key=lambda one: one[:3], reverse=True):
        if not taken & {id(before), id(after)}:
            taken |= {id(before), id(after)}
            found.append((-place, before, after))
    return [(before, after) for _, before, after in sorted(found, key=lambda one: one[0])]


def _score(before: Side, after: Side, old_words: Counter[str], new_words: Counter[str]) -> float:
    """How sure two are one task: the share of words in common, higher under the same number; 0 for no."""
    share = likeness(old_words, new_words)
    same_place = bool(before.no) and (before.no, fold(before.group)) == (after.no, fold(after.group))
    if share < _least(before, after, same_place):
        return 0
    return share + (0.5 if same_place else 0)


def _least(before: Side, after: Side, same_place: bool) -> float:
    """How alike the titles must be, at the least."""
    if before.leads and after.leads and not set(before.leads) & set(after.leads):
        return OTHER_LEADS_ALIKE
    return SAME_NUMBER_ALIKE if same_place else ALIKE


def likeness(old: Counter[str], new: Counter[str]) -> float:
    """The share of words that two bags of words have in common (Dice), from 0 to 1."""
    words = old.total() + new.total()
    return 2 * (old & new).total() / words if words else 0


def differing(old: Side, new: Side) -> Iterator[Aspect]:
    """What of a task the two sides do not agree in."""
    if fold(old.title) != fold(new.title):
        yield Aspect.TITLE
    if set(old.leads) != set(new.leads):
        yield Aspect.LEAD
    if (set(old.helpers), _folded(old.open_helpers)) != (set(new.helpers), _folded(new.open_helpers)):
        yield Aspect.COORDINATING
    if [_dates(one) for one in old.milestones] != [_dates(one) for one in new.milestones]:
        yield Aspect.DEADLINE
    if _folded(_flat(old.deliverables)) != _folded(_flat(new.deliverables)):
        yield Aspect.DELIVERABLES


def _dates(milestone: Milestone) -> tuple[object, ...]:
    """What a milestone means, its wording aside."""
    return milestone.kind, milestone.start, milestone.due, milestone.rrule, milestone.days, milestone.unit


def _folded(texts: Sequence[str]) -> set[str]:
    return {fold(text) for text in texts}


def _flat(lists: Sequence[Sequence[str]]) -> list[str]:
    return [text for texts in lists for text in texts]
