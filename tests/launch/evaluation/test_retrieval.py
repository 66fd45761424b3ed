"""Reading folders of aligned texts, and what `corridor evaluate retrieval` prints."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.plugin import DjangoDbBlocker

from corridor.launch.evaluation.retrieval import Unreadable, read_folder
from tests.launch.evaluation.conftest import Told, databases, reached

SYSTEMS = ["raw", "words", "unfair", "ours_without_lexicon", "ours_without_sounds", "ours", "ours_language_given"]


def written(folder: Path, **texts: str | bytes) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_one_json_object_stands_alone_on_standard_output(retrieval_told: list[Told]):
    assert list(retrieval_told[0].figures) == ["texts", "queries", "languages", "k", "systems"]


def test_languages_keep_the_names_that_the_files_gave(retrieval_told: list[Told]):
    figures = retrieval_told[0].figures
    assert figures["languages"] == ["en", "km", "zh"]
    assert {name: list(of["recall"]) for name, of in figures["systems"].items()} == {
        name: ["en", "km", "zh"] for name in SYSTEMS
    }


def test_blank_lines_are_no_texts_and_a_text_without_translation_does_not_ask(retrieval_told: list[Told]):
    figures = retrieval_told[0].figures
    assert (figures["texts"], figures["queries"], figures["k"]) == (12, 11, 2)


def test_every_translation_of_plain_sentences_is_found(retrieval_told: list[Told]):
    ours = retrieval_told[0].figures["systems"]["ours"]
    assert ours == {"recall": {"en": 1.0, "km": 1.0, "zh": 1.0}, "mean": 1.0, "worst_over_best": 1.0}


def test_a_file_of_another_name_is_told_of_and_left_out(retrieval_told: list[Told]):
    lines = [line for line in retrieval_told[0].err.splitlines() if "category" in line]
    assert lines == ["category.txt is left out: its name is not one of the seven languages' codes and .txt"]


def test_with_more_first_answers_than_texts_meaning_finds_everything(retrieval_told: list[Told]):
    figures = retrieval_told[1].figures
    assert figures["k"] == 500
    assert [figures["systems"][name]["mean"] for name in ("raw", "unfair", "ours")] == [1.0, 1.0, 1.0]


def test_the_database_is_dropped(
    retrieval_told: list[Told], matching_told: list[Told], django_db_blocker: DjangoDbBlocker
):
    with reached(django_db_blocker):
        assert databases() == set()


def test_marks_and_line_ends_of_other_systems_are_no_text(tmp_path: Path):
    written(tmp_path, en=b"\xef\xbb\xbfone\r\ntwo\r\n", vi="một\nhai\n")
    assert read_folder(tmp_path) == {"en": ["one", "two"], "vi": ["một", "hai"]}


def test_blank_lines_inside_keep_their_place(tmp_path: Path):
    written(tmp_path, en="one\n\nthree\n", vi="\nhai\nba\n")
    assert read_folder(tmp_path) == {"en": ["one", "", "three"], "vi": ["", "hai", "ba"]}


def test_blank_lines_at_the_end_do_not_count(tmp_path: Path):
    written(tmp_path, en="one\ntwo\n\n\n", vi="một\nhai")
    assert read_folder(tmp_path) == {"en": ["one", "two"], "vi": ["một", "hai"]}


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ({"en": "one\n"}, "at least two files such as km.txt and th.txt are needed; found: en"),
        ({"fr": "un\n", "notes": "x\n"}, "at least two files such as km.txt and th.txt are needed; found: none"),
        ({"en": "one\ntwo\n", "vi": "một\n"}, "the files do not have the same number of lines: {'en': 2, 'vi': 1}"),
        ({"en": "\n", "vi": "\n"}, "the files hold no text"),
    ],
)
def test_what_cannot_be_measured_says_why(tmp_path: Path, texts: dict[str, str], why: str):
    with pytest.raises(Unreadable, match=f"^{re.escape(why)}$"):
        read_folder(written(tmp_path, **texts))


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path):
    with pytest.raises(Unreadable, match=r"^th\.txt is not UTF-8"):
        read_folder(written(tmp_path, en="one\n", th="หนึ่ง".encode("cp874")))


def test_a_folder_that_is_not_there_is_an_error_before_any_database_is_made(tmp_path: Path):
    with pytest.raises(CommandError, match="there is no such folder"):
        call_command("evaluate", "retrieval", str(tmp_path / "nowhere"))


@pytest.mark.parametrize(("what", "k"), [("retrieval", 0), ("retrieval", -3), ("matching", 5)])
def test_k_counts_from_one_and_is_for_retrieval(tmp_path: Path, what: str, k: int):
    with pytest.raises(CommandError, match="--k counts from 1, and is for retrieval only"):
        call_command("evaluate", what, str(tmp_path), k=k)
