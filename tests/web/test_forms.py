import re
import unicodedata
from datetime import date
from pathlib import Path

import flask_wtf
import pytest
import wtforms
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from tracker.web.forms import MESSAGES, DayField, Form, PercentField, read_day, read_due
from tracker.words import date_words

SAID = re.compile(r'gettext\(\s*f?"([^"{]+)"')


class Sample(Form):
    name = StringField("Tên", [InputRequired(), Length(max=3)])
    percent = IntegerField("Phần trăm", [NumberRange(0, 100)])
    day = DayField("Ngày")
    done = PercentField("Đã làm được (%)")


@pytest.fixture
def fill(app):
    def fill(**fields):
        with app.test_request_context(method="POST"):
            form = Sample(MultiDict({"name": "An", "percent": "80", "day": "", "done": "1"} | fields))
            form.validate()
            return form

    return fill


@given(st.dates())
def test_every_day_is_read_back_as_it_is_written(day):
    if day.year >= 1000:
        assert read_day(date_words(day)) == day


@pytest.mark.parametrize(
    "text", ["30/6/2026", "30/06/2026", " 30-6-2026 ", "30.6.2026", "30 / 6 / 2026", "30 6 2026"]
)
def test_days_are_taken_in_the_spellings_people_use(text):
    assert read_day(text) == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/6/2026", "31/6/2026 không có trong lịch. Tháng 6 có 30 ngày."),
        ("29/02/2026", "29/02/2026 không có trong lịch. Tháng 2/2026 có 28 ngày."),
        ("0/5/2026", "0/5/2026 không có trong lịch. Tháng 5 có 31 ngày."),
        ("01/13/2026", "01/13/2026 không có trong lịch. Tháng ghi từ 1 đến 12."),
        ("01/5/0000", "01/5/0000 không có trong lịch. Hãy xem lại năm."),
        ("mai", "Hãy ghi ngày theo mẫu 30/6/2026."),
        ("2026-06-30", "Hãy ghi ngày theo mẫu 30/6/2026."),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(text, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        read_day(text)


def test_a_day_field_keeps_what_was_typed_beside_its_error(fill):
    form = fill(day="31/6/2026")
    assert form.day.errors == ["31/6/2026 không có trong lịch. Tháng 6 có 30 ngày."]
    assert form.day._value() == "31/6/2026"
    assert form.day.data is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/6/2026", date(2026, 6, 30)),
        ("Quý III/2026", date(2026, 9, 30)),
        ("trước ngày 01/7/2026", date(2026, 6, 30)),
        ("hết năm 2026", date(2026, 12, 31)),
        ("tháng 2/2027", date(2027, 2, 28)),
    ],
)
def test_a_last_day_is_also_taken_in_the_words_of_plans(text, day):
    assert read_due(text) == day


@pytest.mark.parametrize(
    "text", ["Quý 5", "Quý III", "hằng quý", "Quý I và Quý II/2026", "thường xuyên", "mai"]
)
def test_words_that_leave_the_day_open_are_asked_for_again(text):
    with pytest.raises(ValueError, match="thời hạn có năm như “Quý III/2026”"):
        read_due(text)


def test_a_last_day_that_is_in_no_calendar_is_told():
    with pytest.raises(ValueError, match="Tháng 6 có 30 ngày"):
        read_due("31/6/2026")


@pytest.mark.parametrize(("text", "percent"), [("80", 80), (" 80 % ", 80), ("100%", 100), ("0", 0)])
def test_a_percentage_is_taken_with_or_without_its_sign(fill, text, percent):
    assert fill(done=text).done.data == percent


@pytest.mark.parametrize("text", ["101", "-1", "tám mươi", "80,5", "²", "8" * 5000])
def test_what_is_no_percentage_is_refused_in_one_sentence_and_kept(fill, text):
    form = fill(done=text)
    assert form.done.errors == ["Hãy ghi tiến độ là số nguyên từ 0 đến 100, ví dụ 80."]
    assert form.done._value() == text


def test_letters_are_stored_in_one_spelling_and_without_what_no_keyboard_writes(fill):
    assert fill(name=unicodedata.normalize("NFD", "Lê")).name.data == "Lê"
    assert fill(name="a\u202e\x07b\n").name.data == "ab\n"


def test_a_day_field_left_empty_is_none(fill):
    form = fill(day="  ")
    assert form.day.data is None
    assert not form.day.errors


def test_a_day_field_shows_its_day_as_offices_write_it(app):
    with app.test_request_context():
        assert Sample(day=date(2026, 2, 6)).day._value() == "06/02/2026"


def test_messages_are_vietnamese(fill):
    form = fill(name="", percent="130")
    assert form.name.errors == ["Hãy điền ô này."]
    assert form.percent.errors == ["Hãy ghi số từ 0 đến 100."]
    assert fill(name="quá dài").name.errors == ["Hãy rút ngắn, không quá 3 ký tự."]
    assert fill(percent="x").percent.errors[0] == "Hãy ghi một số nguyên, ví dụ 80."


def test_every_message_of_the_packages_has_its_translation():
    sources = [
        path.read_text("utf-8")
        for package in (wtforms, flask_wtf)
        for path in Path(package.__file__).parent.rglob("*.py")
    ]
    said = {message for source in sources for message in SAID.findall(source)}
    assert len(said) > 30
    assert said - set(MESSAGES) - {"File must be between "} == set()
