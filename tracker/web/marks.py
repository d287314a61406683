"""The small marks of how an assignment stands: the chip of its state and the pips of its deliverables.

Lists are long and their marks few, so each is drawn once and remembered.
"""

from functools import lru_cache

from flask import Flask
from markupsafe import Markup

from tracker.web.icons import icon
from tracker.words import STATE_WORDS

STATE_ICONS = {
    "not_started": "circle",
    "in_progress": "circle-half",
    "due_soon": "hourglass-split",
    "overdue": "exclamation-octagon-fill",
    "submitted": "send-check",
    "returned": "arrow-counterclockwise",
    "done_on_time": "check-circle-fill",
    "done_late": "check-circle",
    "done": "check-circle-fill",
    "suspended": "pause-circle",
    "cancelled": "x-circle",
    "undated": "calendar-x",
    "not_reported": "circle",
    "reported": "check-circle-fill",
}
MOST_PIPS = 8  # above, the figure beside them must do
STEP = 14  # px from one pip to the next


def chip(state: str) -> Markup:
    """The status chip: icon, word and colour of a state, named as in STATE_WORDS; KeyError for others."""
    return _chip(state, icon(STATE_ICONS[state], 14))


@lru_cache(maxsize=100)
def _chip(state: str, drawn: Markup) -> Markup:
    return Markup('<span class="chip chip-{}">{}{}</span>').format(state, drawn, STATE_WORDS[state])


@lru_cache(maxsize=1000)
def pips(have: int, total: int) -> Markup:
    """●●○ for `have` of `total` deliverables."""
    if total > MOST_PIPS:
        return Markup()
    marks = (_pip(place, place < have) for place in range(total))
    svg = Markup('<svg class="pips" width="{}" height="10" aria-hidden="true">{}</svg>')
    return svg.format(total * STEP, Markup().join(marks))


def _pip(place: int, filled: bool) -> Markup:
    mark = Markup('<circle cx="{}" cy="5" r="4" class="{}"/>')
    return mark.format(place * STEP + 5, "pip-on" if filled else "pip-off")


def register(app: Flask) -> None:
    """Give templates the marks."""
    app.jinja_env.globals.update(state_chip=chip, deliverable_pips=pips)
