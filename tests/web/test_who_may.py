"""Role x deed x own or foreign unit, asked through the door: 404 unseen, 403 seen but not allowed."""

from datetime import date

import pytest

from tracker.services import extending

pytestmark = pytest.mark.usefixtures("nine_oclock")

# The assignment is led by An's unit (Hoa is its head), Bình's helps, Chi's watches, Dũng leads them all;
# Giang is a stranger and the administrator only looks on.
PEOPLE = ("an", "head", "binh", "chi", "dung", "giang", "admin")

# deed -> who may, of PEOPLE; all who see it and may not get 403, Giang gets 404
SEEN = {"an", "head", "binh", "chi", "dung", "admin"}
LEAD = {"an", "head", "chi"}  # the monitor on behalf
DEEDS = {
    "GET /assignments/{a}/": SEEN,
    "GET /evidence/{e}": SEEN,
    "POST /assignments/{a}/report": LEAD,
    "GET /assignments/{a}/submit": LEAD,
    "POST /assignments/{a}/submit": LEAD,
    "POST /assignments/{a}/withdraw": LEAD,
    "GET /assignments/{a}/extension": LEAD,
    "POST /assignments/{a}/extension": LEAD,
    "POST /assignments/{a}/responsible": {"head"},
    "POST /assignments/{a}/comment": SEEN - {"admin"},
    "POST /assignments/{a}/direct": {"dung"},
    "POST /assignments/{a}/deliverables/{d}/evidence": LEAD,
    "GET /assignments/{a}/deliverables/{d}/absence": LEAD,
    "POST /assignments/{a}/deliverables/{d}/absence": LEAD,
    "POST /assignments/{a}/deliverables/{d}/absence/take-back": LEAD,
    "GET /evidence/{e}/replace": LEAD,
    "POST /evidence/{e}/replace": LEAD,
    "GET /evidence/{e}/edit": LEAD,
    "POST /evidence/{e}/edit": LEAD,
    "GET /evidence/{e}/remove": LEAD,
    "POST /evidence/{e}/remove": LEAD,
    "GET /assignments/{a}/manage/suspend": {"chi"},
    "POST /assignments/{a}/manage/suspend": {"chi"},
    "GET /reviewing/{a}": {"chi"},
    "POST /reviewing/{a}/confirm": {"chi"},
    "POST /reviewing/{a}/return": {"chi"},
    "GET /extensions/{x}": {"dung"},
    "POST /extensions/{x}/grant": {"dung"},
    "POST /extensions/{x}/refuse": {"dung"},
}


@pytest.fixture
def addresses(make_assignment, attach, cast, nine_oclock, session):
    """The numbers that the addresses of the deeds name."""
    assignment = attach(make_assignment(due_on=date(2026, 6, 30)))
    request = extending.request_extension(
        assignment, "x", date(2026, 7, 15), actor=cast.an, now=nine_oclock, today=date(2026, 6, 18)
    )
    session.flush()
    return {
        "a": assignment.id,
        "d": assignment.milestone.deliverables[0].id,
        "e": assignment.evidence[0].id,
        "x": request.id,
    }


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_is_open_to_those_it_belongs_to(deed, addresses, browse, cast):
    method, _, address = deed.partition(" ")
    address = address.format(**addresses)
    refused = {}
    for name in PEOPLE:
        status = browse(getattr(cast, name)).open(address, method=method).status_code
        if status in (403, 404):
            refused[name] = status
    expected = {name: 403 for name in SEEN - DEEDS[deed]} | {"giang": 404}
    assert refused == expected


@pytest.mark.parametrize(
    "deed", [*DEEDS, "GET /assignments/", "GET /reviewing/", "GET /board/overdue", "GET /board/"]
)
def test_nothing_opens_without_logging_in(deed, addresses, app, session):
    session.commit()
    method, _, address = deed.partition(" ")
    answer = app.test_client().open(address.format(**addresses), method=method)
    assert answer.status_code == 302
    assert answer.location.startswith("/login")


def test_the_table_names_every_address_of_these_rooms(app):
    rooms = {"assignment", "evidence", "extensions", "managing", "reviewing"}
    paths = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in rooms
        for method in rule.methods & {"GET", "POST"}
    }
    short = {"<int:assignment_id>": "{a}", "<int:deliverable_id>": "{d}", "<int:evidence_id>": "{e}"}
    short |= {"<int:request_id>": "{x}", "<step>": "suspend"}
    for long, letter in short.items():
        paths = {path.replace(long, letter) for path in paths}
    assert paths - {"GET /reviewing/"} == set(DEEDS)
