"""A corrected or supplementing issue of a plan: shown beside it, applied as chosen, nothing lost."""

import io
from datetime import UTC, date, datetime

import pytest

from tracker.models import Assignment, DueChange, PartyRole, Task
from tracker.plans.amending import Aspect
from tracker.rules.states import State
from tracker.services import amending, answering, comparing, evidence, importing, progress, publishing
from tracker.services.amending import Chosen
from tracker.services.checking import check
from tracker.services.intake import Intake, Upload
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 7, 2, 2, 0, tzinfo=UTC)
TODAY, LATER_ON = date(2026, 6, 18), date(2026, 7, 2)

POST = "1\tNiêm yết công khai danh mục thủ tục hành chính\tPhòng Kinh tế\t\t30/9/2026\tBáo cáo niêm yết"
TEA = "2\tRà soát quy hoạch vùng chè của xã\tVăn phòng HĐND và UBND\tPhòng Kinh tế\tQuý III/2026\tQuy hoạch"
FAIR = "3\tTổ chức ngày hội chuyển đổi số\tPhòng Kinh tế\t\thằng tháng\tBáo cáo"
OLD = "\n".join((POST, TEA, FAIR))
CAMERA = "4\tLắp đặt camera an ninh tại trụ sở\tPhòng Kinh tế\t\t30/11/2026\tBiên bản"


@pytest.fixture
def plan(give_out, plan_text):
    """The plan as it was first issued."""
    return give_out(plan_text(OLD))


@pytest.fixture
def issue(plan, issue_again, plan_text):
    """A later issue of the plan with other rows."""

    def issue(*rows, **heading):
        text = plan_text("\n".join(rows), **{"issued": "ngày 01 tháng 7 năm 2026"} | heading)
        return issue_again(plan, text)

    return issue


@pytest.fixture
def compare(plan):
    return lambda issue: comparing.comparison(plan, check(issue, LATER_ON))


@pytest.fixture
def apply(cast, session):
    """Apply all that an issue changes and adds, and what is said of the tasks that are gone."""

    def apply(issue, gone=(), **chosen):
        found = comparing.comparison(check(issue, LATER_ON).amends, check(issue, LATER_ON))
        everything = {
            "added": [side.key for side in found.added],
            "changed": [change.new.key for change in found.changed],
        }
        amending.apply(
            issue, Chosen(**everything | chosen, gone=gone), actor=cast.chi, now=LATER, today=LATER_ON
        )
        session.commit()
        session.expire_all()
        return found

    return apply


@pytest.fixture
def assignments(session):
    """The assignments of the task with that number, by occurrence."""

    def assignments(no):
        found = session.query(Assignment).join(Task).filter(Task.no == no)
        return found.order_by(Assignment.occurrence, Assignment.id).all()

    return assignments


def test_a_known_number_may_be_said_to_be_a_new_issue(plan, make_import, plan_text, cast):
    again = make_import(plan_text(POST))
    [doubt] = check(again, LATER_ON).doubts
    assert doubt.title == "Kế hoạch số 41/KH-UBND ngày 12/3/2026 đã có trong hệ thống."
    answering.agree_new_issue(again, plan, actor=cast.chi, now=LATER)
    checked = check(again, LATER_ON)
    assert (checked.doubts, checked.amends) == ((), plan)
    with pytest.raises(Refused, match="so sánh và áp dụng"):
        importing.accept(again, actor=cast.chi, now=LATER, today=LATER_ON)


def test_a_document_that_names_the_plan_it_amends_is_recognised(plan, make_import, plan_text):
    text = plan_text(CAMERA, number="77/KH-UBND").decode()
    title = "Điều chỉnh, bổ sung Kế hoạch số 41/KH-UBND ngày 12/3/2026"
    amends = make_import(text.replace("Nâng cao chất lượng dịch vụ công trực tuyến năm 2026", title).encode())
    checked = check(amends, LATER_ON)
    assert checked.same_plan is plan
    assert "nhắc đến Kế hoạch số 41/KH-UBND" in checked.doubts[0].title


def test_a_document_without_a_number_is_offered_by_issuer_and_title(plan, make_import, plan_text):
    checked = check(make_import(plan_text(CAMERA, number="      /KH-UBND")), LATER_ON)
    assert checked.same_plan is plan
    assert [doubt.blocks for doubt in checked.doubts if "giống" in doubt.title] == [False]


def test_the_same_rows_again_change_nothing(issue, compare, apply, assignments):
    again = issue(POST, TEA, FAIR)
    found = compare(again)
    assert (found.added, found.changed, found.gone, len(found.same)) == ((), (), (), 3)
    before = [(a.id, a.version) for a in assignments("1")]
    apply(again)
    assert [(a.id, a.version) for a in assignments("1")] == before


