"""Old files of an office (.doc, .rtf, .xls, .ods): LibreOffice, where installed, makes new ones of them."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from tracker.plans.blocks import Document, UnreadableFile
from tracker.plans.readers import antiword, docx, xlsx
from tracker.plans.readers.refusals import BROKEN, NEEDS_OFFICE

TABLES_LOST = (
    "LibreOffice bỏ sót bảng trong tệp .doc này nên tệp được đọc bằng antiword; hãy đối chiếu với bản gốc."
)

_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
# No macro runs, no link is followed, and what still asks for the network finds a closed door.
_SETTINGS = {
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent"): "true",
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("org.openoffice.Office.Writer/Content/Update", "Link"): "0",
    ("org.openoffice.Office.Calc/Content/Update", "Link"): "2",
    ("org.openoffice.Inet/Settings", "ooInetProxyType"): "2",
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName"): "127.0.0.1",
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort"): "9",
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName"): "127.0.0.1",
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort"): "9",
}
_ITEM = '<item oor:path="/{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_REGISTRY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema">{}</oor:items>'
)


def read(stream: BinaryIO) -> Document:
    """Read what LibreOffice makes of a text document, or what antiword tells where that has more rows.

    Raises UnreadableFile where neither is installed or none can open the file.
    """
    with _copied(stream) as old:
        told = antiword.read(old)
        try:
            made = _converted(old, "docx")
        except UnreadableFile:
            if told is None:
                raise
            return told
        with made.open("rb") as file:
            document = docx.read(file)
    if told and antiword.rows_in(told) > antiword.rows_in(document):
        return replace(told, notes=(TABLES_LOST, *told.notes))
    if told and told.notes and antiword.rows_in(told) == antiword.rows_in(document):
        return replace(document, notes=(*document.notes, *told.notes))
    return document


def read_workbook(stream: BinaryIO) -> Document:
    """Read what LibreOffice makes of a workbook. Raises UnreadableFile as `read` does."""
    with _copied(stream) as old, _converted(old, "xlsx").open("rb") as made:
        return xlsx.read(made)


def read_calculated(stream: BinaryIO) -> Document:
    """Read an .xlsx; what its formulas come to, where the file does not say, LibreOffice calculates.

    Where it is not installed those cells are empty, which is noted. Raises UnreadableFile as `xlsx.read`.
    """
    if xlsx.find_uncalculated(stream) and is_installed():
        with suppress(UnreadableFile):
            return read_workbook(stream)
        stream.seek(0)
    return xlsx.read(stream)


def is_installed() -> bool:
    """Whether LibreOffice is on the path."""
    return _program() is not None


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


@contextmanager
def _copied(stream: BinaryIO) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="office-") as name:
        old = Path(name) / "old"
        with old.open("wb") as copy:
            shutil.copyfileobj(stream, copy)
        yield old


def _converted(old: Path, suffix: str) -> Path:
    program = _program()
    if program is None:
        raise UnreadableFile(NEEDS_OFFICE)
    folder = old.parent
    _settle(folder / "profile" / "user")
    subprocess.run(
        [*_without_network(), *_command(program, folder, suffix)],
        cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    made = folder / f"old.{suffix}"
    if not made.is_file():
        raise UnreadableFile(BROKEN)
    return made


def _settle(folder: Path) -> None:
    """A profile whose settings forbid macros, links and the network."""
    folder.mkdir(parents=True)
    items = "".join(_ITEM.format(path, name, value) for (path, name), value in _SETTINGS.items())
    (folder / "registrymodifications.xcu").write_text(_REGISTRY.format(items))


def _without_network() -> list[str]:
    """What starts a program in a network of its own, with nothing on it, where the system allows that."""
    unshare = shutil.which("unshare")
    command = [unshare, "--map-root-user", "--net", "--"] if unshare else []
    allowed = command and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    return command if allowed else []


def _command(program: str, folder: Path, suffix: str) -> list[str]:
    """A profile of its own keeps two conversions at once out of each other's way."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    target = ["--convert-to", _FILTERS[suffix], "--outdir", str(folder), str(folder / "old")]
    return [program, "--headless", "--norestore", "--nolockcheck", profile, *target]
