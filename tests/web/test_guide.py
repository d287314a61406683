"""The guide is there for everyone who is logged in."""


def test_everyone_who_is_logged_in_finds_the_guide(cast, log_in, session):
    session.commit()
    assert "Trước ngày 30/6/2026" in log_in(cast.giang).get("/guide/").text


def test_nobody_else_does(app):
    assert app.test_client().get("/guide/").status_code == 302
