"""A process of the site reads what questions need before somebody waits for it, and goes on where it cannot."""

import pytest

from corridor.language.operations import lexicon, questions, ready
from tests import hashing

pytestmark = pytest.mark.django_db(transaction=True)


def test_model_and_lexicon_are_read_before_the_first_question(monkeypatch):
    model = hashing.HashingEmbedder()
    hashing.use(monkeypatch, model)
    lexicon.forget()
    ready.get_ready()
    assert model.read == ["rice"]
    assert "lexicon" in lexicon._known
    before = list(model.read)
    questions.ask("rice")
    assert model.read == before


def test_a_database_that_is_away_stops_nothing(monkeypatch, caplog):
    caplog.set_level("INFO", logger="corridor.language.operations.ready")

    def away(*args, **kwargs):
        raise OSError("the database is away")

    monkeypatch.setattr(questions, "ask", away)
    ready.get_ready()
    assert "nothing could be made ready" in caplog.text


def test_it_happens_in_the_background_and_does_not_hold_the_process(monkeypatch):
    monkeypatch.setattr("threading.Timer.start", lambda timer: None)
    timer = ready.get_ready_soon()
    assert timer.daemon
    assert timer.interval == ready.QUIET_SECONDS
