import re
from datetime import UTC, date, datetime
from types import SimpleNamespace as Value

import pytest
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tracker.paths import resource
from tracker.web.forms import DayField, Form
from tracker.words import STATE_WORDS

TODAY = date(2026, 6, 18)
AT = datetime(2026, 6, 18, 1, 12, tzinfo=UTC)
TAG = re.compile(r"<[^>]+>")


class Sample(Form):
    reason = TextAreaField("Lý do", [InputRequired("Hãy nêu lý do.")])
    day = DayField("Ngày")
    unit = SelectField("Đơn vị", choices=[SelectChoice("1", "Phòng Kinh tế")])
    sure = BooleanField("Đã xem")
    how = RadioField("Cách đọc", choices=[SelectChoice("a", "Quý II/2026"), SelectChoice("b", "Hạn khác")])
    name = StringField("Tên")


@pytest.fixture
def render(app):
    """Renders a line of a template with the macros of one file at hand."""

    def render(file, line, **values):
        with app.test_request_context():
            return app.jinja_env.from_string(f'{{% import "macros/{file}.html" as m %}}{line}').render(
                **values
            )

    return render


def words(html):
    return " ".join(TAG.sub(" ", html).split())


@pytest.mark.parametrize(("state", "said"), STATE_WORDS.items())
def test_every_state_has_its_chip_of_icon_word_and_colour(render, state, said):
    html = render("states", "{{ m.chip(state) }}", state=state)
    assert words(html) == said
    assert f"chip-{state}" in html
    assert "<use href=" in html


@pytest.mark.parametrize(
    ("wording", "due_on", "said", "colour"),
    [
        ("Quý II/2026", date(2026, 6, 30), "“Quý II/2026” · hạn cuối 30/6/2026 · còn 12 ngày", "due-calm"),
        (
            "Trước ngày 23/6/2026",
            date(2026, 6, 22),
            "“Trước ngày 23/6/2026” · hạn cuối 22/6/2026 · còn 4 ngày",
            "due-soon",
        ),
        ("", TODAY, "hạn cuối 18/6/2026 · hôm nay là hạn cuối", "due-soon"),
        (
            "Tháng 5/2026",
            date(2026, 5, 31),
            "“Tháng 5/2026” · hạn cuối 31/5/2026 · quá hạn 18 ngày",
            "due-late",
        ),
        ("khi có phát sinh", None, "“khi có phát sinh” · không có ngày đến hạn", "due-calm"),
    ],
)
def test_a_deadline_line_gives_wording_last_day_and_days(render, wording, due_on, said, colour):
    html = render(
        "states", "{{ m.due(wording, due_on, today) }}", wording=wording, due_on=due_on, today=TODAY
    )
    assert words(html) == said
    assert colour in html


def test_a_deadline_in_a_list_says_the_days_first(render):
    html = render("states", "{{ m.due_stack('Quý II/2026', d, t) }}", d=date(2026, 6, 30), t=TODAY)
    assert words(html) == "Còn 12 ngày · hạn cuối 30/6/2026, thứ Ba “Quý II/2026”"


def test_what_was_handed_in_shows_its_day_instead(render):
    html = render(
        "states", "{{ m.due_stack('', d, t, s) }}", d=date(2026, 6, 30), t=TODAY, s=date(2026, 6, 12)
    )
    assert words(html) == "Đã nộp 12/6/2026 · trước hạn 18 ngày"


@pytest.mark.parametrize(("have", "total", "filled", "hollow"), [(2, 3, 2, 1), (0, 1, 0, 1), (9, 12, 0, 0)])
def test_pips_stand_for_deliverables_while_they_can_be_counted(render, have, total, filled, hollow):
    html = render("states", "{{ m.pips(h, t) }}", h=have, t=total)
    assert (html.count("pip-on"), html.count("pip-off")) == (filled, hollow)


