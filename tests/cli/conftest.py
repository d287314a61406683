import shutil

import pytest
from click.testing import CliRunner

from tracker.cli import main


@pytest.fixture
def instance(tmp_path, monkeypatch):
    """The folder of an instance that nothing was made in yet."""
    folder = tmp_path / "instance"
    monkeypatch.setenv("TRACKER_INSTANCE", str(folder))
    return folder


@pytest.fixture
def upgraded(migrated, instance):
    """The instance as `tracker db upgrade` leaves it, without the time that takes."""
    shutil.copytree(migrated, instance)
    return instance


@pytest.fixture
def tracker(instance):
    """Run a command in the instance; what it printed comes back."""

    def run(*arguments, exit_code=0):
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert result.exit_code == exit_code, result.output
        return result.output

    return run
