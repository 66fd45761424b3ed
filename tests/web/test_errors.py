"""What cannot be done is said with reasons, and what was typed is never lost."""

import re
from http import HTTPStatus

import pytest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from corridor.web import errors
from tests.web.site import REASONS, settle

HERE = {"HTTP_ORIGIN": "http://testserver"}
ELSEWHERE = {"HTTP_ORIGIN": "https://elsewhere.example"}
TYPED = {"problem_text": "ນ້ຳຖ້ວມ\nທຸກປີ", "country": "LA", "password": "secret words", "csrfmiddlewaretoken": "old"}


@pytest.fixture(autouse=True)
def _small_site(settings: Settings) -> None:
    settle(settings)


@pytest.fixture
def strict_client() -> Client:
    """A client that checks tokens as browsers meet it."""
    return Client(enforce_csrf_checks=True)


def hidden(page: str) -> dict[str, str]:
    """The fields that a press on "Send again" would send, without its token."""
    form = page[page.index("data-again") : page.index("</form>", page.index("data-again"))]
    return {name: value for name, value in re.findall(r'name="(.*?)" value="(.*?)"', form, re.S) if "csrf" not in name}


def test_a_refusal_is_403_with_every_reason(client: Client) -> None:
    answer = client.post("/refusal/")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert (
        tuple(re.findall(r"<li>(.*?)</li>", answer.content.decode().split("<main")[1].split("</main>")[0])) == REASONS
    )


def test_a_refusal_of_a_part_goes_to_the_messages_of_the_page(client: Client) -> None:
    answer = client.post("/refusal/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (403, "#messages", "innerHTML")
    assert answer.content.decode().strip() == (
        f'<div class="notice error" role="alert"><p>{REASONS[0]}</p><p>{REASONS[1]}</p></div>'
    )


def test_nothing_here_says_the_same_for_missing_and_for_hidden(client: Client) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "or it may not be open to you" in answer.content.decode()


def test_a_fault_is_told_without_a_database() -> None:
    answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert re.findall(r"<h1>(.*?)</h1>", answer.content.decode()) == ["Something went wrong here"]


def test_an_old_token_gives_the_text_back_to_send_again_without_secrets(strict_client: Client) -> None:
    answer = strict_client.post("/open-form/?step=2", TYPED, **HERE)
    page = answer.content.decode()
    assert (answer.status_code, hidden(page)) == (403, {"problem_text": "ນ້ຳຖ້ວມ\nທຸກປີ", "country": "LA"})
    assert ('action="/open-form/?step=2"' in page, "Send again" in page, "secret words" in page) == (True, True, False)


def test_what_was_given_back_can_be_sent_again(strict_client: Client) -> None:
    page = strict_client.post("/open-form/", TYPED, **HERE).content.decode()
    token = re.findall(r'data-again><input type="hidden" name="csrfmiddlewaretoken" value="(.*?)"', page)[0]
    answer = strict_client.post("/open-form/", {**hidden(page), "csrfmiddlewaretoken": token}, **HERE)
    assert answer.content == b"received"


def test_a_form_from_another_site_can_be_copied_but_not_sent_again(strict_client: Client) -> None:
    page = strict_client.post("/open-form/", TYPED, **ELSEWHERE).content.decode()
    assert ("Send again" in page, "This did not come from this site" in page) == (False, True)


def test_a_session_that_ended_in_the_middle_of_a_form_loses_no_text(client: Client) -> None:
    answer = client.post("/closed-form/", TYPED, **HERE)
    page = answer.content.decode()
    assert (answer.status_code, hidden(page)) == (403, {"problem_text": "ນ້ຳຖ້ວມ\nທຸກປີ", "country": "LA"})
    assert re.findall(r'<a href="(.*?)" target="_blank"', page) == ["/sign-in/?next=%2Fdesk%2F"]


def test_reading_a_closed_page_leads_to_signing_in(client: Client) -> None:
    answer = client.get("/closed-form/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/closed-form/")


def test_a_draft_that_saves_itself_after_the_session_ended_is_told_so(client: Client) -> None:
    answer = client.post("/closed-form/", TYPED, headers={"X-Requested-With": "autosave"}, **HERE)
    assert (answer.status_code, answer.content.decode()) == (401, "Please sign in again.")


@pytest.mark.parametrize("typed", ["", "🙂" * 9000, "مرحبا", "<script>alert(1)</script>", "\u200b\u200d"])
def test_any_text_comes_back_as_it_was(strict_client: Client, typed: str) -> None:
    page = strict_client.post("/open-form/", {"text": typed}, **HERE).content.decode()
    assert hidden(page) == {"text": typed.replace("<", "&lt;").replace(">", "&gt;")}
