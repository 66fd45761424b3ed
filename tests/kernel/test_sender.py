"""The contract of senders of text messages: the fake keeps it, and a real gateway can be asked whether it does.

REAL_SMS_NUMBER=+856… REAL_SMS='{"url": "https://…", "headers": {…}, "body": {…}, "secret": "…"}' (as of HttpSender; it sends messages)
"""

from __future__ import annotations

import json
import logging
import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from corridor.kernel.logic.texting import Sender, SenderUnavailable, sender
from tests.gateway import FORMS, Gateway, gateway

NUMBER, TEXT = "+8562055559999", "123456 ແມ່ນລະຫັດ · 是您的验证码 {secret}\n\n@corridor.example #123456"


def made(at: Gateway, **options: Any) -> Sender:
    """A sender to the fake."""
    found = sender(**at.settings(**options)["sender"])
    assert found is not None
    return found


@pytest.fixture(params=[*(f"fake {form}" for form in FORMS), "real"])
def each(request: pytest.FixtureRequest) -> Iterator[tuple[Sender, str]]:
    """Each sender in turn, and a number that it reaches."""
    if request.param == "real":
        if not os.environ.get("REAL_SMS"):
            pytest.skip("REAL_SMS names no gateway")
        found = sender(**json.loads(os.environ["REAL_SMS"]))
        assert found is not None
        yield found, os.environ["REAL_SMS_NUMBER"]
        return
    with gateway() as at:
        yield made(at, form=request.param.split()[1]), NUMBER


def refusal(of: Sender, number: str = NUMBER) -> tuple[str, bool]:
    """Why a message was not taken, and whether it may be tried again; what is told gives nothing away."""
    with pytest.raises(SenderUnavailable) as told:
        of.send(number, TEXT)
    assert [part for part in ("55559999", "123456", "hush") if part in str(told.value)] == []
    assert told.value.__cause__ is None
    return told.value.why, told.value.may_be_tried_again


# What every sender does.


def test_a_message_in_any_script_is_taken_and_gets_a_receipt(each: tuple[Sender, str]) -> None:
    receipt = each[0].send(each[1], TEXT)
    assert (len(receipt) <= 80, receipt.isascii()) == (True, True)


def test_what_is_no_number_does_no_harm(each: tuple[Sender, str]) -> None:
    with pytest.raises(SenderUnavailable):
        each[0].send("+1", TEXT)


# What goes out.


@pytest.mark.parametrize("form", FORMS)
def test_the_gateway_is_told_to_whom_and_what_and_a_text_fills_no_place(form: str) -> None:
    with gateway() as at:
        assert made(at, form=form).send(NUMBER, TEXT) == "m-1"
    assert at.arrived == [(NUMBER, TEXT)]
    assert at.asked[0]["authorization"] == "Bearer hush"


def test_a_template_may_be_as_deep_as_a_gateway_wants_it_and_asked_by_get() -> None:
    body = {"key": "{secret}", "messages": [{"to": ["{digits}"], "content": {"text": "{text}"}, "flash": False}]}
    with gateway(lambda asked, turn: (200, b"OK 17")) as at:
        assert made(at, body=body, headers={}, accepted="OK").send(NUMBER, "water") == ""
        made(at, body={"p": "{digits}", "m": "{text}"}, method="GET", form="query").send(NUMBER, "a b&c")
    message = {"to": ["8562055559999"], "content": {"text": "water"}, "flash": False}
    assert at.asked[0]["said"] == {"key": "hush", "messages": [message]}
    assert (at.asked[1]["method"], at.asked[1]["said"]) == ("GET", {"p": "8562055559999", "m": "a b&c"})


def test_no_log_holds_number_text_or_key(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), gateway() as at:
        made(at, form="query", body={"to": "{number}", "text": "{text}", "key": "{secret}"}).send(NUMBER, TEXT)
    assert [part for part in ("55559999", "123456", "hush") if part in caplog.text] == []


# Down, slow, or not willing.


@pytest.mark.parametrize(
    ("status", "why", "again"),
    [
        (429, "busy", True),
        (503, "busy", True),
        (500, "unsure", False),
        (502, "unsure", False),
        (401, "refused", False),
        (302, "barred", False),
        (402, "barred", False),
        (403, "barred", False),
        (404, "barred", False),
        (400, "rejected", False),
        (422, "rejected", False),
    ],
)
def test_what_an_answer_means(status: int, why: str, again: bool) -> None:
    with gateway(lambda asked, turn: (status, {"error": f"{NUMBER} hush"})) as at:
        assert refusal(made(at)) == (why, again)
    assert len(at.asked) == 1, "tried again by the job, not here, and redirects are not followed"


def test_a_gateway_that_says_ok_and_means_no_is_understood() -> None:
    with gateway(lambda asked, turn: (200, {"code": 7, "error": "no credit"})) as at:
        assert refusal(made(at, accepted='"code": 0')) == ("rejected", False)


def test_a_gateway_that_is_not_there_is_tried_again() -> None:
    with closing(socket.socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    assert refusal(made(Gateway(url=f"http://127.0.0.1:{port}"))) == ("down", True)


def test_a_slow_gateway_is_left_and_not_tried_again_since_it_may_have_sent_it() -> None:
    def late(asked: dict[str, Any], turn: int) -> tuple[int, Any]:
        time.sleep(0.6)
        return 0, None

    began = time.monotonic()
    with gateway(late) as at:
        assert refusal(made(at, timeout=0.2)) == ("unsure", False)
        assert time.monotonic() - began < 0.55


def test_an_endless_answer_is_read_no_further() -> None:
    with gateway(lambda asked, turn: (200, b"x" * 1_000_000)) as at:
        assert made(at).send(NUMBER, TEXT) == ""


def test_no_sender_is_the_usual_thing() -> None:
    assert sender("", body={}) is None
