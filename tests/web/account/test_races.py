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


def at_once(act: Callable[[Client], HttpResponse], clients: list[Client]) -> list[int]:
    """The answers to all of them, sent together."""
    start = Barrier(len(clients))

    def one(client: Client) -> int:
        start.wait()
        try:
            return act(client).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
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