def test_a_new_task_is_given_out_at_once(issue, apply, assignments, cast):
    apply(issue(POST, TEA, FAIR, CAMERA))
    [made] = assignments("4")
    assert (made.unit, made.due_on, made.tracked_from) == (cast.economy, date(2026, 11, 30), LATER_ON)


def test_another_date_is_put_in_force_with_the_document_on_record(
    issue, compare, apply, assignments, session
):
    again = issue(POST.replace("30/9/2026", "31/10/2026"), TEA, FAIR)
    [change] = compare(again).changed
    assert change.aspects == (Aspect.DEADLINE,)
    apply(again)
    [moved] = assignments("1")
    assert moved.due_on == date(2026, 10, 31)
    [kept] = session.query(DueChange)
    assert (kept.from_on, kept.to_on) == (date(2026, 9, 30), date(2026, 10, 31))
    assert kept.document == "Văn bản số 41/KH-UBND ngày 01/7/2026"


def test_what_was_reported_stays_whatever_changes(app, issue, apply, assignments, cast, session):
    [work] = assignments("1")
    deliverable = work.milestone.deliverables[0]
    upload = Upload("niem-yet.txt", io.BytesIO(b"da niem yet"))
    intake = Intake(app.extensions["file_store"])
    evidence.attach(work, deliverable, upload, intake=intake, actor=cast.an, now=NOW)
    progress.report_progress(work, 60, text="Đã in", actor=cast.an, now=NOW)
    session.commit()
    row = POST.replace("Niêm yết công khai", "Niêm yết công khai, đầy đủ")
    row = row.replace("Báo cáo niêm yết", "Biên bản niêm yết").replace("30/9/2026", "15/10/2026")
    apply(issue(row, TEA, FAIR))
    [after] = assignments("1")
    assert after.id == work.id
    assert after.task.title == "Niêm yết công khai, đầy đủ danh mục thủ tục hành chính"
    assert [piece.name for piece in after.evidence] == ["niem-yet.txt"]
    assert [report.percent for report in after.progress_reports] == [60]
    assert [d.name for d in after.milestone.deliverables] == ["Báo cáo niêm yết", "Biên bản niêm yết"]


def test_a_deliverable_for_which_nothing_was_given_gives_way(issue, apply, assignments):
    apply(issue(POST.replace("Báo cáo niêm yết", "Biên bản niêm yết"), TEA, FAIR))
    [work] = assignments("1")
    assert [d.name for d in work.milestone.deliverables] == ["Biên bản niêm yết"]


def test_another_lead_takes_over_what_is_open_and_the_old_one_reads_its_part(issue, apply, assignments, cast):
    apply(issue(POST.replace("Phòng Kinh tế", "Văn phòng HĐND và UBND"), TEA, FAIR))
    [work] = assignments("1")
    assert work.unit is cast.office
    assert [former.unit for former in work.former_leads] == [cast.economy]
    assert [party.unit for party in work.task.leads] == [cast.office]


def test_work_that_waits_for_review_is_not_taken_away(issue, apply, assignments, cast, session):
    [work] = assignments("1")
    progress.explain_absence(work, work.milestone.deliverables[0], "Không có", actor=cast.an, now=NOW)
    progress.submit(work, actor=cast.an, now=NOW)
    session.commit()
    with pytest.raises(Refused, match="đang chờ xác nhận"):
        apply(issue(POST.replace("Phòng Kinh tế", "Văn phòng HĐND và UBND"), TEA, FAIR))
    session.rollback()
    assert assignments("1")[0].unit is cast.economy


def test_a_further_lead_gets_its_own_part(issue, apply, assignments, cast):
    apply(issue(POST.replace("Phòng Kinh tế", "Phòng Kinh tế; Văn phòng HĐND và UBND"), TEA, FAIR))
    assert {(a.unit, a.state) for a in assignments("1")} == {
        (cast.economy, State.OPEN),
        (cast.office, State.OPEN),
    }


def test_a_lead_that_nobody_follows_gets_nothing_new(plan, issue, apply, assignments, cast, session):
    both = FAIR.replace("Phòng Kinh tế", "Phòng Kinh tế; Văn phòng HĐND và UBND")
    apply(issue(POST, TEA, both))
    assert {a.unit for a in assignments("3") if a.state is State.OPEN} == {cast.economy, cast.office}
    apply(issue(POST, TEA, FAIR, issued="ngày 02 tháng 7 năm 2026"))
    assert {a.unit for a in assignments("3") if a.state is State.OPEN} == {cast.economy}
    [task] = session.query(Task).filter_by(no="3")
    assert {party.role for party in task.parties if party.unit is cast.office} == {PartyRole.FORMER}


def test_helpers_follow_the_new_issue(issue, apply, session, cast):
    apply(issue(POST, TEA.replace("\tPhòng Kinh tế\t", "\tcác cơ quan liên quan\t"), FAIR))
    [task] = session.query(Task).filter_by(no="2")
    assert task.coordinating == []
    assert [party.phrase for party in task.open_parties] == ["các cơ quan liên quan"]


