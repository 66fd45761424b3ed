"""Volunteers translate a notice: whose words stand, what is kept, and who confirms."""

from __future__ import annotations

import pytest

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event
from corridor.language.models import Translation, TranslationRequest
from corridor.language.operations.translations import add_translation
from corridor.matching.operations import notices, translations
from tests import make

pytestmark = pytest.mark.django_db

VI = {
    "title": "Cần máy sấy cà phê thóc",
    "text": "Vào mùa mưa cà phê của chúng tôi khô chậm và bị mốc. Cần máy sấy chạy trấu.",
}
OTHER = {
    "title": "Tìm máy sấy cà phê thóc",
    "text": "Mùa mưa, cà phê của chúng tôi lâu khô và bị mốc. Tìm máy sấy đốt bằng trấu.",
}


def test_only_a_published_text_can_be_wished_for():
    notice = make.submitted()
    with pytest.raises(Refused):
        translations.ask(notice, by=make.person(), language="vi")
    assert (TranslationRequest.objects.count(), Event.objects.filter(verb="translation.asked").count()) == (0, 0)


def test_another_member_mends_a_volunteers_translation_and_the_earlier_one_is_kept():
    notice, first, second = make.published(), make.member(), make.member()
    made = translations.translate(notice, by=first, language="vi", texts=VI)
    translations.translate(notice, by=second, language="vi", texts=OTHER, seen=1)
    made.refresh_from_db()
    assert (made.texts, made.translated_by, made.edition, made.former.get().texts) == (OTHER, second, 2, VI)


@pytest.mark.parametrize("seen", [0, 2])
def test_what_somebody_wrote_meanwhile_is_not_written_over(seen):
    notice = make.published()
    made = translations.translate(notice, by=make.member(), language="vi", texts=VI)
    with pytest.raises(Refused):
        translations.translate(notice, by=make.member(), language="vi", texts=OTHER, seen=seen)
    made.refresh_from_db()
    assert (made.texts, made.edition, made.former.count()) == (VI, 1, 0)


def test_a_machines_words_unchanged_are_not_a_persons_translation():
    notice = make.published()
    add_translation(notice, by=None, version=1, language="vi", origin="machine", texts=VI, engine="m")
    with pytest.raises(Refused):
        translations.translate(notice, by=make.member(), language="vi", texts={**VI, "advantages": ""})
    assert Translation.objects.get().origin == "machine"


def test_a_translation_of_an_earlier_version_is_not_confirmed():
    notice = make.published()
    made = translations.translate(notice, by=make.member(), language="vi", texts=VI)
    notices.write(notice, by=notice.author, texts={"text": "Now we look for a mill that runs on husk and sun."})
    notices.submit(notice, by=notice.author)
    notices.publish(notice.latest, by=make.officer("LA"))
    with pytest.raises(Refused):
        translations.confirm(made, by=make.member(), edition=1)
    made.refresh_from_db()
    assert made.reviewed_by is None


def test_a_second_member_confirms():
    made = translations.translate(make.published(), by=make.member(), language="vi", texts=VI)
    second = make.member()
    translations.confirm(made, by=second, edition=1)
    made.refresh_from_db()
    assert made.reviewed_by == second