def test_a_tally_links_each_figure_to_its_rows(render):
    cell = Value(figure=2, label="Quá hạn", icon="clock", hue="overdue", href="#qua-han")
    html = render("figures", "{{ m.tally([cell], 'Các nhóm') }}", cell=cell)
    assert '<a href="#qua-han">' in html
    assert words(html) == "2 Quá hạn"


@pytest.mark.parametrize(
    ("better", "kind"), [(True, "better"), (False, "worse"), (None, "same")], ids=["better", "worse", "same"]
)
def test_a_change_is_coloured_by_better_or_worse_not_by_up_or_down(render, better, kind):
    change = Value(words="tăng 2", up=True, better=better)
    html = render("figures", "{{ m.tile('Quá hạn', 9, '/x', 'clock', change=c) }}", c=change)
    assert f'class="{kind}"' in html
    assert words(html) == "Quá hạn 9 tăng 2"


def test_the_shares_of_a_bar_fill_its_width(render):
    parts = [Value(key=k, label=k, count=n, href="#") for k, n in (("done", 142), ("late", 0), ("open", 58))]
    html = render("figures", "{{ m.shares(p, 'Kết quả') }}", p=parts)
    bars = re.findall(r'x="([\d.]+)" width="([\d.]+)" height="10"', html)
    assert [(float(x), float(w)) for x, w in bars] == [(0, 708), (710, 288)]
    assert words(html) == "done: 142 late: 0 open: 58"


def test_a_bar_of_nothing_has_no_parts(render):
    html = render("figures", "{{ m.shares([p], 'Kết quả') }}", p=Value(key="a", label="A", count=0, href="#"))
    assert ' x="' not in html


def test_a_heat_map_prints_each_share_and_counts_what_has_not_begun(render):
    periods = [
        Value(label="II/2026", short="II/26", current=True),
        Value(label="III", short="III", current=False),
    ]
    cells = [
        Value(share=72.4, count=5, overdue=True, title="4 trong 5", href="/a"),
        Value(share=None, count=3, overdue=False, title="3 nhiệm vụ", href="/b"),
    ]
    row = Value(name="Phòng Kinh tế", short="P. KT", cells=cells)
    html = render("figures", "{{ m.heat(p, [r], 'Đúng hạn') }}", p=periods, r=row)
    assert re.search(r'<td class="heat-70 now"><a href="/a" title="4 trong 5">72 !</a>', html)
    assert re.search(r'<td class="heat-later"><a href="/b" title="3 nhiệm vụ">3</a>', html)


def test_a_time_line_quotes_people_and_shows_the_hour_of_viet_nam(render):
    entry = Value(kind="return", sentence="Chi trả lại", quote="Thiếu <ảnh>", at=AT)
    html = render("records", "{{ m.timeline([e]) }}", e=entry)
    assert words(html.replace("&lt;", "‹").replace("&gt;", "›")) == "Chi trả lại: Thiếu ‹ảnh› 18/6/2026 08:12"


def test_evidence_shows_document_size_and_who_with_older_versions_folded(render):
    piece = Value(
        id=1,
        name="Kế hoạch.pdf",
        document_number="31/KH-TTPVHCC",
        document_on=date(2026, 3, 12),
        file=Value(size=1_234_567),
        by=Value(name="Lê Thị Hạnh"),
        at=AT,
    )
    html = render("records", "{{ m.evidence(p, older=[p]) }}", p=piece)
    assert '<a href="/evidence/1" download>Kế hoạch.pdf</a>' in html
    assert "Số 31/KH-TTPVHCC ngày 12/3/2026 · 1,2 MB · Lê Thị Hạnh, 18/6/2026 08:12" in words(html)
    assert "1 bản trước" in html


def test_an_upload_works_as_a_plain_form(render):
    html = render("records", "{{ m.upload('/send', 7, 'Báo cáo', most=20) }}")
    assert '<form class="upload" method="post" action="/send" enctype="multipart/form-data"' in html
    assert 'type="file" id="files-7" name="files" required multiple' in html
    assert 'name="csrf_token"' in html
    assert "mỗi tệp đến 20 MB" in html


