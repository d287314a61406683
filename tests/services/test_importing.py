"""From a document to a stored plan: kept once, read, answered, accepted, and refused without a trace."""

import io
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from tracker.files import FileStore
from tracker.models import Alias, AuditEntry, PartyRole, Plan, PlanImport, StoredFile, Task, UnitGroup
from tracker.plans.answers import HeadingAnswer, PhraseAnswer
from tracker.plans.blocks import UnreadableFile
from tracker.plans.doubts import Concern
from tracker.services import answering, importing, publishing, units
from tracker.services.checking import check
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files")


@pytest.fixture
def put(cast, store, session):
    """Puts a document in for the commune, as Chi."""

    def put(content, name="kế hoạch.txt", unit=None, **limits):
        stream = io.BytesIO(content)
        found = importing.preview(
            stream, name, unit or cast.commune, actor=cast.chi, now=NOW, store=store, **limits
        )
        session.flush()
        return found

    return put


@pytest.fixture
def plan_import(make_import, plan_text, cast):
    """The sample plan, read for a commune with two villages in a group and a department of culture."""
    villages = [cast.unit(f"Thôn Nà {name}", cast.commune) for name in ("Lìn", "Pản")]
    units.add_group("Các thôn", villages, keeper=cast.commune, actor=cast.chi, now=NOW)
    cast.unit("Bộ phận Văn hóa - Thông tin", cast.commune)
    return make_import(plan_text())


@pytest.fixture
def said(cast):
    """What every answer needs beside its words."""
    return {"actor": cast.chi, "now": NOW}


def titles(plan_import):
    return [doubt.title for doubt in check(plan_import, TODAY).doubts]


def row(plan_import, key):
    return next(row for row in check(plan_import, TODAY).corrected.rows if row.key == key)


def answer(plan_import, key, said, **words):
    answering.answer_row(plan_import, key, seen=plan_import.version, **said, **words)


def accept(plan_import, said):
    return importing.accept(plan_import, today=TODAY, **said)


# ---- reading it in -----------------------------------------------------------------------------------------


def test_a_document_is_read_and_its_bytes_are_kept_once(put, plan_text, store, cast):
    plan_import = put(plan_text()).plan_import
    assert plan_import.draft["plan"]["number"] == "41/KH-UBND"
    assert (plan_import.unit, plan_import.by, plan_import.answers) == (cast.commune, cast.chi, {})
    assert store.open(plan_import.file_sha256).read() == plan_text()


def test_the_same_file_twice_changes_nothing_and_says_so(put, plan_import, plan_text, session):
    again = put(plan_text(), name="bản khác tên.txt")
    assert (again.plan_import, again.known) == (plan_import, True)
    assert session.scalar(select(func.count()).select_from(PlanImport)) == 1


def test_the_same_file_for_another_authority_is_another_import(put, plan_import, plan_text, cast):
    assert not put(plan_text(), unit=cast.neighbour).known


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "trong.txt", "Tệp này trống"),
        (b"PK\x03\x04 broken", "hong.docx", "hỏng"),
        (b"MZ\x90\x00\x03\x00\x00\x00\xff\xff", "virus.exe", "không phải là văn bản"),
        (b"%PDF-1.7\nbroken", "hong.pdf", "hỏng"),
        ("TỐI MẬT\n\nKẾ HOẠCH\nPhòng thủ".encode(), "mat.txt", "dấu Mật"),
        (b"x" * 2_000_000, "to.txt", "lớn hơn 1 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_gets_one_sentence_and_leaves_nothing(
    put, store, session, content, name, sentence
):
    with pytest.raises(UnreadableFile, match=sentence):
        put(content, name=name, limit_mb=1)
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0


# ---- what is in doubt --------------------------------------------------------------------------------------


def test_doubts_stand_in_the_order_of_their_weight(plan_import):
    concerns = [doubt.concern for doubt in check(plan_import, TODAY).doubts]
    assert concerns == [Concern.DEADLINE, Concern.DEADLINE, Concern.UNIT]


def test_the_four_figures_of_the_check(plan_import):
    checked = check(plan_import, TODAY)
    assert len(checked.corrected.selected) == 4
    # the office 1, the villages 2, culture 1 and, for what recurs, its current and next occurrence
    assert checked.assignments == 1 + 2 + 1 + 2
    assert len(checked.lead_units) == 4
    assert [row.task.no for row in checked.sure] == ["1", "4"]


