"""What every sender of text messages promises: a message out and a receipt back, or a reason why not."""

from typing import Any, Literal, Protocol

Why = Literal["down", "busy", "unsure", "refused", "barred", "rejected"]
"""Not to be reached; asked too often or resting; no clear answer, so it may have gone out; not our key; not to this number, or to none;
not this message."""


class SenderUnavailable(Exception):  # noqa: N818 - the name says what is so, as `Refused` does
    """The message was not taken, or nobody can say whether it was. Carries neither number nor text nor key."""

    def __init__(self, why: Why, told: str) -> None:
        self.why = why
        super().__init__(told)

    @property
    def may_be_tried_again(self) -> bool:
        """Whether nothing went out, and a later try may do better."""
        return self.why in ("down", "busy")


class Sender(Protocol):
    """What sends text messages to phones."""

    def send(self, number: str, text: str) -> str:
        """Hand over one message; `number` in E.164, `text` of any script. Returns the sender's receipt: 0 to 80 characters of ASCII.

        Raises SenderUnavailable and nothing else.
        """
        ...


def sender(url: str, **options: Any) -> Sender | None:
    """The sender behind an address, None for ""; `options` as of `HttpSender`. Nothing is asked of it before the first `send`."""
    if not url:
        return None
    # Loaded here: HTTP takes a third of a second that an installation without a sender need not spend.
    from corridor.kernel.logic.texting_http import HttpSender

    return HttpSender(url, **options)
