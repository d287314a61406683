"""What each page costs over a province with a country's crowd: processor milliseconds and queries.

    .venv/bin/python tests/benchmarks/bench_every_page.py [part of an address ...]

The median of three, after a first one, database included; what takes longer than LONG is marked.
"""

import gc
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import crowd
import province
import time_machine
from flask import Flask
from province import BUSY, NOW, TODAY
from sqlalchemy import event, select

from tracker.db import db
from tracker.models import User
from tracker.services import cells

TURNS, LONG = 3, 150  # times a page is opened, and milliseconds that are too many
MANY_OF = f"/plans/{province.PLANS + 1}"
STANDING = f"/plans/{province.PLANS + 2}"

PAGES = {
    "chuyên viên": (
        "/assignments/",
        "/assignments/?part=all&group=overdue",
        "/assignments/?part=coordinating",
        "/assignments/?q=tap+huan",
        "/assignments/?q=zzz",
        f"/assignments/{crowd.TALKED_OF}/",
        "/assignments/2/",
        "/assignments/2/submit",
        "/assignments/2/extension",
        "/account/",
        "/feeds/",
        "/feeds/new",
        "/guide/",
        "/indicators/",
        "/indicators/targets/21",
        f"/standing/{province.PLANS + 2}/{BUSY}/2026-06-30",
        f"/plans/{province.PLANS + 1}",
        "/plans/",
        "/search/?q=tap+huan+ky+nang",
    ),
    "thủ trưởng": ("/assignments/people", "/assignments/", "/"),
    "đầu mối": (
        "/assignments/",
        "/assignments/?q=tap+huan",
        "/assignments/?q=zzz",
        "/assignments/?group=later&page=900",
        "/assignments/?group=overdue",
        f"/assignments/{crowd.TALKED_OF}/",
        f"/indicators/plans/{province.PLANS + 1}",
        "/indicators/",
        "/indicators/1",
        "/assignments/2/manage/correct",
        "/assignments/2/manage/reassign",
        "/assignments/2/manage/cancel",
        "/plans/",
        "/plans/?q=zzz",
        "/plans/1",
        MANY_OF,
        f"{MANY_OF}?progress=overdue",
        f"{MANY_OF}/details",
        f"{MANY_OF}/reminders",
        f"{MANY_OF}/tasks/{province.TASKS + 1}",
        f"{MANY_OF}/tasks/new",
        STANDING,
        "/reviewing/51",
        f"/units/{BUSY}/end/",
        f"/units/{BUSY}/end/heirs?last_on=17/6/2026&reason=12/NQ&successors=8",
        "/search/?q=tap+huan+ky+nang",
        "/units/",
        f"/units/{BUSY}",
        "/users/",
    ),
    "lãnh đạo": (
        "/board/",
        "/board/?sides=overdue&q=zzz",
        "/board/?plan=1001",
        "/board/?unit=2",
        "/board/overdue",
        "/board/overdue?q=zzz",
        "/board/overdue?q=tap+huan",
        "/board/rows",
        "/board/rows?sides=overdue",
        "/reports/",
        "/reports/?plan=1001",
        "/reports/freeze",
        "/reports/meeting",
        "/reports/urging",
        "/assignments/",
        "/plans/",
        "/",
    ),
    "quản trị": (
        "/letters/",
        "/letters/?state=dead",
        "/letters/?state=sending",
        "/letters/?page=900",
        "/letters/100",
        "/log/",
        "/log/?q=zzz",
        "/log/?page=900",
        "/settings/",
        "/units/",
        "/units/?q=suoi",
        f"/units/{BUSY}",
        "/units/1",
        "/units/new",
        "/units/groups/new",
        "/units/groups/1",
        "/users/",
        "/users/?q=nguyen",
        "/users/?page=90",
        "/users/7",
        "/users/new",
        "/guide/",
    ),
}


def open_all(app: Flask, parts: list[str]) -> None:
    """Open the pages, those whose address has one of the parts, and print what each took."""
    sent: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _u, statement, *_: sent.append(statement))
    for name, addresses in PAGES.items():
        user = db.session.scalars(select(User).where(User.name == name)).one()
        browser = province.browser_of(app, user)
        for address in addresses:
            if parts and not any(part in address for part in parts):
                continue
            took = []
            for turn in range(TURNS + 1):
                sent.clear()
                started = time.process_time()
                answer = browser.get(address)
                if turn:
                    took.append((time.process_time() - started) * 1000)
            spent = median(took)
            mark = "  <- long" if spent > LONG else ""
            print(
                f"{name:12} {answer.status_code} {spent:8.1f} ms {len(sent):4} queries"
                f" {len(answer.data) // 1024:6} KB  {address}{mark}",
                flush=True,
            )


def main(parts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, time_machine.travel(NOW):
        app = province.create(Path(folder))
        with app.app_context():
            province.fill()
            crowd.add()
            while cells.refresh(TODAY):
                db.session.commit()
            gc.collect()
            gc.freeze()
            open_all(app, parts)
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1:])
