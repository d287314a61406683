"""How a command says no."""

from typing import IO, Any

import click


class Refusal(click.ClickException):
    """A command that could not do its work: one clear sentence on standard error, exit code 1."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=True)
