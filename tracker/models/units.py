"""Units of the tree, their other names, and named groups of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from tracker.db import Base
from tracker.words import fold, nfc


class Unit(Base):
    """A node of the tree (cơ quan, đơn vị). `email` is its mailbox; the last day is set when it ends."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    short_name: Mapped[str] = mapped_column(String(100), default="")
    search_text: Mapped[str] = mapped_column(String(400), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]

    parent: Mapped[Unit | None] = relationship(remote_side=[id], back_populates="children")
    children: Mapped[list[Unit]] = relationship(back_populates="parent")
    aliases: Mapped[list[Alias]] = relationship(back_populates="unit", cascade="all, delete-orphan")
    successors: Mapped[list[Unit]] = relationship(
        secondary="unit_successor",
        primaryjoin="Unit.id == UnitSuccessor.unit_id",
        secondaryjoin="Unit.id == UnitSuccessor.successor_id",
    )

    @validates("name", "short_name")
    def _compose(self, key: str, value: str) -> str:
        composed = nfc(value).strip()
        if key == "name":
            self.search_text = fold(composed)
        return composed


class UnitSuccessor(Base):
    """Who took over from a unit that was merged, split or renamed."""

    __tablename__ = "unit_successor"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)


class UnitGroup(Base):
    """A named set of units («UBND cấp xã»), kept by a unit for its part of the tree."""

    __tablename__ = "unit_group"
    __table_args__ = (UniqueConstraint("keeper_id", "search_text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    search_text: Mapped[str] = mapped_column(String(400))
    keeper_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    keeper: Mapped[Unit] = relationship()
    memberships: Mapped[list[GroupMembership]] = relationship(
        back_populates="group", cascade="all, delete-orphan"
    )
    aliases: Mapped[list[Alias]] = relationship(back_populates="group", cascade="all, delete-orphan")

    @validates("name")
    def _compose(self, _key: str, value: str) -> str:
        composed = nfc(value).strip()
        self.search_text = fold(composed)
        return composed

    def members_on(self, day: date) -> list[Unit]:
        """The units that belong to the group on `day`, by name."""
        present = [m.unit for m in self.memberships if m.covers(day)]
        return sorted(present, key=lambda unit: unit.search_text)


class GroupMembership(Base):
    """A unit in a group, from its first to its last day; open ends where the history is not known."""

    __tablename__ = "group_membership"
    __table_args__ = (UniqueConstraint("group_id", "unit_id", "first_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("unit_group.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]

    group: Mapped[UnitGroup] = relationship(back_populates="memberships")
    unit: Mapped[Unit] = relationship()

    def covers(self, day: date) -> bool:
        """Whether the unit is a member on `day`."""
        return (self.first_on or date.min) <= day <= (self.last_on or date.max)


class Alias(Base):
    """Another way a unit or a group is written in plans; learnt from what monitors decide."""

    __tablename__ = "alias"
    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (group_id IS NULL)", name="one_target"),
        UniqueConstraint("search_text", "unit_id"),
        UniqueConstraint("search_text", "group_id"),
        Index("ix_alias_search_text", "search_text"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(300))
    search_text: Mapped[str] = mapped_column(String(400))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("unit_group.id", ondelete="CASCADE"), index=True)

    unit: Mapped[Unit | None] = relationship(back_populates="aliases")
    group: Mapped[UnitGroup | None] = relationship(back_populates="aliases")

    @validates("text")
    def _compose(self, _key: str, value: str) -> str:
        composed = nfc(value).strip()
        self.search_text = fold(composed)
        return composed
