"""`tracker user`: accounts and what they are granted."""

import click

from tracker import clock
from tracker.cli import door
from tracker.db import db
from tracker.models import Role, Unit, User
from tracker.services import accounts, units
from tracker.services.refusals import Refused


@click.group()
def user() -> None:
    """Add people, set passwords, grant roles."""


@user.command()
@click.argument("username")
@click.option("--name", required=True, help="Full name.")
@click.option("--email", help="Where letters go.")
@click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when left out."
)
@click.option("--admin", is_flag=True, help="May keep accounts, settings and days off.")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="A role in --unit.")
@click.option("--unit", "unit_name", help="The unit of the role; made when it is the very first one.")
def add(
    username: str,
    name: str,
    email: str | None,
    password: str,
    admin: bool,
    role: str | None,
    unit_name: str | None,
) -> None:
    """Add a person who can log in.

    Example: tracker user add hoa --name "Trần Thị Hoa" --admin --unit "UBND xã Suối Mây"
    """
    given = Role.ADMINISTRATOR if admin else Role(role) if role else None
    if given is not None and not unit_name:
        raise click.UsageError("--admin and --role need --unit")
    with door.opened():
        now = clock.now()
        person = accounts.add_user(username, name, email=email, password=password, actor=None, now=now)
        if given is not None and unit_name:
            accounts.grant(person, given, _unit(unit_name), actor=None, now=now)
        click.echo(f"Đã thêm tài khoản {person.username}.")


def _unit(name: str) -> Unit:
    """The unit of that name; the first unit of an empty house is made."""
    if db.session.query(Unit).first() is None:
        return units.add_unit(name, parent=None, actor=None, now=clock.now())
    return units.unit_named(name)


@user.command()
@click.argument("username")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--unit", "unit_name", required=True, help="The role covers this unit and those below it.")
def grant(username: str, role: str, unit_name: str) -> None:
    """Give a person a role in a unit and those below it.

    Example: tracker user grant chi --role monitor --unit "UBND xã Suối Mây"
    """
    with door.opened():
        person = door.person(username)
        accounts.grant(person, Role(role), units.unit_named(unit_name), actor=None, now=clock.now())
        click.echo(f"Đã cấp quyền cho {person.username}.")


@user.command()
@click.argument("username")
@click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when left out."
)
def password(username: str, password: str) -> None:
    """Set a person's password and end their sessions.

    Example: tracker user password chi
    """
    with door.opened():
        accounts.set_password(door.person(username), password, actor=None, now=clock.now())
        click.echo("Đã đặt mật khẩu mới.")


@user.command()
@click.argument("username")
def lock(username: str) -> None:
    """Lock an account: no log-in, no feed, sessions end.

    Example: tracker user lock chi
    """
    with door.opened():
        person = door.person(username)
        if not person.active:
            raise Refused(f"Tài khoản {person.username} đã khóa từ trước.")
        accounts.change_user(
            person, name=person.name, email=person.email, active=False, actor=None, now=clock.now()
        )
        click.echo(f"Đã khóa tài khoản {person.username}.")


@user.command("list")
def list_() -> None:
    """List accounts, one a line: name for log-in, full name, address, roles.

    Example: tracker user list
    """
    with door.opened():
        for person in db.session.query(User).order_by(User.username):
            roles = "; ".join(f"{held.role} @ {held.unit.name}" for held in person.grants)
            click.echo("\t".join([person.username, person.name, person.email or "", roles]))
