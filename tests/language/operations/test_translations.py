"""Asking for translations and writing them."""

import pytest

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event
from corridor.language.models import Translation, TranslationRequest
from corridor.language.operations.translations import add_translation, ask_translation, translations_of, wanted
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
    assert event.facts == {"language": "vi", "origin": "human", "version": 1}


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


def test_a_better_translation_of_the_same_origin_replaces_the_earlier_one_and_its_review(notice):
    member, reviewer = make.member(), make.member()
    made = add_translation(notice, by=member, version=1, language="vi", origin=Origin.HUMAN, texts=TEXTS)
    Translation.objects.filter(pk=made.pk).update(reviewed_by=reviewer, reviewed_at=make.timezone.now())
    add_translation(notice, by=member, version=1, language="vi", origin=Origin.HUMAN, texts={"title": "Khác"})
    kept = Translation.objects.get()
    assert (kept.texts, kept.reviewed_by, kept.reviewed_at) == ({"title": "Khác"}, None, None)


def test_translations_of_different_origin_stand_beside_each_other_the_authors_first(notice):
    for origin in (Origin.MACHINE, Origin.HUMAN, Origin.AUTHOR):
        by = None if origin == Origin.MACHINE else make.member()
        add_translation(notice, by=by, version=1, language="vi", origin=origin, texts=TEXTS, engine="m" * 9)
    add_translation(notice, by=make.member(), version=2, language="vi", origin=Origin.HUMAN, texts=TEXTS)
    assert [row.origin for row in translations_of("notice", notice.pk, 1)] == ["author", "human", "machine"]
    assert [row.origin for row in translations_of("notice", notice.pk, 2)] == ["human"]


def test_translations_are_tidied_and_empty_fields_left_out(notice):
    texts = {"title": "  Máy sấy ", "text": "", "advantages": "a\0b"}
    made = add_translation(notice, by=None, version=1, language="vi", origin=Origin.MACHINE, texts=texts)
    assert set(made.texts) == {"title", "advantages"}
    assert "\0" not in made.texts["advantages"]
