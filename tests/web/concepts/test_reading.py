"""Browsing the lexicon, one concept, the file to keep, and suggestions while typing."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.language.logic import skos
from corridor.language.logic.lexicon import Concept, Label, Reading
from corridor.language.operations import lexicon
from corridor.matching.operations.indexing import follow
from tests import make
from tests.hashing import HashingEmbedder, model  # noqa: F401 - a fixture
from tests.web.concepts.conftest import TEXTS

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_read_in_every_language_and_name_concepts_in_it(as_: As, language: str) -> None:
    client = as_(None, language)
    client.cookies["django_language"] = language
    for url in (reverse("concepts"), reverse("concept", args=["coffee"])):
        page = client.get(url)
        assert (page.status_code, TEXTS[language] in page.content.decode()) == (200, True)


def test_a_word_of_any_language_finds_its_concept(as_: As) -> None:
    text = as_().get(reverse("concepts"), {"q": "ກາ"}).content.decode()
    assert ("A drink and its beans." in text, "What is grown." in text) == (True, False)
    assert "The lexicon has no such word yet" in as_().get(reverse("concepts"), {"q": "zzz"}).content.decode()


def test_a_theme_narrows_the_list(as_: As) -> None:
    text = as_().get(reverse("concepts"), {"theme": "green"}).content.decode()
    assert ("A drink and its beans." in text, "What is grown." in text) == (False, True)


def test_a_concept_shows_all_seven_with_what_is_unsure_and_its_neighbours(as_: As) -> None:
    text = as_().get(reverse("concept", args=["crop"])).content.decode()
    assert text.count("probable") == 7
    assert f'href="{reverse("concept", args=["coffee"])}"' in text
    assert '<span lang="lo" dir="auto" class="usual">ພືດ</span>' in text


def test_an_unknown_concept_is_not_there(as_: As) -> None:
    assert as_().get(reverse("concept", args=["no-such-thing"])).status_code == 404


def test_visitors_get_no_form(as_: As) -> None:
    assert (
        "<form"
        not in as_().get(reverse("concept", args=["coffee"])).content.decode().split("<main")[1].split("</main")[0]
    )


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, url = as_(), reverse("concepts")
    with django_assert_num_queries(3):
        client.get(url)
    more = [
        Concept(f"word-{i}", (), "1.7", (), "A word.", tuple(Label(c, f"{t}{t * i}"[:90]) for c, t in TEXTS.items()))
        for i in range(1, 13)
    ]
    lexicon.take(Reading({concept.code: concept for concept in more}, []))
    with django_assert_num_queries(3):
        client.get(url)


def test_the_file_to_keep_is_skos_of_everything(as_: As) -> None:
    response = as_().get(reverse("lexicon-turtle"))
    assert response["Content-Type"] == "text/turtle; charset=utf-8"
    assert set(skos.read(response.content.decode()).concepts) == {"coffee", "crop"}


def test_suggestions_begin_as_what_is_typed(as_: As) -> None:
    suggested = as_().get(reverse("concept-suggestions"), {"q": "co"}).content.decode()
    assert suggested.strip() == '<option value="coffee" lang="en"></option>'
    for nothing in ("", "c", "zzz", "\0", "<script>"):
        assert as_().get(reverse("concept-suggestions"), {"q": nothing}).content.decode().strip() == ""


def test_search_by_a_concept_finds_what_speaks_of_it_and_says_so(as_: As, model: HashingEmbedder) -> None:  # noqa: F811
    notice = make.published(
        title="ພວກເຮົາປູກກາເຟ", text="ກາເຟຂອງພວກເຮົາແຫ້ງຊ້າໃນລະດູຝົນ ແລະ ຂຶ້ນເຫັດເລື້ອຍໆ. ພວກເຮົາຊອກຫາວິທີທີ່ດີກວ່າ.", language="lo"
    )
    other = make.published(
        title="We mill rice", text="Our mill is old and needs a new motor before the next harvest begins."
    )
    follow(str(notice.pk))
    follow(str(other.pk))
    text = as_().get(reverse("search"), {"concept": "coffee"}).content.decode()
    assert ("ພວກເຮົາປູກກາເຟ" in text, "We mill rice" in text, "Both speak of: coffee" in text) == (True, False, True)
    assert as_().get(reverse("search"), {"concept": "No Such'"}).status_code == 200
