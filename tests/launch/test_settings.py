"""A translation engine is chosen whole or the start stops, and its key stays unsaid."""

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
