"""Settings: where they come from, what is refused, and what never leaves the instance folder."""

import stat

import pytest

from tracker import config
from tracker.config import BadSetting


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path):
    (tmp_path / "settings.toml").write_text('MAIL_PORT = 2525\nSERVICE_NAME = "Theo dõi"\n', encoding="utf-8")
    values = config.load(tmp_path, {"MAIL_PORT": "465"})
    assert (values["MAIL_PORT"], values["SERVICE_NAME"], values["MAIL_TIMEOUT"]) == (465, "Theo dõi", 15)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAIL_PORT", "smtp"),
        ("MAIL_SECURITY", "tls"),
        ("DIGEST_TIME", "25:00"),
        ("SECURE_COOKIES", "perhaps"),
    ],
)
def test_a_bad_value_is_refused_by_its_name(tmp_path, name, value):
    with pytest.raises(BadSetting, match=name):
        config.load(tmp_path, {name: value})


def test_a_setting_that_does_not_exist_is_refused(tmp_path):
    (tmp_path / "settings.toml").write_text("MAIL_PROT = 25\n", encoding="utf-8")
    with pytest.raises(BadSetting, match="MAIL_PROT"):
        config.load(tmp_path, {})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_is_spoken_to_through_psycopg_3(tmp_path, scheme):
    assert config.database_url(f"{scheme}://h/d", tmp_path) == "postgresql+psycopg://h/d"


def test_the_secret_key_is_made_once_and_read_by_its_owner_only(tmp_path):
    key = config.secret_key(tmp_path)
    assert config.secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_the_instance_folder_is_made_on_first_use(tmp_path):
    assert config.instance_folder({"TRACKER_INSTANCE": str(tmp_path / "a" / "b")}).is_dir()