@pytest.fixture
def form(app):
    with app.test_request_context(method="POST", data={"day": "31/6/2026", "unit": "1", "how": "a"}):
        form = Sample()
        form.validate()
        yield form


def test_an_error_stands_between_label_and_field_with_the_text_kept(render, form):
    html = render("fields", "{{ m.field(f, hint='Ngày/tháng/năm') }}", f=form.day)
    assert words(html) == "Ngày 31/6/2026 không có trong lịch. Tháng 6 có 30 ngày. Ngày/tháng/năm"
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="day-error day-hint"' in html
    assert 'value="31/6/2026"' in html


def test_a_field_in_order_says_nothing_of_errors(render, form):
    html = render("fields", "{{ m.field(f, autocomplete='off') }}", f=form.name)
    assert "aria-" not in html
    assert 'autocomplete="off"' in html


def test_a_select_and_a_tick_box_have_their_own_looks(render, form):
    assert "form-select" in render("fields", "{{ m.field(f) }}", f=form.unit)
    assert "form-check-input" in render("fields", "{{ m.field(f) }}", f=form.sure)


def test_choices_bring_a_second_line(render, form):
    html = render("fields", "{{ m.choices(f, {'a': 'hạn cuối 30/6/2026'}) }}", f=form.how)
    assert words(html) == "Cách đọc Quý II/2026 hạn cuối 30/6/2026 Hạn khác"


def test_two_errors_or_more_are_listed_over_the_form(render, form):
    html = render("fields", "{{ m.faults(f) }}", f=form)
    assert '<a href="#reason">' in html
    assert '<a href="#day">' in html
    form.reason.errors = []
    assert render("fields", "{{ m.faults(f) }}", f=form).strip() == ""


def test_a_deed_is_a_form_named_with_its_row(render):
    html = render("fields", "{{ m.deed('/x', 'Rút lại', named='Nộp báo cáo', values={'id': 3}) }}")
    assert 'aria-label="Rút lại: Nộp báo cáo"' in html
    assert '<input type="hidden" name="id" value="3">' in html


@pytest.mark.parametrize(
    ("category", "role"), [("message", "status"), ("warning", "status"), ("error", "alert")]
)
def test_a_flash_is_announced(render, category, role):
    assert f'role="{role}"' in render("notices", "{{ m.flash('Đã lưu.', c) }}", c=category)


def test_an_empty_list_says_the_nearest_next_thing(render):
    html = render("notices", "{{ m.empty('Không có', 'Gần nhất 22/6', href='/a', words='Xem') }}")
    assert words(html) == "Không có Gần nhất 22/6 Xem"


def test_a_question_asked_back_is_a_form_with_the_deed_on_its_button(render):
    html = render(
        "notices",
        "{{ m.confirm('Thu hồi lịch?', 'Lịch đó ngừng cập nhật.', '/x', 'Thu hồi', '/', 'Giữ lại') }}",
    )
    assert words(html) == "Thu hồi lịch? Lịch đó ngừng cập nhật. Thu hồi Giữ lại"
    assert 'method="post" action="/x"' in html


def test_no_macro_writes_a_style(render, form):
    for file, line in (("figures", "{{ m.meter(62, '62 %') }}"), ("fields", "{{ m.field(f) }}")):
        assert "style=" not in render(file, line, f=form.reason)


def test_fields_for_days_and_lists_leave_the_whole_keyboard_of_a_phone():
    """The figures of an iPhone have neither stroke nor comma: `inputmode` is for whole numbers."""
    lines = [line for path in resource("templates").rglob("*.html") for line in path.read_text().splitlines()]
    assert [line.strip() for line in lines if 'inputmode="numeric"' in line and "percent" not in line] == []
