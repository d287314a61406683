"""The entries of the band and of the phone's bottom bar, by the roles a person holds."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app
from flask_login import current_user

from tracker import clock
from tracker.grants import Reach
from tracker.models import Role
from tracker.services import queue, worklists
from tracker.web.sessions import current_reach

BAND = 5  # entries in the band; the rest stand in the person's menu
PHONE = 4  # entries in the bottom bar of a phone


@dataclass(frozen=True, slots=True)
class Entry:
    """One way into a room: where it leads, its words, the short ones of the phone, and the figure beside it.

    `counted` names the figure among those of the day («waiting», «overdue»), empty where there is none;
    `below` are the blueprints whose pages belong to it beside its own.
    """

    endpoint: str
    label: str
    short: str
    icon: str
    counted: str = ""
    below: tuple[str, ...] = ()


BELOW_WORK = ("assignment", "managing", "evidence", "standing")
WORK = Entry(
    "assignments.index",
    "Nhiệm vụ của đơn vị",
    "Nhiệm vụ",
    "house",
    below=BELOW_WORK,
)
ALL_WORK = Entry("assignments.index", "Nhiệm vụ", "Nhiệm vụ", "house", below=BELOW_WORK)
PLANS = Entry("plans.index", "Kế hoạch", "Kế hoạch", "journal-text")
FEEDS = Entry("feeds.index", "Lịch", "Lịch", "calendar3")
GUIDE = Entry("guide.index", "Hướng dẫn", "Hướng dẫn", "question-circle")
INDICATORS = Entry("indicators.index", "Chỉ tiêu", "Chỉ tiêu", "bar-chart")
QUEUE = Entry("reviewing.index", "Chờ xử lý", "Chờ xử lý", "inbox", "waiting", below=("extensions",))
BOARD = Entry("board.index", "Bảng điều hành", "Điều hành", "bar-chart")
OVERDUE = Entry("board.overdue", "Quá hạn", "Quá hạn", "exclamation-octagon-fill", "overdue")
REPORTS = Entry("reports.index", "Báo cáo", "Báo cáo", "file-earmark-text")
UNITS = Entry("units.index", "Đơn vị", "Đơn vị", "building", below=("succession",))
USERS = Entry("users.index", "Tài khoản", "Tài khoản", "people")
LETTERS = Entry("letters.index", "Thư đi", "Thư đi", "envelope")
LOG = Entry("log.index", "Nhật ký", "Nhật ký", "clock-history")
SETTINGS = Entry("settings.index", "Cài đặt", "Cài đặt", "gear")

# role -> its entries, the first being the page it opens on; several roles add up in this order
ENTRIES: dict[Role, tuple[Entry, ...]] = {
    Role.STAFF: (WORK, PLANS, FEEDS, GUIDE),
    Role.UNIT_HEAD: (WORK, PLANS, FEEDS, GUIDE),
    Role.MONITOR: (QUEUE, ALL_WORK, PLANS, BOARD, UNITS, REPORTS, FEEDS),
    Role.LEADER: (BOARD, OVERDUE, PLANS, REPORTS, QUEUE, FEEDS),
    Role.ADMINISTRATOR: (UNITS, USERS, LETTERS, LOG, SETTINGS),
}

# what comes after the entries of all roles, so that it takes no place from them
LAST: dict[Role, tuple[Entry, ...]] = dict.fromkeys(
    (Role.STAFF, Role.UNIT_HEAD, Role.MONITOR, Role.LEADER), (INDICATORS,)
)
GIVING_WAY = (FEEDS, GUIDE)  # where somebody holds several roles: to the work of every one of them


# what an entry counts -> how it is counted, for whom and on which day
COUNTERS: dict[str, Callable[[Reach, date], int]] = {
    "waiting": lambda reach, today: queue.count(reach),
    "overdue": lambda reach, today: worklists.count_overdue(reach, today),
}


@dataclass(frozen=True, slots=True)
class Navigation:
    """What stands in the band, what is left for the person's menu, and what stands in the phone's bar.

    On a phone the menu also has what only the band has room for.
    """

    band: tuple[Entry, ...]
    menu: tuple[Entry, ...]
    phone: tuple[Entry, ...]
    counts: Mapping[str, int]

    @property
    def beyond_phone(self) -> tuple[Entry, ...]:
        """The entries of the band that the bar of a phone has no room for."""
        return self.band[PHONE:]

    def count(self, entry: Entry) -> int:
        """The figure beside the entry; 0 where it has none."""
        return self.counts.get(entry.counted, 0)

    def is_current(self, entry: Entry, endpoint: str | None) -> bool:
        """Whether a page belongs to the entry: its own page, or one of its room that has no entry itself."""
        if entry.endpoint == endpoint or endpoint is None:
            return entry.endpoint == endpoint
        if any(other.endpoint == endpoint for other in self.band + self.menu):
            return False
        blueprint = endpoint.partition(".")[0]
        return entry.endpoint == f"{blueprint}.index" or blueprint in entry.below


def entries(roles: Collection[Role], rooms: Collection[str]) -> tuple[Entry, ...]:
    """The entries of all the roles, each address once, of the rooms (endpoints) that this deployment has."""
    found: dict[str, Entry] = {}
    for role, its_entries in (*ENTRIES.items(), *LAST.items()):
        if role in roles:
            for entry in its_entries:
                found.setdefault(entry.endpoint, entry)
    its = [entry for entry in found.values() if entry.endpoint in rooms]
    several = len(set(roles) - {Role.UNIT_HEAD}) > 1
    return tuple(sorted(its, key=lambda entry: several and entry in GIVING_WAY))


def lay_out(its_entries: tuple[Entry, ...], counts: Mapping[str, int]) -> Navigation:
    """The entries of a person laid out for wide and narrow pages, with the figures of the day."""
    return Navigation(its_entries[:BAND], its_entries[BAND:], its_entries[:PHONE], counts)


def current_navigation() -> Navigation | None:
    """The entries of who is asking, with the figures of today; None where nobody is logged in."""
    if not current_user.is_authenticated:
        return None
    its_entries = entries(set(current_reach.units), current_app.view_functions.keys())
    counted = {entry.counted for entry in its_entries} - {""}
    counts = {name: COUNTERS[name](current_reach, clock.today()) for name in counted}
    return lay_out(its_entries, counts)


def register(app: Flask) -> None:
    """Give every page its `navigation`, and the `rooms` (endpoints) there are."""
    app.context_processor(lambda: {"navigation": current_navigation(), "rooms": app.view_functions})