def test_a_plan_without_a_date_of_issue_cannot_be_accepted_until_it_has_one(make_import, plan_text, said):
    rows = "1\tTập huấn\tPhòng Kinh tế\t\t30/6/2026\tBáo cáo"
    found = make_import(plan_text(rows, issued="ngày     tháng 3 năm 2026"))
    with pytest.raises(Refused, match="chưa có ngày ban hành"):
        accept(found, said)
    answering.answer_heading(found, HeadingAnswer(issued=date(2026, 3, 12)), seen=found.version, **said)
    assert accept(found, said).issued_on == date(2026, 3, 12)


def test_a_period_that_ends_before_it_begins_is_refused(plan_import, said):
    with pytest.raises(Refused, match="kết thúc trước khi bắt đầu"):
        answering.answer_heading(
            plan_import,
            HeadingAnswer(period=(date(2026, 12, 31), date(2026, 1, 1))),
            seen=plan_import.version,
            **said,
        )


def test_deadlines_are_read_anew_when_the_period_is_corrected(plan_import, said):
    answering.answer_heading(
        plan_import,
        HeadingAnswer(period=(date(2027, 1, 1), date(2027, 12, 31))),
        seen=plan_import.version,
        **said,
    )
    [milestone] = row(plan_import, "1").task.milestones
    assert milestone.milestone.due == date(2027, 6, 30)
    assert milestone.deliverables == ("Báo cáo kết quả",)


# ---- answers -----------------------------------------------------------------------------------------------


def test_a_settled_doubt_is_gone_and_stays_gone_after_a_reload(plan_import, said, session):
    doubted = row(plan_import, "1")
    answering.settle(plan_import, doubted, doubted.deadline_doubts, seen=plan_import.version, **said)
    session.commit()
    session.expire_all()
    assert len(titles(plan_import)) == 2
    assert row(plan_import, "1").task.milestones == doubted.task.milestones


@pytest.mark.parametrize(
    ("text", "due"), [("30/9/2026", date(2026, 9, 30)), ("Quý III/2026", date(2026, 9, 30))]
)
def test_a_deadline_is_corrected_in_a_day_or_in_words(plan_import, said, text, due):
    answer(plan_import, "2", said, deadline=text)
    corrected = row(plan_import, "2")
    assert [m.milestone.due for m in corrected.task.milestones] == [due]
    assert corrected.task.milestones[0].deliverables == ("Công văn",)
    assert (corrected.task.deadline_text, corrected.wording) == ("khi có phát sinh", text)
    assert corrected.deadline_doubts == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Quý III", "hãy ghi đủ ngày/tháng/năm"),
        ("31/6/2026", "31/6"),
        ("khi nào xong", "Chưa hiểu"),
        ("  ", "Ghi ngày"),
    ],
)
def test_a_deadline_that_is_not_clear_is_refused_and_nothing_is_saved(plan_import, said, text, sentence):
    with pytest.raises(Refused, match=sentence):
        answer(plan_import, "2", said, deadline=text)
    assert plan_import.answers == {}


def test_an_answer_does_not_run_over_what_somebody_else_just_said(plan_import, cast, said, session):
    seen = plan_import.version
    answer(plan_import, "0", said, title="Ban hành quy chế")
    session.commit()
    other = {"actor": cast.admin, "now": NOW}
    with pytest.raises(Refused, match=r"Nhiệm vụ này vừa được .* cập nhật lúc 09:00"):
        answering.answer_row(plan_import, "0", seen=seen, title="Khác", **other)
    answering.answer_row(plan_import, "1", seen=seen, title="Dòng khác thì được", **other)
    answering.answer_row(plan_import, "0", seen=plan_import.version, title="Đã xem", **other)
    assert row(plan_import, "0").task.title == "Đã xem"


def test_a_row_is_left_out_with_a_reason_and_taken_in_again(plan_import, said):
    answer(plan_import, "1", said, selected=False, reason="Đã giao ở kế hoạch khác")
    checked = check(plan_import, TODAY)
    assert [(row.task.no, row.reason) for row in checked.left_out] == [("2", "Đã giao ở kế hoạch khác")]
    assert all(doubt.row is None or doubt.row.key != "1" for doubt in checked.doubts)
    answer(plan_import, "1", said, selected=True, reason=None)
    assert check(plan_import, TODAY).left_out == []


