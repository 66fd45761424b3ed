"""Asking for translations and writing them."""

import pytest

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event
from corridor.language.models import Translation, TranslationRequest
from corridor.language.operations.translations import (
    MENDED_MEANWHILE,
    add_translation,
    ask_translation,
    confirm_translation,
    translations_of,
    wanted,
)
from corridor.language.states import Origin
from tests import make

pytestmark = pytest.mark.django_db
TEXTS = {"title": "Máy sấy", "text": "Chúng tôi cần máy sấy."}


@pytest.fixture
def notice():
    """A published notice in English."""
    return make.published()


def test_the_same_wish_of_the_same_person_counts_once(notice):
    person = make.person()
    for _ in range(3):
        ask_translation(notice, by=person, original="en", language="vi")
    ask_translation(notice, by=make.person(), original="en", language="vi")
    assert TranslationRequest.objects.count() == 2
    assert Event.objects.filter(verb="translation.asked").count() == 2
    assert list(wanted("notice", ["vi"])) == [{"record_id": notice.pk, "language": "vi", "people": 2}]


@pytest.mark.parametrize("language", ["en", "fr", ""])
def test_a_text_is_not_asked_for_in_its_own_language_or_an_eighth(notice, language):
    with pytest.raises(Refused):
        ask_translation(notice, by=make.person(), original="en", language=language)
    assert (TranslationRequest.objects.count(), Event.objects.filter(verb="translation.asked").count()) == (0, 0)


def test_what_is_wanted_most_comes_first_in_the_languages_one_knows(notice):
    other = make.published()
    for record, language, times in ((notice, "th", 1), (other, "th", 3), (notice, "my", 5)):
        for _ in range(times):
            ask_translation(record, by=make.person(), original="en", language=language)
    rows = [(row["record_id"], row["people"]) for row in wanted("notice", ["th", "vi"])]
    assert rows == [(other.pk, 3), (notice.pk, 1)]


def test_a_member_translates_and_the_wish_is_done(notice):
    member = make.member(home="VN")
    ask_translation(notice, by=make.person(), original="en", language="vi")
    made = add_translation(notice, by=member, version=1, language="vi", origin=Origin.HUMAN, texts=TEXTS)
    assert (made.texts, made.translated_by, made.origin, made.version) == (TEXTS, member, "human", 1)
    assert TranslationRequest.objects.get().state == "done"
    assert list(wanted("notice", ["vi"])) == []
    event = Event.objects.get(verb="translation.added")
    assert event.facts == {"language": "vi", "origin": "human", "version": 1, "edition": 1}


def test_somebody_whom_nobody_confirmed_translates_nothing(notice):
    ask_translation(notice, by=make.person(), original="en", language="vi")
    with pytest.raises(Refused):
        add_translation(notice, by=make.person(), version=1, language="vi", origin=Origin.HUMAN, texts=TEXTS)
    assert (Translation.objects.count(), TranslationRequest.objects.get().state) == (0, "waiting")


def test_a_wish_said_again_after_it_was_done_waits_again(notice):
    person = make.person()
    ask_translation(notice, by=person, original="en", language="vi")
    add_translation(notice, by=make.member(), version=1, language="vi", origin=Origin.HUMAN, texts=TEXTS)
    ask_translation(notice, by=person, original="en", language="vi")
    assert TranslationRequest.objects.get().state == "waiting"
    assert Event.objects.filter(verb="translation.asked").count() == 2


def test_a_mended_translation_is_the_next_edition_and_the_one_before_is_kept_with_its_confirmation(notice):
    member, mender, reviewer = make.member(), make.member(), make.member()
    made = add_translation(notice, by=member, version=1, language="vi", origin=Origin.HUMAN, texts=TEXTS)
    confirm_translation(made, of=notice, by=reviewer, edition=1)
    add_translation(notice, by=mender, version=1, language="vi", origin=Origin.HUMAN, texts={"title": "Khác"})
    now = Translation.objects.get()
    assert (now.texts, now.edition, now.translated_by, now.reviewed_by) == ({"title": "Khác"}, 2, mender, None)
    before = now.former.get()
    assert (before.texts, before.edition, before.translated_by, before.reviewed_by) == (TEXTS, 1, member, reviewer)
    assert before.written_at < now.written_at
    assert Event.objects.filter(verb="translation.added").last().facts["edition"] == 2


def test_the_same_words_again_are_no_new_edition_and_nobody_elses(notice):
    member = make.member()
    for by in (member, make.member()):
        add_translation(notice, by=by, version=1, language="vi", origin=Origin.HUMAN, texts=TEXTS)
    kept = Translation.objects.get()
    assert (kept.edition, kept.translated_by, kept.former.count()) == (1, member, 0)
    assert Event.objects.filter(verb="translation.added").count() == 1


