"""One search: every word, without diacritics, over what the person may see."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tracker.grants import reach_of
from tracker.models import Assignment, Evidence, FormerLead, Plan, StoredFile, Task
from tracker.services import searching, units
from tracker.services.searching import MOST, Only, Part
from tracker.visibility import plans_visible_to, plans_with_a_task_seen, tasks_visible_to, visible_to

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 6, 19, 2, 0, tzinfo=UTC)


def search(text, person):
    return searching.search(text, reach_of(person))


@pytest.fixture
def make_evidence(session, cast):
    def make(assignment, number, at=NOW, **columns):
        file = session.get(StoredFile, "0" * 64) or StoredFile(
            sha256="0" * 64, size=1, media_type="text/plain", at=NOW
        )
        columns |= {"assignment": assignment, "file": file, "by": cast.an, "at": at}
        piece = Evidence(name="a.txt", document_number=number, **columns)
        session.add(piece)
        session.flush()
        return piece

    return make


def test_a_task_is_found_by_its_words_in_any_order_with_what_is_seen_of_it(cast, make_assignment):
    assignment = make_assignment(title="Niêm yết công khai tại xã Đăk Rve")
    make_assignment(title="Việc khác")
    for text in ("dak rve", "RVE niem", "Đăk  yết", "niem 41/kh-ubnd"):
        results = search(text, cast.an)
        assert results.tasks.things == [assignment.task]
        assert results.parts == {
            assignment.task_id: Part(1, 1, Only(assignment.id, assignment.unit.name, assignment.due_on))
        }
    for text in ("dak xong", "", "%", "_", "41/kh-ubnd"):
        assert search(text, cast.an).tasks.things == []


def test_a_plan_is_found_by_its_number_and_title(cast, make_assignment):
    plan = make_assignment().task.plan
    for text in ("41/kh-ubnd", "chuyen doi so"):
        assert search(text, cast.an).plans.things == [plan]


def test_a_plan_that_does_not_call_itself_one_is_found_as_a_plan(cast, make_plan, make_task, make_assignment):
    plan = make_plan(title="Chuyển đổi dữ liệu", number="52/KH-UBND")
    make_assignment(make_task(plan))
    for text in ("kế hoạch 52", "Kế hoạch số 52/KH-UBND"):
        assert search(text, cast.an).plans.things == [plan]
    for text in ("kế hoạch", "kế hoạch 53", "số 52"):
        assert search(text, cast.an).plans.things == []


def test_a_unit_is_found_by_any_of_its_names_by_whom_it_concerns(cast, session):
    units.add_alias("P. TC-KH", cast.economy, actor=cast.chi, now=NOW)
    session.flush()
    for text in ("phong kinh te", "tc-kh"):
        assert search(text, cast.chi).units.things == [cast.economy]
        assert search(text, cast.giang).units.things == []
    assert search("dak rve", cast.chi).units.things == []
    assert search("dak rve", cast.admin).units.things == [cast.neighbour]


def test_people_are_found_by_administrators_only(cast):
    for text in ("nguyen van an", "an nguyen"):
        assert search(text, cast.admin).people.things == [cast.an]
    assert [person.username for person in search("quantri", cast.admin).people.things] == ["quantri"]
    assert search("nguyen van an", cast.chi).people.things == []


def test_evidence_is_found_by_the_number_of_its_document(cast, make_assignment, make_evidence):
    piece = make_evidence(make_assignment(), "175/QĐ-UBND")
    make_evidence(make_assignment(), "1750/KH", removed_at=NOW)
    make_evidence(make_assignment(), "")
    for text in ("175/qd-ubnd", "175", "QĐ 175", "175/QĐ"):
        assert search(text, cast.an).documents.things == [piece]
    for text in ("qd-ubnd", "1750", "175 kh", "99"):
        assert search(text, cast.an).documents.things == []


def test_a_former_lead_finds_only_what_was_there_in_its_time(cast, make_assignment, make_evidence, session):
    assignment = make_assignment(helpers=[], columns={"unit": cast.culture})
    early, late = make_evidence(assignment, "12/BC"), make_evidence(assignment, "12/BC-VP", at=LATER)
    session.add(FormerLead(assignment=assignment, unit=cast.economy, until_at=NOW))
    session.flush()
    assert search("12/bc", cast.an).documents.things == [early]
    assert search("12/bc", cast.binh).documents.things == [late, early]


def test_a_stranger_finds_nothing(cast, make_assignment, make_evidence):
    make_evidence(make_assignment(title="Niêm yết 41"), "41/BC")
    for text in ("niem yet", "41", "chuyen doi so", "phong kinh te", "nguyen"):
        assert search(text, cast.giang).empty


def test_a_task_of_a_draft_is_found_by_those_who_oversee_it(cast, make_task, make_plan):
    task = make_task(make_plan(published_at=None))
    assert search("niem yet", cast.chi).tasks.things == [task]
    assert search("niem yet", cast.an).empty


def test_only_the_first_of_a_kind_are_given(cast, make_assignment):
    for _ in range(MOST + 1):
        make_assignment(helpers=[])
    found = search("niem yet", cast.an).tasks
    assert (len(found.things), found.more) == (MOST, True)


@pytest.mark.parametrize("name", ["an", "head", "binh", "chi", "dung", "giang", "admin"])
def test_what_may_be_found_is_what_may_be_seen(cast, make_plan, make_task, make_assignment, session, name):
    plan, foreign = make_plan(), make_plan(number="7/KH-UBND", watching_unit=cast.neighbour)
    make_task(plan)  # given to nobody yet
    make_task(foreign, helpers=[cast.culture])
    for owner, lead in (
        (plan, cast.economy),
        (plan, cast.office),
        (foreign, cast.economy),
        (foreign, cast.neighbour),
    ):
        make_assignment(make_task(owner, leads=[lead]))
    taken = make_assignment(make_task(foreign, leads=[cast.neighbour], helpers=[]))
    session.add(FormerLead(assignment=taken, unit=cast.economy, until_at=NOW))
    session.flush()
    reach = reach_of(getattr(cast, name))
    seen = set(session.scalars(select(Assignment.task_id).where(visible_to(reach))))
    plans = set(session.scalars(select(Plan.id).where(plans_visible_to(reach))))
    found = set(session.scalars(select(Task.id).where(tasks_visible_to(reach))))
    assert seen <= found
    given = set(session.scalars(select(Assignment.task_id)))
    assert found & given == seen | {t.id for t in plan.tasks if name in ("chi", "dung")} & given
    assert set(session.scalars(select(Plan.id).where(plans_with_a_task_seen(reach)))) == plans