def test_a_row_is_split_where_the_person_breaks_the_line_and_joined_again(plan_import, said):
    answer(plan_import, "3", said, deliverables=(("Kế hoạch", "Báo cáo"),))
    text = "Tập huấn kỹ năng số\r\ncho người dân \n ở các thôn"
    key = split(plan_import, "3", text, ["Báo cáo"], said)
    first, second = check(plan_import, TODAY).corrected.selected[-2:]
    assert (first.key, first.task.title) == ("3", "Tập huấn kỹ năng số")
    assert (second.key, second.task.title) == (key, "cho người dân ở các thôn")
    assert [deliverables(one) for one in (first, second)] == [[("Kế hoạch",)], [("Báo cáo",)]]
    assert (second.task.lead, second.wording) == (first.task.lead, first.wording)
    answering.join(plan_import, second, first, seen=plan_import.version, **said)
    last = check(plan_import, TODAY).corrected.selected[-1]
    assert last.task.title == "Tập huấn kỹ năng số cho người dân ở các thôn"


def test_a_part_that_is_left_without_deliverables_owes_a_report(plan_import, said):
    answer(plan_import, "3", said, deliverables=(("Kế hoạch",),))
    split(plan_import, "3", "Tập huấn\nBáo cáo", [], said)
    first, second = check(plan_import, TODAY).corrected.selected[-2:]
    assert [deliverables(one) for one in (first, second)] == [[("Kế hoạch",)], [("Báo cáo kết quả",)]]


def test_a_row_that_was_split_can_be_split_again(plan_import, said):
    key = split(plan_import, "3", "Một\nHai ba", [], said)
    split(plan_import, key, "Hai\nBa", [], said)
    rows = check(plan_import, TODAY).corrected.selected
    assert [one.task.title for one in rows[-3:]] == ["Một", "Hai", "Ba"]


@pytest.mark.parametrize("text", ["", "Tập huấn kỹ năng số", "\n Tập huấn kỹ năng số \r\n"])
def test_a_row_is_not_split_without_a_line_break_inside_it(plan_import, said, text):
    with pytest.raises(Refused, match="Hãy xuống dòng ở chỗ cần tách"):
        split(plan_import, "3", text, [], said)
    assert plan_import.answers.get("rows", {}) == {}


def split(plan_import, key, text, moved, said):
    return answering.split(plan_import, row(plan_import, key), text, moved, seen=plan_import.version, **said)


def deliverables(row):
    return [milestone.deliverables for milestone in row.task.milestones]


def test_a_row_added_by_hand_stands_in_the_group_of_the_one_above_it(plan_import, said):
    key = answering.add_row(plan_import, "0", **said)
    answer(plan_import, key, said, title="Niêm yết", deadline="30/6/2026", lead=("Phòng Kinh tế",))
    added = check(plan_import, TODAY).corrected.selected[1]
    assert (added.key, added.task.group, added.task.title) == ("a1", "I", "Niêm yết")
    assert [m.deliverables for m in added.task.milestones] == [("Báo cáo kết quả",)]


# ---- units -------------------------------------------------------------------------------------------------


def test_units_of_another_branch_are_not_meant(make_import, plan_text, cast):
    fresh = make_import(plan_text(), unit=cast.neighbour)
    assert [who.phrase for who in check(fresh, TODAY).unknown] == [
        "Văn phòng HĐND và UBND",
        "Phòng Kinh tế",
        "Các thôn",
        "Pộ phận VHTT",
        "Phòng Văn hóa - Xã hội",
    ]


def test_on_day_one_every_unknown_unit_is_made_in_one_step(make_import, plan_text, cast, said):
    fresh = make_import(plan_text(), unit=cast.neighbour)
    answering.create_units(
        fresh,
        new_units=dict.fromkeys(
            ["Văn phòng HĐND và UBND", "Phòng Kinh tế", "Phòng Văn hóa - Xã hội"], cast.neighbour
        ),
        new_groups=["Các thôn"],
        open_phrases=["Pộ phận VHTT"],
        **said,
    )
    checked = check(fresh, TODAY)
    assert checked.unknown == []
    [lead] = checked.named["Phòng Kinh tế"].units
    assert lead != cast.economy.id
    assert titles(fresh)[0] == "Nhóm “Các thôn” chưa có đơn vị nào."


