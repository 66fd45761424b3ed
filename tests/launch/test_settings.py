"""A translation engine or a gateway for messages is chosen whole or the start stops, and its key stays unsaid."""

import pytest

from corridor.environment import Environment, read_environment


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"ENGINE": "libretranslate"}, ["URL"]),
        ({"ENGINE": "libretranslate", "URL": "translate.example.org"}, ["URL"]),
        ({"ENGINE": "chat"}, ["URL", "MODEL"]),
        ({"ENGINE": "oracle", "URL": "https://translate.example.org"}, ["ENGINE"]),
        ({"MONTHLY_CHARACTERS": "-1"}, ["MONTHLY_CHARACTERS"]),
    ],
)
def test_half_an_engine_stops_the_start_and_names_what_is_missing(monkeypatch, said, missing):
    for name, value in said.items():
        monkeypatch.setenv(f"CORRIDOR_TRANSLATION_{name}", value)
    with pytest.raises(SystemExit) as stopped:
        read_environment()
    lines = str(stopped.value).splitlines()[1:]
    assert [line.split(":")[0].strip() for line in lines] == [f"CORRIDOR_TRANSLATION_{name}" for name in missing]


def test_no_engine_is_what_is_so_without_a_setting():
    assert (Environment().translation_engine, Environment().translation_key) == ("", None)


def test_a_key_is_not_shown_with_the_other_settings(monkeypatch):
    monkeypatch.setenv("CORRIDOR_TRANSLATION_KEY", "very-secret")
    environment = read_environment()
    assert "very-secret" not in repr(environment)
    assert environment.translation_key.get_secret_value() == "very-secret"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"URL": "sms.example.org"}, "URL"),
        ({"BODY": '{"to": "{number}"}'}, "BODY"),
        ({"BODY": '{"text": "{text}"}'}, "BODY"),
        ({"FORMAT": "form", "BODY": '{"to": ["{digits}"], "text": "{text}"}'}, "BODY"),
        ({"URL": "https://sms.example.org/?user=me", "FORMAT": "query"}, "FORMAT"),
        ({"COUNTRIES": "LA,laos"}, "COUNTRIES"),
        ({"COUNTRIES": ""}, "COUNTRIES"),
        ({"DAILY": "-1"}, "DAILY"),
    ],
)
def test_a_gateway_that_could_send_nothing_stops_the_start(monkeypatch, said, wrong):
    for name, value in said.items():
        monkeypatch.setenv(f"CORRIDOR_SMS_{name}", value)
    with pytest.raises(SystemExit) as stopped:
        read_environment()
    lines = str(stopped.value).splitlines()[1:]
    assert [line.split(":")[0].strip() for line in lines] == [f"CORRIDOR_SMS_{wrong}"]


def test_an_address_with_a_query_is_refused_where_ours_would_take_its_place_and_the_remedy_is_told(monkeypatch):
    monkeypatch.setenv("CORRIDOR_SMS_URL", "https://sms.example.org/?user=me")
    assert read_environment().sms_url.endswith("?user=me")
    monkeypatch.setenv("CORRIDOR_SMS_FORMAT", "query")
    with pytest.raises(SystemExit, match=r"take \?… off CORRIDOR_SMS_URL, put it into CORRIDOR_SMS_BODY"):
        read_environment()


def test_a_gateway_is_set_up_by_json_and_its_secret_is_not_shown(monkeypatch):
    monkeypatch.setenv("CORRIDOR_SMS_URL", "https://sms.example.org/send")
    monkeypatch.setenv("CORRIDOR_SMS_BODY", '{"messages": [{"to": "{digits}", "text": "{text}"}]}')
    monkeypatch.setenv("CORRIDOR_SMS_COUNTRIES", "LA, TH")
    monkeypatch.setenv("CORRIDOR_SMS_SECRET", "very-secret")
    environment = read_environment()
    assert environment.sms_body == {"messages": [{"to": "{digits}", "text": "{text}"}]}
    assert (environment.sms_countries, "very-secret" in repr(environment)) == (["LA", "TH"], False)
