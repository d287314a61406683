"""`tracker demo`: a made-up commune to try the service on."""

import os
import shutil
from pathlib import Path

import click
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from tracker import clock, config, mailer
from tracker.app import create_app
from tracker.cli.serving import run_together
from tracker.db import db
from tracker.demo import commune, story
from tracker.demo.story import Teller
from tracker.grants import reach_of
from tracker.models import FeedScope, Unit
from tracker.services import feeding, gathering, posting, reminding
from tracker.services.feeding import Subject
from tracker.services.letterhead import letterhead_of

FEED_TOKEN = "feed-token"  # the file that keeps it: the demo prints the same address every time


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=5000, show_default=True)
@click.option("--reset", is_flag=True, help="Begin anew; what was done in the demo is deleted.")
def demo(host: str, port: int, reset: bool) -> None:
    """Run a filled example: a made-up commune, two plans, letters caught to files. Ctrl-C stops it.

    Example: tracker demo --port 8000
    """
    folder = config.instance_folder(os.environ) / "demo"
    if reset:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    address = f"http://{host}:{port}"
    _choose_settings(folder, address)
    _fill(folder)
    _introduce(folder, address)
    run_together(["web", "--host", host, "--port", str(port), "--workers", "1"], ["scheduler"])


def _choose_settings(folder: Path, address: str) -> None:
    """The settings of the demo, for this process and those it starts; all others are put aside."""
    for setting in config.SETTINGS:
        os.environ.pop(setting.name, None)
    os.environ.update(
        TRACKER_INSTANCE=str(folder),
        DEMO="on",
        SECURE_COOKIES="off",
        BASE_URL=address,
        AUTHORITY_NAME=commune.COMMUNE,
        MAIL_FROM="nhacviec@suoimay.example",
        MAIL_CATCH_FOLDER=str(folder / "letters"),
    )


def _fill(folder: Path) -> None:
    """Bring the database up and, the first time, let the story happen in it."""
    app = create_app(instance=folder)
    with app.app_context():
        upgrade()
        if db.session.scalars(select(Unit.id).limit(1)).first() is None:
            click.echo("Đang dựng xã Suối Mây và hai kế hoạch mẫu, mất vài giây.", err=True)
            _settle(app, folder)
            db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _settle(app: Flask, folder: Path) -> None:
    today = clock.today()
    settled = commune.settle(story.moment(today, story.BEGINNING))
    teller = Teller(settled, app.extensions["file_store"], today)
    story.tell(teller)
    reach = reach_of(settled.people["hanh"])
    subject = Subject(FeedScope.UNIT, unit=settled.units["Phòng Kinh tế"])
    _, token = feeding.create_feed(reach, "Lịch Phòng Kinh tế", subject, now=clock.now())
    (folder / FEED_TOKEN).write_text(token, encoding="ascii")
    _write_letters(app, teller)


def _write_letters(app: Flask, teller: Teller) -> None:
    """The letters of the last working day, so that there are some to read at once."""
    morning = teller.last_working_morning(clock.now())
    reminding.run(now=morning)
    letterhead = letterhead_of(app.config)
    while gathering.gather_digests(letterhead, now=morning):
        db.session.commit()
    with mailer.mailer_for(app.config) as out:
        posting.deliver(out.send, letterhead, clock=clock.now)


def _introduce(folder: Path, address: str) -> None:
    """Say where the site is, who can log in, and one calendar address."""
    token = (folder / FEED_TOKEN).read_text(encoding="ascii")
    click.echo(f"\nBản dùng thử: {address}\n\nTài khoản (mật khẩu của mọi tài khoản: {commune.PASSWORD})")
    for username, name, known_as, held in commune.PEOPLE:
        click.echo(f"  {username:<8} {name}, {known_as}, {held[0][1]}")
    click.echo(f"\nThư được giữ lại ở {address}/caught-letters/")
    click.echo(f"Lịch của Phòng Kinh tế: {address}/feeds/{token}.ics")
    click.echo("\nBấm Ctrl-C để dừng. Làm lại từ đầu: tracker demo --reset\n")