def test_what_is_gone_is_kept_unless_it_is_chosen(issue, compare, apply, assignments, plan):
    again = issue(POST, TEA)
    found = compare(again)
    assert [side.no for side in found.gone] == ["3"]
    apply(again)
    assert {a.state for a in assignments("3")} == {State.OPEN}


def test_what_is_gone_and_chosen_is_cancelled_and_stays_on_record(issue, compare, apply, assignments):
    again = issue(POST, TEA)
    apply(again, gone=[compare(again).gone[0].key])
    ended = assignments("3")
    assert ended
    assert {a.state for a in ended} == {State.CANCELLED}
    assert compare(issue(POST, TEA, issued="ngày 02 tháng 7 năm 2026")).gone == ()


def test_a_supplement_that_names_a_few_tasks_takes_nothing_out(issue, compare):
    found = compare(issue(CAMERA))
    assert (len(found.added), found.whole, found.renumbered) == (1, False, 0)


def test_a_whole_issue_gives_all_its_tasks_their_numbers_and_their_order(plan, issue, compare, apply):
    again = issue(CAMERA.replace("4", "1", 1), POST.replace("1", "2", 1), FAIR)
    assert compare(again).renumbered == 1
    apply(again)
    assert [(task.no, task.title[:8]) for task in plan.tasks] == [
        ("1", "Lắp đặt "),
        ("2", "Niêm yết"),
        ("3", "Tổ chức "),
        ("2", "Rà soát "),  # not named any more, and not chosen to end
    ]


def test_a_change_that_was_not_chosen_leaves_the_task_but_for_its_number(plan, issue, apply):
    apply(
        issue(POST, CAMERA.replace("4", "2", 1), TEA.replace("2", "3", 1).replace("III", "IV"), FAIR),
        changed=(),
    )
    tea = next(task for task in plan.tasks if task.title.startswith("Rà soát"))
    assert (tea.no, tea.deadline_text) == ("3", "Quý III/2026")


def test_a_new_task_whose_day_has_passed_is_refused_and_nothing_is_half_done(
    issue, apply, assignments, session
):
    with pytest.raises(Refused, match="Thời hạn của “Lắp đặt camera"):
        apply(issue(POST.replace("30/9/2026", "31/10/2026"), TEA, FAIR, CAMERA.replace("30/11", "30/5")))
    session.rollback()
    assert assignments("1")[0].due_on == date(2026, 9, 30)
    assert assignments("4") == []


def test_the_plan_knows_its_documents(plan, issue, apply):
    apply(issue(POST, TEA, FAIR, CAMERA))
    assert [heading.issued for _, heading in comparing.documents(plan)] == [
        date(2026, 3, 12),
        date(2026, 7, 1),
    ]


def test_a_draft_is_amended_without_giving_anything_out(make_import, plan_text, cast, session, assignments):
    plan = importing.accept(make_import(plan_text(OLD)), actor=cast.chi, now=NOW, today=TODAY)
    again = make_import(plan_text("\n".join((POST.replace("30/9/2026", "31/10/2026"), TEA, CAMERA))))
    answering.agree_new_issue(again, plan, actor=cast.chi, now=NOW)
    found = comparing.comparison(plan, check(again, TODAY))
    chosen = Chosen(
        added=[side.key for side in found.added],
        changed=[change.new.key for change in found.changed],
        gone=[side.key for side in found.gone],
    )
    amending.apply(again, chosen, actor=cast.chi, now=NOW, today=TODAY)
    session.commit()
    session.expire_all()
    assert [task.no for task in plan.tasks] == ["1", "2", "4"]
    assert plan.tasks[0].milestones[0].due_on == date(2026, 10, 31)
    assert session.query(Assignment).count() == 0


def test_many_tasks_are_compared_with_as_many_queries_as_few(
    make_import, plan_text, cast, session, count_queries
):
    def queries(count, number):
        rows = [
            POST.replace("1\t", f"{n}\t", 1).replace("danh mục", f"danh mục số {n}") for n in range(count)
        ]
        text = plan_text("\n".join(rows), number=number)
        plan = importing.accept(make_import(text), actor=cast.chi, now=NOW, today=TODAY)
        publishing.publish(plan, {}, actor=cast.chi, now=NOW, today=TODAY)
        again = make_import(text + b"\n")
        answering.agree_new_issue(again, plan, actor=cast.chi, now=NOW)
        session.commit()
        session.expire_all()
        checked = check(again, TODAY)
        with count_queries() as sent:
            comparing.comparison(plan, checked)
        return len(sent)

    assert queries(1, "51/KH-UBND") == queries(30, "52/KH-UBND")
