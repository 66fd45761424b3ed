"""Two at the same moment: one is served, the other is told, and nothing breaks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from corridor.kernel.models import User
from corridor.web.account import links
from tests.web.account.conftest import NEAR, PASSWORD, is_signed_in, make_person


def at_once(act: Callable[[Client], HttpResponse], clients: list[Client], *, hands: int = 0) -> list[int]:
    """The answers to all of them, sent together; with `hands` so many at a time, as many as a server has connections."""
    start = Barrier(hands or len(clients))

    def one(client: Client) -> int:
        start.wait()
        try:
            return act(client).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(hands or len(clients)) as pool:
        return sorted(pool.map(one, clients))


def test_a_link_pressed_twice_at_once_signs_in_once(committed_db: None) -> None:
    path = reverse("sign_in_link", args=[links.write_token(make_person())])
    clients = [Client(**NEAR) for _ in range(4)]
    assert at_once(lambda client: client.post(path), clients) == [302, 410, 410, 410]
    assert [is_signed_in(client) for client in clients].count(True) == 1


def test_a_form_sent_twice_at_once_makes_one_account_and_gets_one_answer(committed_db: None) -> None:
    said = {"email": "noy@example.org", "password1": PASSWORD, "name": "Noy", "home": "LA", "language": "en"}
    clients = [Client(**NEAR) for _ in range(3)]
    assert at_once(lambda client: client.post("/account/signup/", said), clients) == [302, 302, 302]
    assert User.objects.count() == 1


def test_two_hundred_guesses_at_once_get_no_further_than_five(committed_db: None) -> None:
    person = make_person()
    person.emailaddress_set.update(verified=True)
    clients = [Client(REMOTE_ADDR=f"127.0.{number}.1", **NEAR) for number in range(200)]
    told: list[str] = []

    def guess(client: Client) -> HttpResponse:
        answer = client.post("/account/login/", {"login": person.email, "password": "a wrong guess"})
        told.append(answer.content.decode())
        return answer

    assert at_once(guess, clients, hands=20) == [200] * 200
    tried = [text for text in told if "E-mail address and password do not fit together" in text]
    refused = [text for text in told if "Too many attempts" in text]
    assert (len(tried), len(refused)) == (5, 195)
    right = {"login": person.email, "password": PASSWORD}
    late = Client(REMOTE_ADDR="127.0.250.1", **NEAR)
    late.post("/account/login/", right)
    assert not is_signed_in(late), "not even the right one, for some minutes"


def test_two_hundred_people_sign_in_at_once(committed_db: None) -> None:
    people = [make_person(f"person{number}@example.org") for number in range(200)]
    clients = [Client(REMOTE_ADDR=f"127.0.{number}.1", **NEAR) for number in range(200)]
    names = dict(zip(map(id, clients), (person.email for person in people), strict=True))
    answers = at_once(
        lambda client: client.post("/account/login/", {"login": names[id(client)], "password": PASSWORD}),
        clients,
        hands=20,
    )
    assert answers == [302] * 200
    assert sum(map(is_signed_in, clients)) == 200


def test_a_limit_holds_over_processes_since_the_database_counts(committed_db: None) -> None:
    for number in range(5):
        make_guess = Client(REMOTE_ADDR=f"127.0.{number}.1", **NEAR)
        make_guess.post("/account/login/", {"login": "somchai@example.org", "password": "wrong"})
    with connections["default"].cursor() as cursor:
        cursor.execute("select count(*) from kernel_count where cache_key like '%%login_failed%%'")
        assert cursor.fetchone()[0] >= 1
