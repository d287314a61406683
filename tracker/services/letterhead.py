"""What every letter of this deployment carries: its name, its address, and where things are on the site."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from tracker.services import letter_choices


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who letters come from (`service` of an `authority`, writing from `address`) and the site's address.

    `digest_time` is the hour at which letters go out («07:30»); `key` signs the links that need no log-in.
    """

    site: str
    service: str
    authority: str
    address: str
    digest_time: str
    key: str = field(default="", repr=False)

    @property
    def sender(self) -> str:
        """«Đúng hạn, UBND xã Suối Mây»."""
        return f"{self.service}, {self.authority}" if self.authority else self.service

    def message_id(self, day: date, recipient: str, earlier: int = 0) -> str:
        """The identity of a day's letter to a recipient («user-12»): the same however often it is made.

        `earlier` letters of the day went to the recipient already; so few are urgent that this is mostly 0.
        """
        domain = self.address.rpartition("@")[2] or urlsplit(self.site).hostname or "localhost"
        house = hashlib.sha256(self.site.encode()).hexdigest()[:10]  # two deployments may share a domain
        which = f"{recipient}.{earlier + 1}" if earlier else recipient
        return f"<{day:%Y%m%d}.{which}.{house}@{domain}>"

    def assignments(self) -> str:
        """The list of a unit's work."""
        return f"{self.site}/assignments/"

    def assignment(self, assignment_id: int) -> str:
        """One assignment."""
        return f"{self.site}/assignments/{assignment_id}/"

    def task(self, plan_id: int, task_id: int) -> str:
        """A task with all its units."""
        return f"{self.site}/plans/{plan_id}/tasks/{task_id}"

    def standing(self) -> str:
        """Where standing tasks are answered."""
        return f"{self.site}/assignments/#standing"

    def queue(self) -> str:
        """What waits for review."""
        return f"{self.site}/reviewing/"

    def board(self) -> str:
        """Where a leader finds the figures: the page the site opens on."""
        return f"{self.site}/"

    def overdue(self) -> str:
        """What is overdue."""
        return f"{self.site}/board/overdue"

    def unit(self, unit_id: int) -> str:
        """One unit."""
        return f"{self.site}/units/{unit_id}"

    def link(self, token: str) -> str:
        """Where a person sets a password without knowing an old one."""
        return f"{self.site}/links/{token}"

    def choice(self, user_id: int, address: str) -> str:
        """Where a person who reads letters at that address chooses which to get, without logging in."""
        return f"{self.site}/account/letters/{letter_choices.sign(user_id, address, self.key)}"


def letterhead_of(settings: Mapping[str, Any]) -> Letterhead:
    """The letterhead that the settings describe."""
    return Letterhead(
        site=settings["BASE_URL"].rstrip("/"),
        service=settings["SERVICE_NAME"],
        authority=settings["AUTHORITY_NAME"],
        address=settings["MAIL_FROM"],
        digest_time=settings["DIGEST_TIME"],
        key=settings["SECRET_KEY"],
    )