def test_whoever_heads_a_body_makes_a_unit_of_the_body(make_import, plan_text, cast, said):
    heads = ["Giám đốc Sở Y tế", "Sở Y tế", "Trưởng phòng Nội vụ"]
    rows = "\n".join(
        f"{at}\tRà soát nội dung {at}\t{who}\t\t30/6/2026\tBáo cáo" for at, who in enumerate(heads, 1)
    )
    fresh = make_import(plan_text(rows), unit=cast.neighbour)
    answering.create_units(fresh, new_units=dict.fromkeys(heads, cast.neighbour), **said)
    checked = check(fresh, TODAY)
    assert checked.unknown == []
    assert [checked.named[phrase].name for phrase in heads] == ["Sở Y tế", "Sở Y tế", "Phòng Nội vụ"]


def test_a_phrase_too_long_to_be_a_name_is_no_unit(plan_import, cast, said):
    with pytest.raises(Refused, match="quá dài để làm tên đơn vị"):
        answering.create_units(plan_import, new_units={"Phòng " + "x" * 300: cast.commune}, **said)


def test_a_close_name_counts_once_a_person_agrees_and_is_remembered(
    plan_import, make_import, plan_text, said, session
):
    named = check(plan_import, TODAY).named["Pộ phận VHTT"]
    assert (named.name, named.close) == ("Bộ phận Văn hóa - Thông tin", True)
    answering.answer_phrase(
        plan_import, named.phrase, PhraseAnswer(units=named.units), seen=plan_import.version, **said
    )
    accept(plan_import, said)
    session.flush()
    assert [a.text for a in session.scalars(select(Alias))] == ["Pộ phận VHTT"]
    another = make_import(plan_text(number="42/KH-UBND"))
    assert not check(another, TODAY).named["Pộ phận VHTT"].close


def test_what_was_decided_anew_replaces_what_was_remembered(plan_import, cast, said, session):
    for unit in (cast.culture, cast.economy):
        said_now = PhraseAnswer(units=(unit.id,))
        answering.answer_phrase(plan_import, "Pộ phận VHTT", said_now, seen=plan_import.version, **said)
        accept(plan_import, said)
        session.flush()
    assert [alias.unit for alias in session.scalars(select(Alias))] == [cast.economy]


def test_an_open_lead_blocks_until_units_are_chosen_for_it(make_import, plan_text, cast, said):
    rows = "1\tTập huấn\tCác cơ quan, đơn vị\tcác đơn vị liên quan\t30/6/2026\tBáo cáo"
    found = make_import(plan_text(rows))
    assert titles(found) == ["“Các cơ quan, đơn vị” không nêu rõ đơn vị nào chủ trì."]
    answer(found, "0", said, filled=(cast.economy.id, cast.culture.id))
    assert titles(found) == []
    [task] = accept(found, said).tasks
    assert {party.unit for party in task.leads} == {cast.economy, cast.culture}
    assert [party.phrase for party in task.open_parties] == ["các đơn vị liên quan"]


# ---- accepting ---------------------------------------------------------------------------------------------


