"""A machine translates what people wish for: what it may be sent, what is kept of it, and what is never lost."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from corridor.directory.models import Country
from corridor.language.models import EngineCall, Passage, Translation, TranslationRequest
from corridor.language.operations import machine
from corridor.matching.models import Notice
from corridor.matching.operations import notices, translations
from tests import make, waiting
from tests.engines import Asked, chat, libre, serving, spoken

pytestmark = pytest.mark.django_db

VI = {
    "title": "Cần máy sấy cà phê thóc",
    "text": "Vào mùa mưa cà phê của chúng tôi khô chậm và bị mốc. Cần máy sấy chạy trấu.",
}
OTHER = {
    "title": "Tìm máy sấy cà phê thóc",
    "text": "Mùa mưa, cà phê của chúng tôi lâu khô và bị mốc. Tìm máy sấy đốt bằng trấu.",
}


@pytest.fixture
def use(settings: Settings) -> Callable[..., None]:
    """Choose an engine."""

    def choose(url: str, kind: str = "libretranslate", **options: Any) -> None:
        chosen = {"engine": kind, "url": url, "model": "m" if kind == "chat" else "", "key": "", "timeout": 5}
        limits = {"monthly_characters": 100_000, "price": 20.0, "currency": "USD"}
        settings.TRANSLATION = {**chosen, **limits, **options}

    return choose


@pytest.fixture
def engine(use: Callable[..., None]) -> Iterator[Asked]:
    """A sound LibreTranslate, which Lao PDR allows texts to be sent to; what it was asked."""
    allow("LA")
    with libre() as (url, asked):
        use(url)
        yield asked


def allow(*homes: str) -> None:
    Country.objects.filter(pk__in=homes).update(allows_machine_translation=True)


def wish(notice: Notice, language: str = "vi") -> None:
    translations.ask(notice, by=make.person(), language=language)


def sent(asked: Asked) -> list[dict[str, Any]]:
    return [body for body in asked if body["path"] != "/languages"]


def outcomes() -> list[str]:
    return list(EngineCall.objects.order_by("created_at").values_list("outcome", flat=True))


# Off, unless an operator and a country want it.


def test_without_an_engine_nothing_is_told_and_nothing_translated():
    notice = make.published()
    wish(notice)
    assert (translations.goes_to_machine(notice), waiting.waiting("matching.translate_wished")) == (False, [])
    assert (translations.translate_wished(), Translation.objects.count(), EngineCall.objects.count()) == (False, 0, 0)


def test_a_country_that_has_not_allowed_it_sends_nothing_out(use):
    with libre() as (url, asked):
        use(url)
        allow("VN")
        wish(make.published())
        assert waiting.waiting("matching.translate_wished") == []
        assert translations.translate_wished() is False
        assert (asked, EngineCall.objects.count(), TranslationRequest.objects.get().state) == ([], 0, "waiting")
        allow("LA")
        translations.translate_wished()
        assert Translation.objects.get().origin == "machine"


@pytest.mark.parametrize("visibility", ["members", "six", "national", "team"])
def test_what_is_not_for_everybody_is_never_sent(engine, visibility):
    notice = make.published(visibility=visibility)
    wish(notice)
    assert (translations.goes_to_machine(notice), translations.translate_wished(), engine) == (False, False, [])


@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn", "suspended", "expired", "fulfilled"])
def test_a_text_that_is_not_published_now_is_never_sent(engine, state):
    notice = make.published()
    wish(notice)
    Notice.objects.filter(pk=notice.pk).update(state=state)
    assert (translations.translate_wished(), engine, EngineCall.objects.count()) == (False, [], 0)


def test_of_a_published_text_its_new_draft_is_not_sent(engine):
    notice = make.published()
    notices.write(notice, by=notice.author, texts={"text": "A secret that is not published yet, of our new dryer."})
    wish(notice)
    translations.translate_wished()
    assert "secret" not in json.dumps(engine)
    assert Translation.objects.get().version == 1


def test_a_text_in_an_eighth_language_is_not_sent(engine):
    wish(make.published(language=""))
    assert (translations.translate_wished(), engine) == (False, [])


def test_a_text_that_nobody_wishes_for_is_not_sent(engine):
    make.published()
    assert (translations.translate_wished(), engine) == (False, [])


# What a machine translates.


def test_a_wish_is_told_to_the_machine_and_done_by_a_job(engine):
    notice = make.published()
    wish(notice)
    wish(notice)
    assert waiting.waiting("matching.translate_wished") == [{}]
    waiting.do_all(but=("matching.index_notice",))
    made = Translation.objects.get()
    assert (made.record_id, made.language, made.origin, made.engine) == (notice.pk, "vi", "machine", "libretranslate")
    assert (set(made.texts), made.translated_by, made.version) == ({"title", "text"}, None, 1)
    call = EngineCall.objects.get()
    assert (call.outcome, call.characters, call.source, call.target) == (
        "taken",
        len(make.TITLE + make.TEXT),
        "en",
        "vi",
    )
    assert call.ended_at >= call.created_at
    assert [body["q"] for body in sent(engine)] == [[make.TITLE, make.TEXT]]


def test_a_machines_translation_is_not_found_and_the_wish_stays_with_the_volunteers(engine):
    notice = make.published()
    wish(notice)
    waiting.do_all()
    assert set(Passage.objects.filter(record_id=notice.pk).values_list("language", flat=True)) == {"en"}
    assert TranslationRequest.objects.get().state == "waiting"
    translations.translate(notice, by=make.member(), language="vi", texts=VI)
    waiting.do_all()
    assert set(Passage.objects.filter(record_id=notice.pk).values_list("language", flat=True)) == {"en", "vi"}
    assert (Translation.objects.get().origin, TranslationRequest.objects.get().state) == ("human", "done")


def test_one_after_another_the_oldest_wish_first_until_none_is_left(engine):
    first, second = make.published(), make.published()
    wish(first, "vi")
    wish(second, "vi")
    wish(first, "th")
    TranslationRequest.objects.filter(language="th").update(created_at=timezone.now() - datetime.timedelta(days=1))
    while translations.translate_wished():
        pass
    rows = Translation.objects.order_by("written_at").values_list("record_id", "language")
    assert list(rows) == [(first.pk, "th"), (first.pk, "vi"), (second.pk, "vi")]


def test_what_a_person_has_translated_is_not_sent(engine):
    notice = make.published()
    wish(notice)
    translations.translate(notice, by=make.member(), language="vi", texts=VI)
    wish(notice)
    assert (translations.translate_wished(), sent(engine)) == (False, [])


def test_a_new_version_is_translated_anew(engine):
    notice = make.published()
    wish(notice)
    translations.translate_wished()
    notices.write(notice, by=notice.author, texts={"text": "Now we look for a mill that runs on husk and on sun."})
    notices.submit(notice, by=notice.author)
    notices.publish(notice.latest, by=make.officer("LA"))
    translations.translate_wished()
    assert sorted(Translation.objects.values_list("version", flat=True)) == [1, 2]


def test_a_person_who_was_faster_than_the_machine_is_not_written_over(use):
    allow("LA")
    notice = make.published()
    wish(notice)

    def while_it_works(body: dict[str, Any], turn: int) -> tuple[int, Any]:
        return 200, spoken({"translations": list(VI.values())})

    with serving(while_it_works) as (url, _):
        use(url, "chat")
        attempt = machine.ask_engine(
            notice, version=1, source="en", target="vi", texts=notice.published.prose, chosen=machine.engine()
        )
        translations.translate(notice, by=make.member(), language="vi", texts=OTHER)
        translations._keep(notice, attempt.call, attempt.texts)
    assert (Translation.objects.get().texts, outcomes()) == (OTHER, ["overtaken"])


def test_a_text_suspended_while_the_machine_worked_gets_no_translation(engine):
    notice = make.published()
    attempt = machine.ask_engine(
        notice, version=1, source="en", target="vi", texts=notice.published.prose, chosen=machine.engine()
    )
    notices.suspend(notice, by=make.officer("LA"), reason="Reported.")
    translations._keep(notice, attempt.call, attempt.texts)
    assert (Translation.objects.count(), outcomes()) == (0, ["overtaken"])


def test_a_chat_is_told_the_lexicons_words(use, known_words):
    allow("LA")
    wish(make.published(title="Dryer wanted", text="We need a dryer for coffee that runs on husk."))
    with chat() as (url, asked):
        use(url, "chat")
        translations.translate_wished()
    assert json.loads(asked[0]["messages"][1]["content"])["terms"] == [
        {"said": "Dryer", "usual": "máy sấy"},
        {"said": "coffee", "usual": "cà phê"},
    ]
    assert Translation.objects.get().engine == "chat/m"


@pytest.fixture
def known_words():
    """Two concepts of the lexicon."""
    from corridor.language.logic.lexicon import Concept, Label, Reading
    from corridor.language.operations import lexicon

    said = {"coffee": [("en", "coffee"), ("vi", "cà phê")], "dryer": [("en", "dryer"), ("vi", "máy sấy")]}
    concepts = {c: Concept(c, (), "4.1", (), "A thing.", tuple(Label(*w) for w in of)) for c, of in said.items()}
    lexicon.take(Reading(concepts, []))
    yield
    lexicon.forget()


# Down, slow, answering nonsense, too dear.


def test_an_engine_that_is_down_is_left_alone_longer_each_time_and_nothing_is_lost(use):
    allow("LA")
    notice = make.published()
    wish(notice)
    with serving(lambda body, turn: (503, {})) as (url, _):
        use(url)
        rests = []
        for _ in range(9):
            assert translations.translate_wished() is False
            silence = machine.silence()
            assert (silence.lasts, silence.why) == (True, "busy")
            rests.append(round((silence.until - timezone.now()).total_seconds() / 60))
            assert translations.translate_wished() is False
            age_calls(minutes=61)
    assert rests == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert (len(outcomes()), set(outcomes()), Translation.objects.count()) == (9, {"busy"}, 0)
    assert TranslationRequest.objects.get().state == "waiting"
    with libre() as (url, _):
        use(url)
        translations.translate_wished()
    assert (Translation.objects.get().record_id, machine.silence()) == (notice.pk, machine.Silence())


def age_calls(**ago: float) -> None:
    for call in EngineCall.objects.all():
        past = datetime.timedelta(**ago)
        EngineCall.objects.filter(pk=call.pk).update(created_at=call.created_at - past, ended_at=call.ended_at - past)


def test_the_periodic_job_begins_again_when_the_engine_is_back(engine):
    wish(make.published())
    waiting.do_all(but=("matching.translate_wished",))
    from procrastinate.contrib.django import app

    app.tasks["matching.translate_late"](timestamp=0)
    assert "matching.translate_wished" in waiting.do_all()
    assert Translation.objects.count() == 1


NONSENSE = [
    (["", ""], "empty"),
    ([make.TITLE, make.TEXT], "identical"),
    (["<b>Cần máy sấy cà phê thóc</b>", VI["text"]], "markup"),
    ([VI["title"], VI["text"] + "\u202e"], "control"),
    ([VI["title"], VI["text"] + " https://evil.example"], "link"),
    ([VI["title"], "Không"], "length"),
    ([VI["title"]], "count"),
    (["ນ້ຳ" * 9, "ນ້ຳ" * 30], "script"),
]


@pytest.mark.parametrize(("said", "outcome"), NONSENSE, ids=[outcome for _, outcome in NONSENSE])
def test_nonsense_is_counted_with_its_reason_tried_three_times_and_never_kept(use, said, outcome):
    allow("LA")
    wish(make.published())
    with serving(lambda body, _: (200, spoken({"translations": said}))) as (url, asked):
        use(url, "chat")
        for _ in range(9):
            translations.translate_wished()
    assert (Translation.objects.count(), outcomes(), len(asked)) == (0, [outcome] * 3, 3)
    assert TranslationRequest.objects.get().state == "waiting"
    assert [(str(kind), times) for kind, times in machine.failures_of_month()] == [(outcome, 3)]


def test_one_bad_text_does_not_hold_up_the_others(use):
    allow("LA")
    bad, good = make.published(title="Poison for the engine, a dryer"), make.published()

    def answer(body: dict[str, Any], turn: int) -> tuple[int, Any]:
        is_bad = "Poison" in body["messages"][1]["content"]
        return (500, {}) if is_bad else (200, spoken({"translations": list(VI.values())}))

    wish(bad)
    wish(good)
    with serving(answer) as (url, _):
        use(url, "chat")
        for _ in range(3):
            translations.translate_wished()
            age_calls(minutes=61)
    assert Translation.objects.get().record_id == good.pk
    assert outcomes() == ["busy", "taken", "busy"]


def test_a_language_that_the_engine_does_not_have_stays_with_the_volunteers(use):
    allow("LA")
    wish(make.published(), "lo")
    with libre(languages=("en", "vi")) as (url, asked):
        use(url)
        for _ in range(5):
            translations.translate_wished()
    assert (outcomes(), sent(asked), machine.characters_used()) == (["pair"] * 3, [], 0)


def test_the_months_characters_are_a_limit_and_the_rest_waits_for_the_next_month(engine, settings):
    settings.TRANSLATION = {**settings.TRANSLATION, "monthly_characters": 200}
    for _ in range(2):
        wish(make.published())
    while translations.translate_wished():
        pass
    assert (Translation.objects.count(), len(sent(engine))) == (1, 1)
    used = len(make.TITLE + make.TEXT)
    assert (machine.characters_used(), machine.characters_left()) == (used, 200 - used)
    age_calls(days=32)
    translations.translate_wished()
    assert Translation.objects.count() == 2
    assert [(month.asked, month.answered, month.characters) for month in machine.months()] == [(1, 1, used)] * 2
    assert machine.months()[0].cost == pytest.approx(used * 20 / 1_000_000)


def test_a_call_whose_process_died_still_counts_as_spent(engine):
    notice = make.published()
    facts = {"source": "en", "target": "vi", "version": 1, "engine": "libretranslate", "kind": "notice"}
    EngineCall.objects.create(record_id=notice.pk, characters=500, **facts)
    assert (machine.characters_used(), machine.silence().lasts) == (500, False)


def test_no_call_keeps_a_text(engine):
    wish(make.published())
    translations.translate_wished()
    (row,) = EngineCall.objects.values()
    assert make.TITLE not in str(row)
