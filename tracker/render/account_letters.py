"""Letters with a link that lets a password be set: an invitation, or help for who forgot theirs."""

from dataclasses import dataclass
from datetime import datetime

from tracker import words
from tracker.render.letters import Letter, filled


@dataclass(frozen=True, slots=True)
class LinkLetter:
    """What such a letter says: to whom, where the link leads and until when it opens.

    `service` is the name of the site; `inviter` who invites, empty where a password was forgotten.
    """

    name: str
    username: str
    url: str
    until: datetime
    service: str
    inviter: str = ""
    roles: tuple[str, ...] = ()


def link_letter(content: LinkLetter) -> Letter:
    """The letter that carries the link."""
    name = "invitation" if content.inviter else "forgotten"
    return filled(name, letter=content, until=words.moment_words(content.until))
