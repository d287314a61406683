"""The board: each of its figures leads to exactly the rows it counts."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from werkzeug.datastructures import MultiDict

from tracker.deadlines.meaning import Kind
from tracker.models import DueChange, DueChangeKind
from tracker.rules.counting import Side
from tracker.rules.states import State
from tracker.services import units
from tracker.services.selections import Selection
from tracker.web.board.addresses import arguments_of, read_selection
from tracker.web.board.wording import SIDE_WORDS, Change, change, change_of_share, sides_words

pytestmark = pytest.mark.usefixtures("nine_oclock")

TAG = re.compile(r"<[^>]+>")
LINK = re.compile(r'<a ([^>]*)href="(/board/rows[^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
COUNTED = re.compile(r"(\d+) nhiệm vụ")
BAND = re.compile(r'<a href="([^"]+)"[^>]*>[^<]*<span class="count">(\d+)</span>')
ROW = re.compile(r'<h2 class="cell-title"><a href="/assignments/(\d+)/"')


def words(html):
    return " ".join(unescape(TAG.sub(" ", html)).split())


def figures(page):
    """Each link of a board to rows, with the number of rows it promises."""
    found = []
    for before, href, after, inside in LINK.findall(page):
        named = COUNTED.search(unescape(before + after)) or COUNTED.search(words(inside))
        promised = [named[1]] if named else re.findall(r"\d+", words(inside))
        found += [(unescape(href), int(promised[-1]))] if promised else []  # «Xem danh sách» promises none
    return found


@pytest.fixture
def year(cast, make_plan, make_task, make_assignment, session, nine_oclock):
    """Work on every side of the day, in four quarters, of the commune itself and of its departments."""
    plans = make_plan(), make_plan("96/KH-UBND", title="Kế hoạch cải cách hành chính")

    def give(unit, due_on, plan=plans[0], kind=Kind.BY, **columns):
        task = make_task(
            plan, title="Rà soát hương ước thôn Nà Lìn", leads=[unit], helpers=[], due_on=due_on, kind=kind
        )
        return make_assignment(task, columns=columns)

    done = {"state": State.DONE, "completed_on": date(2026, 6, 1)}
    for unit in (cast.commune, cast.economy, cast.culture):
        for due_on in (date(2026, 2, 10), date(2026, 5, 31), date(2026, 6, 30), date(2026, 6, 5)):
            give(unit, due_on, **done)
        give(unit, date(2026, 5, 20))
        give(unit, date(2026, 6, 20))
        give(unit, date(2026, 9, 30), plan=plans[1])
    late = give(cast.culture, date(2026, 6, 1), objective_cause="Mưa lũ")
    late.due_changes.append(
        DueChange(
            kind=DueChangeKind.EXTENSION,
            from_on=date(2026, 5, 1),
            to_on=date(2026, 6, 1),
            by=cast.dung,
            at=nine_oclock,
        )
    )
    give(cast.office, date(2026, 6, 20), state=State.SUBMITTED)
    give(cast.office, date(2026, 6, 10), state=State.SUBMITTED)
    give(cast.office, date(2026, 9, 30), starts_on=date(2026, 7, 1))
    give(cast.office, None, kind=Kind.CONTINUOUS)
    give(cast.office, None, kind=Kind.UNRESOLVED)
    give(cast.office, date(2026, 6, 30), state=State.SUSPENDED)
    give(cast.office, date(2026, 6, 30), state=State.CANCELLED)
    group = units.add_group("Các phòng", [cast.culture], keeper=cast.commune, actor=cast.chi, now=nine_oclock)
    session.flush()
    return {"plan": plans[1].id, "economy": cast.economy.id, "commune": cast.commune.id, "group": group.id}


NARROWINGS = (
    "",
    "?plan={plan}",
    "?unit={commune}",
    "?lead={commune}",
    "?group={group}",
    "?quarter=2026-Q2",
    "?quarter=2026-Q3&order=late",
    "?sides=overdue",
    "?sides=done_late,done_on_time",
    "?q=huong+uoc+kinh+te&all=1",
    "?unit={economy}&quarter=2026-Q2&sides=due_soon,overdue",
)


@pytest.mark.parametrize("narrowing", NARROWINGS)
def test_every_figure_of_the_board_is_the_number_of_rows_at_its_link(browse, cast, year, narrowing):
    browser = browse(cast.dung)
    found = figures(browser.get(f"/board/{narrowing.format(**year)}").text)
    assert len(found) > 5
    for href, promised in found:
        page = browser.get(href).text
        assert (href, len(ROW.findall(page))) == (href, promised)
        assert f"{promised} nhiệm vụ ·" in words(page)


REPORTING = (
    ("/reports/?period=2026-H2", 10),
    ("/reports/?period=2026-Q3&unit={commune}", 10),
    ("/reports/?period=2026-H2&plan={plan}", 4),
    ("/reports/urging", 5),
    ("/reports/urging?plan={plan}", 0),
)


@pytest.mark.parametrize(("address", "at_least"), REPORTING)
def test_every_figure_of_the_reports_is_the_number_of_rows_at_its_link(browse, cast, year, address, at_least):
    browser = browse(cast.dung)
    found = figures(browser.get(address.format(**year)).text)
    assert len(found) >= at_least
    for href, promised in found:
        assert (href, len(ROW.findall(browser.get(href).text))) == (href, promised)


def test_the_figure_beside_the_entry_of_what_is_overdue_is_the_number_of_its_rows(browse, cast, year):
    page = browse(cast.dung).get("/board/overdue").text
    assert len(ROW.findall(page)) == int(dict(BAND.findall(page))["/board/overdue"]) == 4


def test_every_side_and_sum_is_among_the_figures(browse, cast, year):
    found = dict(figures(browse(cast.dung).get("/board/").text))
    for argument in ("extended=1", "excused=1", *(f"sides={side}" for side in (Side.STANDING, Side.UNDATED))):
        assert any(href == f"/board/rows?{argument}" for href in found), argument
    assert found["/board/rows?sides=overdue"] == 4
    assert found["/board/rows?sides=done_late,done_on_time,overdue"] == 16


@pytest.mark.parametrize("narrowing", NARROWINGS)
def test_no_count_in_a_table_of_the_board_but_0_stands_without_a_link(browse, cast, year, narrowing):
    page = browse(cast.dung).get(f"/board/{narrowing.format(**year)}").text
    every = re.findall(r'<td class="(?:number|heat-)[^"]*">(.*?)</td>(<th)?', page, re.DOTALL)
    cells = [inside for inside, is_rank in every if not is_rank]
    assert len(cells) > 5
    assert [cell for cell in cells if re.match(r"[1-9]\d*( !)?$", words(cell)) and "<a " not in cell] == []


def test_days_late_lead_to_what_is_overdue_the_longest_first(browse, cast, year):
    browser = browse(cast.dung)
    page = browser.get("/board/").text
    [(href, days)] = re.findall(
        rf'<a href="([^"]*lead={cast.culture.id}[^"]*)" aria-label="Trễ[^>]*>(\d+)<', page
    )
    rows = browser.get(unescape(href)).text
    assert days == "29"
    assert "quá hạn 29 ngày" in words(rows.partition('class="cell-title"')[2].partition("</tr>")[0]).lower()


def test_a_figure_of_nothing_is_no_link(browse, cast, make_assignment):
    make_assignment(due_on=date(2026, 9, 30))
    page = browse(cast.dung).get("/board/").text
    assert "sides=overdue" not in page.partition("</form>")[2]
    assert "Không có nhiệm vụ quá hạn." in page


def test_the_board_says_how_much_is_late_since_when_and_whether_it_got_worse(browse, cast, year):
    page = words(browse(cast.dung).get("/board/").text)
    assert "Quá hạn 4 nhiệm vụ, 3 đơn vị giảm 1 so với tuần trước · lâu nhất 29 ngày, từ 20/5/2026" in page
    assert "Đến hạn 7 ngày tới 3 tăng 3 so với tuần trước · chưa nộp kết quả" in page
    assert "Chờ xác nhận 2 tăng 2 so với tuần trước · đã nộp kết quả" in page
    assert "Tỷ lệ đúng hạn 37,5 % tăng 2,2 điểm so với tuần trước · trên 16 nhiệm vụ" in page
    assert "Tổng số nhiệm vụ 24 không đổi so với tuần trước · đã bắt đầu và có hạn" in page
    assert "Đến hạn trong quý II/2026, chưa hoàn thành" in page


def test_units_are_ranked_beside_their_quarters(browse, cast, year):
    page = browse(cast.dung).get("/board/").text
    ranking = re.findall(r'<th scope="row"><span title="[^"]+">([^<]+)</span>', page)
    heat = re.findall(r'<th scope="row"><span class="only-wide(?: long)?" title="[^"]+">([^<]+)</span>', page)
    assert ranking == heat
    assert ranking[:2] == ["Phòng Kinh tế", "UBND xã Suối Mây"]


def test_units_with_the_longest_overdue_come_first_when_asked(browse, cast, make_assignment):
    for unit, day in ((cast.culture, 1), (cast.economy, 9), (cast.office, 30)):
        make_assignment(due_on=date(2026, 6, day), leads=[unit], helpers=[])
    page = browse(cast.dung).get("/board/?order=late").text
    names = re.findall(r'<th scope="row"><span title="[^"]+">([^<]+)</span>', page)
    assert names == ["Phòng Văn hóa - Xã hội", "Phòng Kinh tế", "Văn phòng HĐND và UBND"]


def test_a_unit_with_something_overdue_is_never_folded_away(browse, cast, make_assignment):
    for number in range(20):
        unit = cast.unit(f"Thôn {number:02}", cast.commune)
        make_assignment(due_on=date(2026, 6, 1 if number == 19 else 30), leads=[unit], helpers=[])
    browser = browse(cast.dung)
    page = browser.get("/board/").text
    assert "Thôn 19" in words(page.partition('class="ranking"')[2])
    assert "Đang hiện 12 trong 20 đơn vị." in words(page)
    assert "Đang hiện" not in browser.get("/board/?all=1").text


def test_where_very_many_units_are_late_those_that_are_late_longest_stand_on_the_board(
    browse, cast, make_assignment
):
    for number in range(53):
        unit = cast.unit(f"Thôn {number:02}", cast.commune)
        make_assignment(due_on=date(2026, 4, 1) + timedelta(days=number), leads=[unit], helpers=[])
    browser = browse(cast.dung)
    page = words(browser.get("/board/").text)
    assert "53 nhiệm vụ quá hạn" in page or "nhiệm vụ, 53 đơn vị" in page
    assert "Đang hiện 50 trong 53 đơn vị." in page
    assert "Thôn 49" in page.partition("Đơn vị, xếp theo")[2].partition("Đang hiện")[0]
    assert "Thôn 50" not in page.partition("Đơn vị, xếp theo")[2].partition("Đang hiện")[0]
    assert "Thôn 52" in words(browser.get("/board/?all=1").text)


def test_only_who_may_write_reports_is_led_to_them(browse, cast):
    assert 'href="/reports/"' in browse(cast.dung).get("/board/").text
    assert 'href="/reports/"' not in browse(cast.admin).get("/board/").text


def test_a_board_of_nothing_says_what_comes_next(browse, cast):
    browser = browse(cast.dung)
    assert "Chưa có nhiệm vụ nào" in browser.get("/board/").text
    assert "Thử bớt từ hoặc bỏ lọc." in browser.get("/board/?q=x").text


def test_each_sees_the_figures_of_their_part_and_workers_none(browse, cast, year):
    neighbour = cast.person("lan", "Lò Thị Lan", ("leader", cast.neighbour))
    for person, status in ((cast.chi, 200), (cast.admin, 200), (neighbour, 200), (cast.an, 403)):
        for address in ("/board/", "/board/rows"):
            assert browse(person).get(address).status_code == status
    assert "Chưa có nhiệm vụ nào" in browse(neighbour).get("/board/").text
    assert browse(neighbour).get(f"/board/rows?plan={year['plan']}").text.count("cell-title") == 0


@pytest.mark.parametrize("address", ["/board/", "/board/rows"])
def test_a_full_board_asks_the_database_as_often_as_a_small_one(
    browse, cast, make_plan, make_assignment, count_queries, address
):
    def asked():
        browser = browse(cast.dung)
        with count_queries() as sent:
            assert browser.get(address).status_code == 200
        return len(sent)

    plan = make_plan()
    for due_on in (date(2026, 6, 1), date(2026, 6, 20)):
        make_assignment(plan=plan, due_on=due_on)
    with_few = asked()
    for day in range(1, 31):
        unit = cast.unit(f"Thôn {day}", cast.commune)
        make_assignment(plan=plan, due_on=date(2026, 6, day), leads=[unit], helpers=[])
    assert asked() == with_few


def test_rows_come_page_by_page(browse, cast, make_plan, make_assignment):
    plan = make_plan()
    for _ in range(51):
        make_assignment(plan=plan, due_on=date(2026, 6, 30))
    browser = browse(cast.dung)
    first, second, beyond = (browser.get(f"/board/rows?page={number}").text for number in (1, 2, 9))
    assert (len(ROW.findall(first)), len(ROW.findall(second))) == (50, 1)
    assert "Trang 2/2" in second
    assert ROW.findall(beyond) == ROW.findall(second)


def test_what_is_chosen_stands_as_pills_that_take_it_away(browse, cast, year):
    page = browse(cast.dung).get(f"/board/rows?lead={year['economy']}&sides=overdue&excused=1").text
    pills = [
        (unescape(href), words(said))
        for href, said in re.findall(r'class="pill" href="([^"]+)">(.*?)</a>', page)
    ]
    assert ("/board/rows?sides=overdue&excused=1", "Bỏ Phòng Kinh tế chủ trì") in pills
    assert pills[-1] == ("/board/rows", "Bỏ lọc")


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(plan_id=1, unit_id=2, lead_id=3, group_id=4, words="dak rve"),
        Selection(quarter=date(2026, 10, 1), sides=frozenset({Side.WAITING, Side.WAITING_PAST})),
        Selection(extended=True, excused=True),
        Selection(within=(date(2026, 6, 15), date(2026, 12, 14))),
    ],
)
def test_a_selection_is_read_from_the_address_it_writes(selection):
    assert read_selection(MultiDict(arguments_of(selection))) == selection


@pytest.mark.parametrize("name", ["plan", "unit", "lead", "group", "quarter", "within", "sides"])
@pytest.mark.parametrize("value", ["", "x", "-1", "99999999999999999999", "2026-Q5"])
def test_what_makes_no_sense_in_an_address_is_left_out(name, value):
    assert read_selection(MultiDict({name: value})) == Selection()


def test_the_words_of_sides():
    assert sides_words({Side.OVERDUE}) == "Quá hạn"
    assert sides_words({Side.WAITING, Side.WAITING_PAST}) == "Chờ xác nhận"
    assert sides_words({Side.OVERDUE, Side.DUE_SOON}) == "Quá hạn; Sắp đến hạn"
    assert set(SIDE_WORDS) == set(Side)


@pytest.mark.parametrize(
    ("now", "before", "better_by", "said", "better"),
    [
        (9, 7, -1, "tăng 2 so với tuần trước", False),
        (7, 9, -1, "giảm 2 so với tuần trước", True),
        (7, 7, -1, "không đổi so với tuần trước", None),
        (9, 7, 0, "tăng 2 so với tuần trước", None),
    ],
)
def test_what_changed_and_whether_that_is_better(now, before, better_by, said, better):
    found = change(now, before, better_by)
    assert (found.words, found.better) == (said, better)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (68.75, 66.6, Change("tăng 2,2 điểm so với tuần trước", up=True, better=True)),
        (60.0, 66.6, Change("giảm 6,6 điểm so với tuần trước", up=False, better=False)),
        (60.0, 60.0, Change("không đổi so với tuần trước", up=None, better=None)),
        (60.0, None, None),
        (None, 60.0, None),
    ],
)
def test_a_share_changes_by_points(now, before, expected):
    assert change_of_share(now, before) == expected
