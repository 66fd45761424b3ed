"""The desk of those who review terms."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.kernel.models import User
from corridor.kernel.operations import grant
from corridor.kernel.states import Office, Scope
from corridor.language.models import Term, TermReview
from tests import make

As = Callable[..., Client]


def terminologist(home: str = "LA") -> User:
    user = make.member(home=home)
    grant(user, Office.TERMINOLOGIST, over=(Scope.COUNTRY, home), home=home, by=None, reason="set-up")
    return user


def lao() -> Term:
    return Term.objects.get(language="lo", concept="coffee")


def test_the_queue_shows_the_own_language_the_least_certain_first(as_: As) -> None:
    text = as_(terminologist()).get(reverse("term-review")).content.decode()
    assert "ພືດ" in text
    assert "กาแฟ" not in text
    client = as_(terminologist())
    lao_first = client.get(reverse("term-review"), {"language": "lo"}).content.decode()
    assert 0 < lao_first.index("ພືດ") < lao_first.index("ກາເຟ")


def test_the_queue_asks_the_database_a_fixed_number_of_times(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(terminologist())
    with django_assert_num_queries(7):
        client.get(reverse("term-review"), {"language": "lo"})


@pytest.mark.parametrize("who", ["member", "officer", "head"])
def test_others_are_refused_with_the_reason(as_: As, who: str) -> None:
    user = getattr(make, who)(home="LA")
    page = as_(user).get(reverse("term-review"))
    assert (page.status_code, "Terms are reviewed by terminologists" in page.content.decode()) == (403, True)
    assert as_(user).post(reverse("term-confirmation", args=[lao().pk])).status_code == 403
    assert (lao().state, TermReview.objects.count()) == ("unreviewed", 0)


def test_visitors_are_asked_to_sign_in(as_: As) -> None:
    assert as_().get(reverse("term-review")).status_code == 302
    assert as_().post(reverse("term-confirmation", args=[lao().pk])).status_code == 403
    assert lao().state == "unreviewed"


def test_a_term_is_confirmed(as_: As) -> None:
    as_(terminologist()).post(reverse("term-confirmation", args=[lao().pk]))
    assert lao().state == "confirmed"


def test_a_term_is_mended_and_what_was_typed_stays_when_it_cannot_be(as_: As) -> None:
    client, url = as_(terminologist()), reverse("term-correction", args=[lao().pk])
    page = client.post(url, {"text": "กาแฟ", "reason": "So it is."})
    assert page.status_code == 422
    assert "This is not a term in the script of this language." in page.content.decode()
    assert 'value="กาแฟ"' in page.content.decode()
    assert TermReview.objects.count() == 0
    client.post(url, {"text": "ກາແຟ", "reason": ""})
    assert (lao().text, lao().state) == ("ກາແຟ", "confirmed")


def test_a_term_is_rejected_with_a_reason_only(as_: As) -> None:
    client, url = as_(terminologist()), reverse("term-correction", args=[lao().pk])
    assert (
        "Say why the term is wrong." in client.post(url, {"text": "ກາເຟ", "reason": "", "reject": "1"}).content.decode()
    )
    assert lao().state == "unreviewed"
    client.post(url, {"text": "ກາເຟ", "reason": "Nobody says so.", "reject": "1"})
    assert (lao().state, TermReview.objects.get().reason) == ("rejected", "Nobody says so.")


def test_another_countrys_language_cannot_be_reviewed(as_: As) -> None:
    client = as_(terminologist("TH"))
    assert client.post(reverse("term-confirmation", args=[lao().pk])).status_code == 403
    assert lao().state == "unreviewed"


def test_a_term_is_added_on_the_page_of_its_concept(as_: As) -> None:
    client, page = as_(terminologist()), reverse("concept", args=["coffee"])
    assert client.get(page).content.decode().count("A term that is lacking") == 2  # Lao and English
    client.post(reverse("term-addition", args=["coffee"]), {"language": "lo", "text": "ໝາກກາເຟ"})
    assert Term.objects.get(text="ໝາກກາເຟ").state == "confirmed"
    twice = client.post(reverse("term-addition", args=["coffee"]), {"language": "lo", "text": "ໝາກກາເຟ"})
    assert (twice.status_code, "This concept has this term already." in twice.content.decode()) == (422, True)
    assert (
        client.post(reverse("term-addition", args=["coffee"]), {"language": "th", "text": "กาแฟสด"}).status_code == 422
    )
    assert not Term.objects.filter(text="กาแฟสด").exists()


def test_nothing_waits_says_what_to_do(as_: As) -> None:
    Term.objects.filter(language="lo").update(state="confirmed")
    assert (
        "No term waits in this language"
        in as_(terminologist()).get(reverse("term-review"), {"language": "lo"}).content.decode()
    )
