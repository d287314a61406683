"""`tracker forecast`: which letters a plan will send."""

import click

from tracker import clock
from tracker.cli import door
from tracker.services import days_off, forecasting
from tracker.words import date_words


@click.command()
@click.argument("plan")
def forecast(plan: str) -> None:
    """Print which letters PLAN (its number) will send, to whom and when, if everything stays as it is.

    One tab-separated line a thing: day, recipient, why, what, its last day.

    Example: tracker forecast 41/KH-UBND
    """
    with door.opened() as app:
        roll = days_off.calendar() if app.config["ROLL_DUE_DATES"] else None
        for letter in forecasting.forecast(door.plan(plan), today=clock.today(), roll=roll):
            for thing in letter.things:
                last_day = date_words(thing.due_on) if thing.due_on else ""
                said = (date_words(letter.day), letter.recipient, thing.why, thing.title, last_day)
                click.echo("\t".join(" ".join(word.split()) for word in said))
