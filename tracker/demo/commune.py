"""The units, groups and people of the made-up commune Suối Mây."""

from dataclasses import dataclass
from datetime import datetime

from tracker.models import Role, Unit, UnitGroup, User
from tracker.services import accounts, units

PASSWORD = "suoi-may-2026"
COMMUNE = "UBND xã Suối Mây"

# name, how plans shorten it
OFFICES = (
    ("Văn phòng HĐND và UBND", "VP HĐND&UBND"),
    ("Phòng Kinh tế", "P. Kinh tế"),
    ("Phòng Văn hóa - Xã hội", "VHXH"),
    ("Trung tâm Phục vụ hành chính công", "TTPVHCC"),
    ("Trung tâm Dịch vụ tổng hợp", "TTDVTH"),
    ("Công an xã", "CAX"),
    ("Trạm Y tế", "TYT"),
)
SCHOOLS = ("Trường Mầm non Hoa Ban", "Trường Tiểu học Suối Mây", "Trường THCS Suối Mây")
UNIONS = ("Ủy ban MTTQ Việt Nam xã", "Hội Nông dân xã", "Hội Liên hiệp Phụ nữ xã", "Đoàn TNCS Hồ Chí Minh xã")
VILLAGES = (
    "Thôn Nà Lìn", "Thôn Bản Mới", "Thôn Đồi Chè", "Thôn Khuổi Luông", "Thôn Pác Ngàm", "Thôn Phiêng Đao",
    "Thôn Suối Trong", "Thôn Tân Lập", "Thôn Vàng Lếch", "Thôn Yên Bình",
)  # fmt: skip
GROUPS = {"Các thôn": VILLAGES, "Các trường học": SCHOOLS, "Các tổ chức chính trị - xã hội": UNIONS}

# name for log-in, full name, what the demo shows them as, roles with their units
PEOPLE = (
    ("quantri", "Đỗ Minh Quân", "quản trị", ((Role.ADMINISTRATOR, COMMUNE),)),
    ("chi", "Phạm Thị Chi", "đầu mối theo dõi", ((Role.MONITOR, COMMUNE), (Role.STAFF, OFFICES[0][0]))),
    ("dung", "Hoàng Văn Dũng", "lãnh đạo", ((Role.LEADER, COMMUNE),)),
    ("hanh", "Lê Thị Hạnh", "thủ trưởng đơn vị", ((Role.UNIT_HEAD, "Phòng Kinh tế"),)),
    ("an", "Nguyễn Văn An", "chuyên viên", ((Role.STAFF, "Phòng Kinh tế"),)),
    ("binh", "Lê Văn Bình", "chuyên viên", ((Role.STAFF, "Phòng Văn hóa - Xã hội"),)),
    ("mai", "Vàng Thị Mai", "thủ trưởng đơn vị", ((Role.UNIT_HEAD, "Phòng Văn hóa - Xã hội"),)),
    ("son", "Lò Văn Sơn", "thủ trưởng đơn vị", ((Role.UNIT_HEAD, "Trung tâm Phục vụ hành chính công"),)),
    ("tuan", "Bùi Anh Tuấn", "thủ trưởng đơn vị", ((Role.UNIT_HEAD, "Công an xã"),)),
    ("lien", "Hà Thị Liên", "thủ trưởng đơn vị", ((Role.UNIT_HEAD, "Trường Tiểu học Suối Mây"),)),
    ("pao", "Giàng A Páo", "chuyên viên", ((Role.STAFF, "Thôn Nà Lìn"),)),
)


@dataclass(frozen=True, slots=True)
class Commune:
    """The made-up commune, stored: what the story needs to find."""

    root: Unit
    units: dict[str, Unit]
    groups: dict[str, UnitGroup]
    people: dict[str, User]


def settle(now: datetime) -> Commune:
    """Store the units, groups and people; everyone logs in with PASSWORD."""
    root = units.add_unit(COMMUNE, parent=None, email=_mailbox("ubnd"), actor=None, now=now)
    placed = {COMMUNE: root}
    for name, short_name in OFFICES:
        placed[name] = units.add_unit(name, parent=root, short_name=short_name, actor=None, now=now)
    for number, name in enumerate((*SCHOOLS, *UNIONS, *VILLAGES), 1):
        placed[name] = units.add_unit(
            name, parent=root, email=_mailbox(f"donvi{number}"), actor=None, now=now
        )
    groups = {
        name: units.add_group(name, [placed[member] for member in members], keeper=root, actor=None, now=now)
        for name, members in GROUPS.items()
    }
    people = {username: _person(username, name, held, placed, now) for username, name, _, held in PEOPLE}
    return Commune(root, placed, groups, people)


def _person(
    username: str, name: str, held: tuple[tuple[Role, str], ...], placed: dict[str, Unit], now: datetime
) -> User:
    user = accounts.add_user(username, name, email=_mailbox(username), password=PASSWORD, actor=None, now=now)
    for role, unit_name in held:
        accounts.grant(user, role, placed[unit_name], actor=None, now=now)
    return user


def _mailbox(name: str) -> str:
    return f"{name}@suoimay.example"