def test_a_machines_translation_leaves_the_wish_to_the_volunteers(notice):
    ask_translation(notice, by=make.person(), original="en", language="vi")
    made = add_translation(notice, by=None, version=1, language="vi", origin=Origin.MACHINE, texts=TEXTS, engine="m")
    assert (made.engine, made.translated_by, TranslationRequest.objects.get().state) == ("m", None, "waiting")


@pytest.mark.parametrize("origin", [Origin.HUMAN, Origin.AUTHOR])
def test_a_persons_translation_takes_the_place_of_a_machines_of_that_version_and_language(notice, origin):
    for language, version in (("vi", 1), ("vi", 2), ("th", 1)):
        add_translation(notice, by=None, version=version, language=language, origin=Origin.MACHINE, texts=TEXTS)
    add_translation(notice, by=make.member(), version=1, language="vi", origin=origin, texts={"title": "Máy"})
    rows = Translation.objects.values_list("language", "version", "origin")
    assert set(rows) == {("vi", 1, origin), ("vi", 2, "machine"), ("th", 1, "machine")}


def test_the_authors_and_a_volunteers_stand_beside_each_other_the_authors_first(notice):
    for origin in (Origin.HUMAN, Origin.AUTHOR):
        add_translation(notice, by=make.member(), version=1, language="vi", origin=origin, texts=TEXTS)
    add_translation(notice, by=make.member(), version=2, language="vi", origin=Origin.HUMAN, texts=TEXTS)
    assert [row.origin for row in translations_of("notice", notice.pk, 1)] == ["author", "human"]
    assert [row.origin for row in translations_of("notice", notice.pk, 2)] == ["human"]


@pytest.mark.parametrize("origin", [Origin.HUMAN, Origin.MACHINE])
def test_a_second_member_confirms_what_a_volunteer_or_a_machine_translated(notice, origin):
    translator = make.member() if origin == Origin.HUMAN else None
    made = add_translation(notice, by=translator, version=1, language="vi", origin=origin, texts=TEXTS)
    second = make.member()
    confirm_translation(made, of=notice, by=second, edition=1)
    made.refresh_from_db()
    assert (made.reviewed_by, made.reviewed_at is not None) == (second, True)
    event = Event.objects.get(verb="translation.confirmed")
    assert (event.by_id, event.facts["edition"], event.facts["language"]) == (second.pk, 1, "vi")


def test_nobody_else_confirms_and_nothing_twice(notice):
    translator, second = make.member(), make.member()
    made = add_translation(notice, by=translator, version=1, language="vi", origin=Origin.HUMAN, texts=TEXTS)
    own = add_translation(notice, by=notice.author, version=1, language="th", origin=Origin.AUTHOR, texts=TEXTS)

    def reasons(translation, who, edition=1):
        with pytest.raises(Refused) as told:
            confirm_translation(translation, of=notice, by=who, edition=edition)
        return [str(reason) for reason in told.value.reasons]

    assert reasons(made, translator) == ["Somebody else must confirm what you translated."]
    assert reasons(made, make.person()) == ["Only confirmed members can translate."]
    assert reasons(made, make.operator()) == ["Only confirmed members can translate."]
    assert reasons(own, second) == ["The author's own translation needs nobody to confirm it."]
    assert reasons(made, second, 2) == [str(MENDED_MEANWHILE)]
    assert Event.objects.filter(verb="translation.confirmed").count() == 0
    confirm_translation(made, of=notice, by=second, edition=1)
    assert reasons(made, make.member()) == ["This translation has been confirmed already."]
    made.refresh_from_db()
    assert (made.reviewed_by, Event.objects.filter(verb="translation.confirmed").count()) == (second, 1)


def test_whoever_asks_for_very_much_goes_on_tomorrow(notice, monkeypatch):
    monkeypatch.setattr("corridor.language.rules.MOST_ASKED_IN_A_DAY", 2)
    person = make.person()
    for language in ("vi", "th"):
        ask_translation(notice, by=person, original="en", language=language)
    with pytest.raises(Refused):
        ask_translation(notice, by=person, original="en", language="lo")
    ask_translation(notice, by=make.person(), original="en", language="lo")
    assert TranslationRequest.objects.count() == 3


def test_translations_are_tidied_and_empty_fields_left_out(notice):
    texts = {"title": "  Máy sấy ", "text": "", "advantages": "a\0b"}
    made = add_translation(notice, by=None, version=1, language="vi", origin=Origin.MACHINE, texts=texts)
    assert set(made.texts) == {"title", "advantages"}
    assert "\0" not in made.texts["advantages"]
