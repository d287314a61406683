"""What every form of the site shares: Vietnamese messages, and a field for days as offices write them."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import Field, PasswordField, StringField
from wtforms.fields.choices import Choice
from wtforms.fields.core import UnboundField
from wtforms.widgets import Select

from tracker.deadlines.grammar import read_deadline
from tracker.deadlines.meaning import Kind
from tracker.words import date_words

NOT_TAKEN = {"X-Refused": "yes"}  # of a page that comes back with what was wrong of what was sent

# What WTForms and Flask-WTF can say, in the office's words; what is wrong, then what to do.
MESSAGES = {
    "This field is required.": "Hãy điền ô này.",
    "Invalid input.": "Nội dung này chưa đúng. Hãy ghi lại.",
    "Not a valid choice.": "Lựa chọn này không có trong danh sách. Hãy chọn lại.",
    "Invalid Choice: could not coerce.": "Lựa chọn này không có trong danh sách. Hãy chọn lại.",
    "Invalid choice(s): one or more data inputs could not be coerced.": "Có lựa chọn sai. Hãy chọn lại.",
    "'%(value)s' is not a valid choice for this field.": "Không có “%(value)s” để chọn. Hãy chọn lại.",
    "'%(value)s' are not valid choices for this field.": "Không có “%(value)s” để chọn. Hãy chọn lại.",
    "Choices cannot be None.": "Danh sách này chưa có gì để chọn.",
    "Not a valid integer value.": "Hãy ghi một số nguyên, ví dụ 80.",
    "Not a valid decimal value.": "Hãy ghi một số, ví dụ 82,5.",
    "Not a valid float value.": "Hãy ghi một số, ví dụ 82,5.",
    "Not a valid date value.": "Hãy ghi ngày theo mẫu 30/6/2026.",
    "Not a valid datetime value.": "Hãy ghi ngày giờ theo mẫu 30/6/2026 07:30.",
    "Not a valid time value.": "Hãy ghi giờ theo mẫu 07:30.",
    "Not a valid week value.": "Hãy ghi tuần theo mẫu 2026-W25.",
    "Number must be at least %(min)s.": "Hãy ghi số từ %(min)s trở lên.",
    "Number must be at most %(max)s.": "Hãy ghi số không quá %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Hãy ghi số từ %(min)s đến %(max)s.",
    "Date must be at least %(min)s.": "Hãy ghi ngày từ %(min)s trở đi.",
    "Date must be at most %(max)s.": "Hãy ghi ngày không quá %(max)s.",
    "Date must be between %(min)s and %(max)s.": "Hãy ghi ngày từ %(min)s đến %(max)s.",
    "Field must be at least %(min)d character long.": "Hãy ghi ít nhất %(min)d ký tự.",
    "Field must be at least %(min)d characters long.": "Hãy ghi ít nhất %(min)d ký tự.",
    "Field cannot be longer than %(max)d character.": "Hãy rút ngắn, không quá %(max)d ký tự.",
    "Field cannot be longer than %(max)d characters.": "Hãy rút ngắn, không quá %(max)d ký tự.",
    "Field must be exactly %(max)d character long.": "Hãy ghi đúng %(max)d ký tự.",
    "Field must be exactly %(max)d characters long.": "Hãy ghi đúng %(max)d ký tự.",
    "Field must be between %(min)d and %(max)d characters long.": "Hãy ghi từ %(min)d đến %(max)d ký tự.",
    "Field must be equal to %(other_name)s.": "Hai lần ghi chưa giống nhau. Hãy ghi lại.",
    "Invalid email address.": "Địa chỉ thư chưa đúng. Hãy ghi theo mẫu ten@coquan.gov.vn.",
    "Invalid URL.": "Địa chỉ trang chưa đúng. Hãy ghi cả https://.",
    "Invalid IP address.": "Địa chỉ IP chưa đúng. Hãy ghi lại.",
    "Invalid Mac address.": "Địa chỉ MAC chưa đúng. Hãy ghi lại.",
    "Invalid UUID.": "Mã này chưa đúng. Hãy ghi lại.",
    "Invalid value, must be one of: %(values)s.": "Hãy chọn một trong: %(values)s.",
    "Invalid value, can't be any of: %(values)s.": "Không dùng được: %(values)s. Hãy ghi giá trị khác.",
    "Invalid field name '%s'.": "Biểu mẫu không có ô “%s”.",
    "This field cannot be edited.": "Ô này không sửa được.",
    "This field is disabled and cannot have a value.": "Ô này không sửa được.",
    "File does not have an approved extension: {extensions}": "Chỉ nhận tệp {extensions}.",
    "File does not have an approved extension.": "Loại tệp này không nhận. Hãy chọn tệp loại khác.",
    "CSRF token missing.": "Trang đã mở quá lâu. Hãy gửi lại.",
    "CSRF token expired.": "Trang đã mở quá lâu. Hãy gửi lại.",
    "CSRF failed.": "Trang đã mở quá lâu. Hãy gửi lại.",
    "Invalid CSRF Token.": "Trang đã mở quá lâu. Hãy gửi lại.",
}

DAY = re.compile(r"\s*(\d{1,2})\s*[/. -]\s*(\d{1,2})\s*[/. -]\s*(\d{4})\s*")
# what no keyboard writes: controls, and signs that turn the direction of the text after them
UNWRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
LONGEST_DEADLINE = 200  # characters
PERCENT = re.compile(r"[0-9]{1,3}")


class Vietnamese:
    """The translations WTForms asks for its messages; a message that has none stays as it is."""

    def gettext(self, text: str) -> str:
        return MESSAGES.get(text, text)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return self.gettext(singular if count == 1 else plural)


class Form(FlaskForm):
    """A form whose messages are Vietnamese; the base of every form of the site."""

    class Meta:
        def get_translations(self, form: FlaskForm) -> Vietnamese:
            return Vietnamese()

        def bind_field(self, form: FlaskForm, unbound: UnboundField, options: dict[str, Any]) -> Field:
            if issubclass(unbound.field_class, StringField) and unbound.field_class is not PasswordField:
                options = {**options, "filters": [written, *unbound.kwargs.get("filters", ())]}
            return unbound.bind(form=form, **options)


def headers_of(errors: object) -> dict[str, str]:
    """The headers of the page of a form: NOT_TAKEN where there are errors, else none.

    Its status is 200 either way: browsers note every other one as a fault of the site.
    """
    return dict(NOT_TAKEN) if errors else {}


def written(text: Any) -> Any:
    """A text in one spelling of its letters (NFC) and ends of lines, without signs that nobody writes.

    What is no text stays what it was. Browsers end the lines of a form with CR LF, which a sheet would show.
    """
    if not isinstance(text, str):
        return text
    return unicodedata.normalize("NFC", UNWRITTEN.sub("", text)).replace("\r\n", "\n")


class UnitSelect(Select):
    """A select of the thousands of units of a country: an option is a value and a name, written plainly."""

    @classmethod
    def render_option(cls, choice: Choice, **kwargs: Any) -> Markup:
        selected = " selected" if choice.selected else ""
        return Markup(f'<option{selected} value="{escape(choice.value)}">{escape(choice.label)}</option>')


def lines(text: str | None) -> tuple[str, ...]:
    """The lines of a field that say something, each once."""
    return tuple(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))


def read_day(text: str) -> date:
    """«30/6/2026», «30-06-2026» -> that day; day, month and year in figures, in this order.

    Raises ValueError, saying what is wrong: «31/6/2026 không có trong lịch. Tháng 6 có 30 ngày.»
    """
    match = DAY.fullmatch(text)
    if match is None:
        raise ValueError("Hãy ghi ngày theo mẫu 30/6/2026.")
    day, month, year = (int(part) for part in match.groups())
    if not 1 <= month <= 12:
        raise ValueError(f"{text.strip()} không có trong lịch. Tháng ghi từ 1 đến 12.")
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"{text.strip()} không có trong lịch. Hãy xem lại năm.")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        named = f"Tháng 2/{year}" if month == 2 else f"Tháng {month}"
        raise ValueError(f"{text.strip()} không có trong lịch. {named} có {last} ngày.")
    return date(year, month, day)


class PercentField(StringField):
    """How many of a hundred, typed as 80, «80%» or «80 %»; `data` is a whole number, or None."""

    data: int | None  # type: ignore[assignment]

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: Iterable[Any]) -> None:
        text = "".join(valuelist).strip().removesuffix("%").strip()
        self.data = int(text) if PERCENT.fullmatch(text) else None
        if self.data is None or self.data > 100:
            raise ValueError("Hãy ghi tiến độ là số nguyên từ 0 đến 100, ví dụ 80.")


class DayField(StringField):
    """A day typed as 30/6/2026; `data` is a date, or None where nothing was typed. What was typed is kept."""

    data: date | None  # type: ignore[assignment]

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return date_words(self.data) if self.data else ""

    def process_formdata(self, valuelist: Iterable[Any]) -> None:
        text = "".join(valuelist).strip()
        self.data = None
        if text:
            self.data = read_day(text)


class DueField(DayField):
    """A last day, typed as a day or in the words of plans: «Quý III/2026» is 30/9/2026."""

    def process_formdata(self, valuelist: Iterable[Any]) -> None:
        text = "".join(valuelist).strip()
        self.data = None
        if text:
            self.data = read_due(text)


def read_due(text: str) -> date:
    """«30/6/2026», «Quý II/2026», «trước ngày 01/7/2026» -> the last day of it, 30/6/2026.

    Raises ValueError, saying what is wrong, also where the words leave more than one day open.
    """
    if DAY.fullmatch(text):
        return read_day(text)
    reading = read_deadline(text[:LONGEST_DEADLINE])
    [milestone] = reading.milestones if len(reading.milestones) == 1 else [None]
    plain = milestone is not None and milestone.kind in (Kind.BY, Kind.PERIOD) and not reading.unread
    if milestone is None or milestone.due is None or not plain or reading.needs_review:
        raise ValueError("Hãy ghi ngày theo mẫu 30/6/2026, hoặc thời hạn có năm như “Quý III/2026”.")
    return milestone.due
