import re
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

from tracker.web.forms import MESSAGES, DayField, Form, read_day
from tracker.words import date_words

SAID = re.compile(r'gettext\(\s*f?"([^"{]+)"')


class Sample(Form):
    name = StringField("Tên", [InputRequired(), Length(max=3)])
    percent = IntegerField("Phần trăm", [NumberRange(0, 100)])
    day = DayField("Ngày")


@pytest.fixture
def fill(app):
    def fill(**fields):
        with app.test_request_context(method="POST"):
            form = Sample(MultiDict({"name": "An", "percent": "80", "day": ""} | fields))
            form.validate()
            return form

    return fill


@given(st.dates())
def test_every_day_is_read_back_as_it_is_written(day):
    if day.year >= 1000:
        assert read_day(date_words(day)) == day


@pytest.mark.parametrize("text", ["30/6/2026", "30/06/2026", " 30-6-2026 ", "30.6.2026", "30 / 6 / 2026"])
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
