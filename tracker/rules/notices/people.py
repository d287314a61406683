"""Who can be reached, and who of them is told as lead unit, head, monitor or leader."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tracker.rules.notices.table import Audience


class LetterChoice(StrEnum):
    """How often a person wants letters."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


class RecipientKind(StrEnum):
    """A person, or the mailbox of a unit."""

    USER = "user"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person or a unit's mailbox that can be written to; a mailbox always reads daily."""

    kind: RecipientKind
    id: int
    letters: LetterChoice = LetterChoice.DAILY

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class People:
    """Everyone who can be written to: active, with an address. Lists are by unit, of grants on that unit.

    `persons` is by the person's own id, `parents` leads from a unit to the one above it. `refused` are those
    whose address the mail server refuses: still written to, but they cannot be counted on.
    """

    persons: Mapping[int, Recipient] = field(default_factory=dict)
    mailboxes: Mapping[int, Recipient] = field(default_factory=dict)
    staff: Mapping[int, tuple[Recipient, ...]] = field(default_factory=dict)
    heads: Mapping[int, tuple[Recipient, ...]] = field(default_factory=dict)
    monitors: Mapping[int, tuple[Recipient, ...]] = field(default_factory=dict)
    leaders: Mapping[int, tuple[Recipient, ...]] = field(default_factory=dict)
    parents: Mapping[int, int | None] = field(default_factory=dict)
    refused: frozenset[Recipient] = frozenset()


@dataclass(frozen=True, slots=True)
class Parties:
    """The units and persons that have to do with a task: lead, named person, helpers, watchers, leader."""

    watching_unit_id: int
    leader_id: int | None = None
    unit_id: int | None = None
    responsible_id: int | None = None
    coordinating: tuple[int, ...] = ()


def recipients(audiences: Iterable[Audience], parties: Parties, people: People) -> tuple[Recipient, ...]:
    """Everyone of the audiences who can be reached, each once, whatever letters they chose."""
    found = (person for audience in audiences for person in _AUDIENCES[audience](parties, people))
    return tuple(dict.fromkeys(found))


def with_a_daily_reader(
    readers: tuple[Recipient, ...], parties: Parties, people: People
) -> tuple[Recipient, ...]:
    """The readers of overdue notices, one of them made a daily one where none of them chose to be.

    It falls to the unit's head, else to the first of the readers.
    """
    if not readers or any(reader.letters is LetterChoice.DAILY for reader in readers):
        return readers
    heads = recipients((Audience.HEAD,), parties, people)
    bound = next((reader for reader in readers if reader in heads), readers[0])
    return tuple(
        replace(reader, letters=LetterChoice.DAILY) if reader == bound else reader for reader in readers
    )


def unit_recipients(unit_id: int, people: People, responsible_id: int | None = None) -> tuple[Recipient, ...]:
    """A unit's mailbox and the person named responsible, else all its staff, else its head."""
    responsible = people.persons.get(responsible_id) if responsible_id is not None else None
    persons = (responsible,) if responsible else people.staff.get(unit_id, ())
    mailbox = people.mailboxes.get(unit_id)
    found = ((mailbox,) if mailbox else ()) + persons
    return found or people.heads.get(unit_id, ())


def is_reachable(unit_id: int, people: People) -> bool:
    """Whether letters to the unit reach anybody."""
    return any(reader not in people.refused for reader in unit_recipients(unit_id, people))


def _lead(parties: Parties, people: People) -> tuple[Recipient, ...]:
    if parties.unit_id is None:
        return ()
    return unit_recipients(parties.unit_id, people, parties.responsible_id)


def _heads(parties: Parties, people: People) -> tuple[Recipient, ...]:
    return people.heads.get(parties.unit_id, ()) if parties.unit_id is not None else ()


def _coordinating(parties: Parties, people: People) -> Iterable[Recipient]:
    return (person for unit_id in parties.coordinating for person in unit_recipients(unit_id, people))


def _leader_in_charge(parties: Parties, people: People) -> tuple[Recipient, ...]:
    """The leader named for the task or plan, else the leaders of the unit that watches the plan."""
    named = people.persons.get(parties.leader_id) if parties.leader_id is not None else None
    return (named,) if named else _leaders(parties, people)


def _leaders(parties: Parties, people: People) -> tuple[Recipient, ...]:
    return people.leaders.get(parties.watching_unit_id, ())


def _monitors(parties: Parties, people: People) -> tuple[Recipient, ...]:
    """The monitors of the watching unit, else of the nearest unit above it that has some."""
    unit_id: int | None = parties.watching_unit_id
    seen: set[int] = set()
    while unit_id is not None and unit_id not in seen:
        if people.monitors.get(unit_id):
            return people.monitors[unit_id]
        seen.add(unit_id)
        unit_id = people.parents.get(unit_id)
    return ()


_AUDIENCES: dict[Audience, Callable[[Parties, People], Iterable[Recipient]]] = {
    Audience.LEAD: _lead,
    Audience.HEAD: _heads,
    Audience.COORDINATING: _coordinating,
    Audience.LEADER_IN_CHARGE: _leader_in_charge,
    Audience.LEADERS: _leaders,
    Audience.MONITOR: _monitors,
}
