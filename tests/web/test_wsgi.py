"""A process of the site reads what questions need before somebody waits for it, and goes on where it cannot."""

import pytest

from corridor.language.operations import lexicon, questions
from tests import hashing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wsgi(monkeypatch):
    monkeypatch.setattr("threading.Timer.start", lambda timer: None)
    from corridor.web import wsgi

    return wsgi


def test_model_and_lexicon_are_read_before_the_first_question(wsgi, monkeypatch):
    model = hashing.HashingEmbedder()
    hashing.use(monkeypatch, model)
    lexicon.forget()
    wsgi.get_ready()
    assert model.read == ["rice"]
    assert "lexicon" in lexicon._known
    before = list(model.read)
    questions.ask("rice")
    assert model.read == before


def test_a_database_that_is_away_stops_nothing(wsgi, monkeypatch, caplog):
    caplog.set_level("INFO", logger="corridor.web.wsgi")

    def away(*args, **kwargs):
        raise OSError("the database is away")

    monkeypatch.setattr(questions, "ask", away)
    wsgi.get_ready()
    assert "nothing could be made ready" in caplog.text


def test_it_happens_in_the_background_and_does_not_hold_the_process(wsgi):
    timer = wsgi.get_ready_soon()
    assert timer.daemon
    assert timer.interval == wsgi.QUIET_SECONDS