def test_an_accepted_plan_holds_what_was_read(plan_import, said, cast):
    plan = accept(plan_import, said)
    assert (plan.number, plan.issued_on, plan.watching_unit) == (
        "41/KH-UBND",
        date(2026, 3, 12),
        cast.commune,
    )
    assert (plan.starts_on, plan.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert [(group.no, group.title) for group in plan.groups] == [
        ("I", "Hoàn thiện thể chế"),
        ("II", "Tuyên truyền"),
    ]
    first = plan.tasks[0]
    assert (first.group, first.deadline_text) == (plan.groups[0], "Trước ngày 28/6/2026")
    assert [(m.due_on, [d.name for d in m.deliverables]) for m in first.milestones] == [
        (date(2026, 6, 27), ["Quyết định"])
    ]
    assert [(p.unit, p.role) for p in first.parties] == [
        (cast.office, PartyRole.LEAD),
        (cast.economy, PartyRole.COORDINATING),
    ]
    assert [party.phrase for party in first.open_parties] == ["các cơ quan liên quan"]


def test_a_group_stands_for_its_members_and_a_doubtful_helper_stays_text(plan_import, said, session):
    second = accept(plan_import, said).tasks[1]
    assert [party.unit.name for party in second.leads] == ["Thôn Nà Lìn", "Thôn Nà Pản"]
    assert {party.group.name for party in second.leads} == {"Các thôn"}
    assert (second.coordinating, [party.phrase for party in second.open_parties]) == ([], ["Pộ phận VHTT"])


def test_a_unit_stands_once_in_a_task_and_leading_counts(make_import, plan_text, cast, said):
    rows = "1\tTập huấn\tPhòng Kinh tế\tPhòng Kinh tế; Phòng Kinh tế xã\t30/6/2026\tBáo cáo"
    [task] = accept(make_import(plan_text(rows)), said).tasks
    assert [(party.unit, party.role) for party in task.parties] == [(cast.economy, PartyRole.LEAD)]


def test_accepting_again_stores_the_newer_answers_in_the_same_plan(plan_import, said, session):
    plan = accept(plan_import, said)
    answer(plan_import, "0", said, selected=False, reason="Trùng")
    assert accept(plan_import, said) is plan
    assert [task.no for task in plan.tasks] == ["2", "3", "4"]
    assert session.scalar(select(func.count()).select_from(Task)) == 3


def test_an_accepted_plan_is_published_and_closed_to_answers(plan_import, said, session):
    plan = accept(plan_import, said)
    made = publishing.publish(plan, {}, today=TODAY, **said)
    assert len(made) == check(plan_import, TODAY).assignments
    with pytest.raises(Refused, match="đã giao nhiệm vụ"):
        answer(plan_import, "0", said, title="Khác")
    with pytest.raises(Refused, match="đã giao nhiệm vụ"):
        accept(plan_import, said)
    with pytest.raises(Refused, match="không xóa được"):
        importing.delete_draft(plan, **said)


def test_a_known_number_is_no_silent_double(plan_import, make_import, plan_text, said):
    accept(plan_import, said)
    rows = "1\tTập huấn\tPhòng Kinh tế\t\t30/6/2026\tBáo cáo"
    other = make_import(plan_text(rows))
    assert titles(other) == ["Kế hoạch số 41/KH-UBND ngày 12/3/2026 đã có trong hệ thống."]
    with pytest.raises(Refused, match="đã có trong hệ thống"):
        accept(other, said)
    answering.agree_another_plan(other, **said)
    assert accept(other, said).number == "41/KH-UBND"


def test_the_same_number_of_another_year_is_another_plan(plan_import, make_import, plan_text, said):
    accept(plan_import, said)
    rows = "1\tTập huấn\tPhòng Kinh tế\t\t30/6/2027\tBáo cáo"
    assert titles(make_import(plan_text(rows, issued="ngày 10 tháng 3 năm 2027"))) == []


def test_a_draft_is_deleted_and_its_import_can_be_accepted_again(plan_import, said, session):
    plan = accept(plan_import, said)
    importing.delete_draft(plan, **said)
    session.flush()
    session.refresh(plan_import)
    assert plan_import.plan is None
    assert session.scalar(select(func.count()).select_from(Task)) == 0
    assert len(accept(plan_import, said).tasks) == 4


def test_a_discarded_import_takes_its_draft_along(plan_import, said, session):
    accept(plan_import, said)
    importing.discard(plan_import, **said)
    session.flush()
    for kind in (PlanImport, Plan, Task):
        assert session.scalar(select(func.count()).select_from(kind)) == 0


def test_a_check_takes_as_many_queries_with_many_units_as_with_few(plan_import, cast, session, count_queries):
    def queries():
        session.flush()
        with count_queries() as sent:
            check(plan_import, TODAY)
        return len(sent)

    few = queries()
    for number in range(30):
        village = cast.unit(f"Thôn {number}", cast.commune)
        group = UnitGroup(name=f"Nhóm {number}", keeper=cast.commune)
        session.add(group)
        units.add_alias(f"T{number}", village, actor=cast.chi, now=NOW)
    assert queries() == few
