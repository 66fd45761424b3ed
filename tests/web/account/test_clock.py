"""What happens when the clock of the machine jumps: nothing opens that was shut, and nothing stays shut for long."""

import datetime
import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from corridor.kernel.models import User
from corridor.launch.preparation import forget_counts_of_the_future
from corridor.web.account import links
from tests.web.account.conftest import NEAR, PASSWORD, is_signed_in

RIGHT = {"login": "somchai@example.org", "password": PASSWORD}


def jump(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """The clock is off by so much from now on."""
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + seconds)
    moment = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: moment() + datetime.timedelta(seconds=seconds))


def test_a_link_that_was_written_ahead_of_time_is_nobodys(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as ahead:
        jump(ahead, 3600)
        token = links.write_token(person)
    assert links.read_token(token, User.objects.all()) is None


def test_a_link_is_taken_from_a_machine_whose_clock_is_some_seconds_ahead(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as ahead:
        jump(ahead, 20)
        token = links.write_token(person)
    assert links.read_token(token, User.objects.all()) == person


def test_a_link_is_too_late_when_the_clock_jumps_ahead(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token = links.write_token(person)
    jump(monkeypatch, 3600)
    assert links.read_token(token, User.objects.all()) is None


def test_a_link_stays_spent_when_the_clock_goes_back(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token = links.write_token(person)
    path = f"/account/login/link/{token}/"
    Client(**NEAR).post(path)
    jump(monkeypatch, -600)
    late = Client(**NEAR)
    assert late.post(path).status_code == 410
    assert not is_signed_in(late)


def test_a_code_works_after_a_sign_in_that_the_clock_put_into_the_future(person: User) -> None:
    User.objects.update(last_login=timezone.now() + datetime.timedelta(days=2))
    client = Client(**NEAR)
    client.post("/account/login/code/", {"email": person.email})
    code = next(line for line in str(mail.outbox[-1].body).splitlines() if line.isupper() and "-" in line)
    client.post("/account/login/code/confirm/", {"code": code})
    assert is_signed_in(client)


def test_a_lock_from_the_future_is_forgotten_when_the_site_starts(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as ahead:
        jump(ahead, 86400 * 30)
        for _ in range(6):
            Client(**NEAR).post("/account/login/", {**RIGHT, "password": "wrong"})
    cache.set("kept", 1, 300)
    client = Client(**NEAR)
    client.post("/account/login/", RIGHT)
    assert not is_signed_in(client), "the limit still counts"
    forget_counts_of_the_future()
    client.post("/account/login/", RIGHT)
    assert is_signed_in(client)
    assert cache.get("kept") == 1
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from kernel_count where expires > now() + interval '2 days'")
        assert cursor.fetchone() == (0,)
