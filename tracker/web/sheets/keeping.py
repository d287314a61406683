"""The lists that are kept in order: units, groups, accounts, letters, the log, days off, feeds."""

from collections.abc import Iterable, Mapping

from flask import request
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.db import db
from tracker.models import Mail, Unit, UnitGroup, User
from tracker.render.sheets import Column
from tracker.services import days_off, logbook, refused_addresses
from tracker.services.days_off import SpecialDay
from tracker.services.logbook import Change
from tracker.services.refused_addresses import Refusal
from tracker.web import feeds as feed_room
from tracker.web import letters as letter_room
from tracker.web import log as log_room
from tracker.web import units as unit_room
from tracker.web import users as user_room
from tracker.web.sessions import administrators_only
from tracker.web.settings import asked_year
from tracker.web.sheets.room import ASKED, Listing, bp
from tracker.words import ROLE_WORDS, weekday_words


def _units_with(refusals: Mapping[int, Refusal]) -> Listing[Unit]:
    return Listing(
        "Đơn vị",
        "đơn vị",
        (
            (Column("Đơn vị", 40), lambda unit: unit.name),
            (Column("Cấp trên", 40), lambda unit: unit.parent.name if unit.parent else ""),
            (Column("Tên viết tắt", 16), lambda unit: unit.short_name),
            (Column("Thư điện tử", 30), lambda unit: unit.email),
            (Column("Tên gọi khác", 40), lambda unit: "; ".join(alias.text for alias in unit.aliases)),
            (Column("Ngày đầu", 12), lambda unit: unit.first_on),
            (Column("Ngày cuối", 12), lambda unit: unit.last_on),
            (Column("Đơn vị kế tục", 40), lambda unit: _names(unit.successors)),
            (Column("Hộp thư bị từ chối", 40), lambda unit: _words(refusals.get(unit.id))),
        ),
    )


def _names(units: Iterable[Unit]) -> str:
    return "; ".join(unit.name for unit in units)


def _words(refusal: Refusal | None) -> str:
    return refusal.words if refusal else ""


@bp.get("/units")
def units() -> ResponseReturnValue:
    """The units that the person keeps, as they are searched, in the order of the tree."""
    unit_room.keepers_only()
    found = [unit for _, unit in unit_room.searched(unit_room.kept_units(Unit.aliases, Unit.successors))]
    return _units_with(refused_addresses.of_units(found)).send(found)


GROUPS: Listing[tuple[UnitGroup, Unit]] = Listing(
    "Nhóm đơn vị",
    "dòng",
    ((Column("Nhóm", 40), lambda one: one[0].name), (Column("Đơn vị", 40), lambda one: one[1].name)),
)


@bp.get("/groups")
def groups() -> ResponseReturnValue:
    """The groups that the person keeps, a row each of their units of today."""
    unit_room.keepers_only()
    today = clock.today()
    kept = unit_room.kept_groups(unit_room.kept_units())
    return GROUPS.send((group, unit) for group in kept for unit in group.members_on(today))


def _people_with(refusals: Mapping[int, Refusal]) -> Listing[User]:
    return Listing(
        "Tài khoản",
        "người",
        (
            (Column("Họ và tên", 28), lambda user: user.name),
            (Column("Tên đăng nhập", 20), lambda user: user.username),
            (Column("Thư điện tử", 30), lambda user: user.email),
            (Column("Vai trò", 60), _roles),
            (Column("Được đăng nhập", 12), lambda user: "có" if user.active else "không"),
            (Column("Thư điện tử bị từ chối", 40), lambda user: _words(refusals.get(user.id))),
        ),
    )


def _roles(user: User) -> str:
    return "; ".join(f"{ROLE_WORDS[held.role]}, {held.unit.name}" for held in user.grants)


@bp.get("/users")
def users() -> ResponseReturnValue:
    """The accounts as they are searched, by name; for administrators."""
    administrators_only()
    found = db.session.scalars(user_room.searched().limit(ASKED)).all()
    return _people_with(refused_addresses.of_persons(found)).send(found)


LETTERS: Listing[Mail] = Listing(
    "Thư đi",
    "thư",
    (
        (Column("Tiêu đề", 60), lambda letter: letter.subject),
        (Column("Gửi đến", 28), lambda letter: letter.recipient_name),
        (Column("Thư điện tử", 30), lambda letter: letter.address),
        (Column("Trạng thái", 16), lambda letter: letter_room.STATES[letter.state]),
        (Column("Soạn lúc", 17), lambda letter: letter.created_at),
        (Column("Gửi lúc", 17), lambda letter: letter.sent_at),
        (Column("Số lần gửi", 10), lambda letter: letter.attempts),
        (Column("Lỗi gần nhất", 50), lambda letter: letter.last_error),
    ),
)


@bp.get("/letters")
def letters() -> ResponseReturnValue:
    """The letters as they are filtered, newest first; for administrators."""
    administrators_only()
    return LETTERS.send(db.session.scalars(letter_room.filtered().limit(ASKED)))


def _actor(line: logbook.Line) -> str:
    return line.entry.actor.name if line.entry.actor else "Hệ thống"


LOG: Listing[logbook.Line] = Listing(
    "Nhật ký",
    "việc",
    (
        (Column("Lúc", 17), lambda line: line.entry.at),
        (
            Column("Người thực hiện", 28),
            _actor,
        ),
        (Column("Việc", 30), lambda line: line.verb),
        (Column("Loại", 20), lambda line: line.thing),
        (Column("Đối tượng", 50), lambda line: line.name or f"số {line.entry.subject_id}"),
        (Column("Thay đổi", 60), lambda line: "; ".join(_changed(change) for change in line.changes)),
    ),
)


def _changed(change: Change) -> str:
    before = f"{change.before} → " if change.before else ""
    return f"{change.label}: {before}{change.after}"


@bp.get("/log")
def log() -> ResponseReturnValue:
    """The log as it is filtered, newest first; for administrators."""
    administrators_only()
    entries = db.session.scalars(log_room.filtered(log_room.Filters(request.args)).limit(ASKED)).all()
    return LOG.send(logbook.read(entries))


DAYS: Listing[SpecialDay] = Listing(
    "Ngày nghỉ",
    "ngày",
    (
        (Column("Ngày", 12), lambda one: one.day),
        (Column("Thứ", 10), lambda one: weekday_words(one.day)),
        (Column("Loại", 14), lambda one: "Ngày nghỉ" if one.off else "Ngày làm việc"),
        (Column("Lý do", 60), lambda one: one.correction.name if one.correction else "Lịch chung"),
    ),
)


@bp.get("/days")
def days() -> ResponseReturnValue:
    """The days of a year that differ from the plain week; for administrators."""
    administrators_only()
    year = asked_year()
    return DAYS.send(days_off.special_days(year), f"Ngày nghỉ năm {year}")


FEEDS: Listing[feed_room.Line] = Listing(
    "Lịch đang dùng",
    "địa chỉ",
    (
        (Column("Tên lịch", 30), lambda line: line.feed.name),
        (Column("Gồm", 40), lambda line: line.about),
        (Column("Số thời hạn", 10), lambda line: line.count),
        (Column("Tạo lúc", 17), lambda line: line.feed.created_at),
        (Column("Lần lấy gần nhất", 17), lambda line: line.feed.fetched_at),
        (Column("Ứng dụng", 24), lambda line: line.feed.fetched_by),
    ),
)


@bp.get("/feeds")
def feeds() -> ResponseReturnValue:
    """The calendar addresses of who asks; the addresses themselves are kept nowhere."""
    return FEEDS.send(feed_room.lines_of(clock.now()))
