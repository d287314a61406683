"""A copy of all that is stored, made while the service runs: the database, the files, their checksums.

A backup is a folder: the database as one file, `files/` as in the store, and `manifest.json` with the SHA-256
of each. The database is copied first: what it names was in the store before, and nothing there ever changes.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, select, text

from tracker.db import db
from tracker.files import FileStore
from tracker.models import StoredFile
from tracker.services import postgres_tools
from tracker.services.refusals import Refused

MANIFEST = "manifest.json"
FORMAT = 1
NAMED = 5  # broken files named in a sentence


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: of which schema, made when, the SHA-256 of each file by its path in the folder.

    `missing` are files that the database names and the store had lost.
    """

    schema: str
    database: str
    made_at: str
    files: dict[str, str]
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT


def back_up(folder: Path, store: FileStore, *, now: datetime) -> Manifest:
    """Copy database and files into a new folder; it is there whole or not at all.

    Raises Refused where the folder is there already or the database cannot be copied.
    """
    if folder.exists():
        raise Refused(f"Đã có {folder}. Hãy chọn tên khác cho bản sao lưu.")
    work = folder.with_name(f"{folder.name}.dang-sao-luu")
    shutil.rmtree(work, ignore_errors=True)  # of a run that died
    try:
        work.mkdir(parents=True)
        manifest = _copy(work, store, now)
        _write(work / MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        os.rename(work, folder)
    except OSError as error:
        raise Refused(f"Không ghi được bản sao lưu: {error}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return manifest


def _copy(work: Path, store: FileStore, now: datetime) -> Manifest:
    kind = db.engine.dialect.name
    database = work / f"database.{'sqlite3' if kind == 'sqlite' else 'dump'}"
    with db.engine.connect() as connection:
        schema = MigrationContext.configure(connection).get_current_revision() or ""
    if kind == "sqlite":
        _copy_sqlite(Path(str(db.engine.url.database)), database)
    else:
        postgres_tools.dump(db.engine.url, database)
    known = set(db.session.scalars(select(StoredFile.sha256)))
    files = {database.name: _sha256(database)}
    lost = sorted(key for key in known if not _copy_file(work, store, key, files))
    return Manifest(schema, kind, now.isoformat(), files, lost)


def _copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's own online backup: a state between two transactions, whoever writes meanwhile."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


def _copy_file(work: Path, store: FileStore, key: str, files: dict[str, str]) -> bool:
    """Copy a file of the store; whether it was there with just its bytes."""
    target = work / "files" / key[:2] / key
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(store.path(key), target)
    except FileNotFoundError:
        return False
    if _sha256(target) != key:
        target.unlink()
        return False
    files[target.relative_to(work).as_posix()] = key
    return True


def _write(path: Path, content: str) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """What the backup says it holds; raises Refused where it is none or not of this format."""
    try:
        content: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**content)
    except (OSError, ValueError, TypeError) as error:
        raise Refused(f"{folder} không phải là bản sao lưu: không đọc được {MANIFEST}.") from error
    if manifest.format != FORMAT:
        raise Refused("Bản sao lưu có dạng mà phiên bản này chưa biết. Hãy nâng cấp chương trình.")
    return manifest


def broken(folder: Path, manifest: Manifest) -> Iterator[str]:
    """The paths of what is lost from the backup or has other bytes than it was made with."""
    for name, sha256 in manifest.files.items():
        path = folder / name
        inside = path.resolve().is_relative_to(folder.resolve())
        if not inside or not path.is_file() or _sha256(path) != sha256:
            yield name


def restore(folder: Path, store: FileStore, *, known_schemas: set[str], overwrite: bool = False) -> Manifest:
    """Put the backup in the place of what is stored: whole, or nothing of it.

    All checksums are looked at first. The files come before the database, which changes in one transaction.
    Raises Refused for a broken backup, one of another database or a newer program, and, unless told to
    `overwrite`, where there is a database already.
    """
    manifest = read_manifest(folder)
    _require_fitting(manifest, known_schemas)
    found = list(broken(folder, manifest))
    if found:
        named = ", ".join(found[:NAMED])
        raise Refused(f"Bản sao lưu hỏng {len(found)} tệp: {named}. Chưa khôi phục gì.")
    if not overwrite and inspect(db.engine).get_table_names():
        raise Refused("Đã có cơ sở dữ liệu. Chỉ thay khi chắc chắn, bằng lựa chọn --overwrite.")
    for name in manifest.files:
        if name.startswith("files/"):
            with (folder / name).open("rb") as stream:
                store.put(stream, limit_bytes=(folder / name).stat().st_size)
    _replace_database(folder, manifest)
    return manifest


def _require_fitting(manifest: Manifest, known_schemas: set[str]) -> None:
    if manifest.database != db.engine.dialect.name:
        raise Refused(f"Bản sao lưu là của {manifest.database}. Hãy kiểm tra DATABASE_URL.")
    if manifest.schema not in known_schemas:
        raise Refused("Bản sao lưu của phiên bản mới hơn. Hãy nâng cấp chương trình rồi khôi phục.")


def _replace_database(folder: Path, manifest: Manifest) -> None:
    url = db.engine.url
    db.session.remove()
    db.engine.dispose()
    if manifest.database != "sqlite":
        postgres_tools.restore(url, folder / "database.dump")
        return
    with (
        closing(sqlite3.connect(folder / "database.sqlite3")) as copy,
        closing(sqlite3.connect(str(url.database))) as live,
    ):
        copy.backup(live)


def faults(store: FileStore) -> Iterator[str]:
    """What is wrong with what was restored, each in a sentence; nothing where all is well."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            if connection.scalar(text("PRAGMA integrity_check")) != "ok":
                yield "Cơ sở dữ liệu không nguyên vẹn."
            if connection.execute(text("PRAGMA foreign_key_check")).first():
                yield "Cơ sở dữ liệu có tham chiếu đứt."
    lost = [key for key in db.session.scalars(select(StoredFile.sha256)) if not store.path(key).is_file()]
    if lost:
        yield f"Thiếu {len(lost)} tệp, đầu tiên là {lost[0][:12]}."
