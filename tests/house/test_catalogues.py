"""A merge changes what changed and nothing else; what translators send back is taken or named."""

import json

import pytest

from tools.translating import catalogue as catalogues
from tools.translating.catalogue import Catalogue, merged, read, write
from tools.translating.exchange import RowsError, hand_out, take_in
from tools.translating.messages import Message, Messages

GREETING = Message("Dear %(name)s,", context="letter", places={"letter.txt"}, notes={"begins a letter"})
DAYS = Message("one day", plural="%(days)s days")
MAY = Message("May")
MESSAGES = Messages([MAY, GREETING, DAYS])


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)


def test_a_catalogue_is_read_as_it_was_written():
    texts = {GREETING.key: "ເຖິງ %(name)s,", DAYS.key: "%(days)s ວັນ", MAY.key: ""}
    write(Catalogue("lo", texts), MESSAGES)
    assert read("lo").texts == texts


def test_a_merge_keeps_what_is_still_said_drops_the_rest_and_knows_the_months():
    kept = Catalogue("lo", {GREETING.key: "ເຖິງ %(name)s,", ("Gone", ""): "ໄປແລ້ວ"})
    assert merged(kept, MESSAGES).texts == {GREETING.key: "ເຖິງ %(name)s,", DAYS.key: "", MAY.key: "ພຶດສະພາ"}


def test_a_second_merge_changes_nothing():
    write(merged(read("lo"), MESSAGES), MESSAGES)
    first = read("lo").path.read_text()
    write(merged(read("lo"), MESSAGES), MESSAGES)
    assert read("lo").path.read_text() == first


def test_a_reviewers_signature_stays():
    write(merged(read("lo"), MESSAGES), MESSAGES)
    path = read("lo").path
    draft = "# draft translations, no native reviewer has signed yet"
    path.write_text(path.read_text().replace(draft, "# reviewed by Somebody, Somewhere, 2027-01-31"))
    write(merged(read("lo"), MESSAGES), MESSAGES)
    assert path.read_text().splitlines()[1] == "# reviewed by Somebody, Somewhere, 2027-01-31"


def test_a_translator_gets_each_text_with_its_place_and_what_stands_now(tmp_path):
    assert hand_out("lo", MESSAGES, tmp_path / "lao.json", only_missing=True) == 2
    rows = json.loads((tmp_path / "lao.json").read_text())
    assert rows[0] == {
        "id": 1,
        "context": "letter",
        "english": "Dear %(name)s,",
        "places": ["letter.txt"],
        "notes": ["begins a letter"],
        "current": "",
    }


def test_good_rows_are_taken_and_bad_ones_are_named(tmp_path):
    rows = [
        {"id": 1, "english": "Dear %(name)s,", "context": "letter", "current": "ເຖິງ %(nam)s,"},
        {"id": 2, "english": "one day", "context": "", "current": "%(days)s ວັນ"},
        {"id": 3, "english": "Gone", "context": "", "current": "ໄປແລ້ວ"},
        {"id": 4, "english": "May", "context": "", "current": ""},
    ]
    (tmp_path / "lao.json").write_text(json.dumps(rows))
    with pytest.raises(RowsError) as refused:
        take_in("lo", MESSAGES, tmp_path / "lao.json")
    assert str(refused.value).splitlines() == [
        "1 texts taken, 2 rows refused:",
        "  row 1: 'Dear %(name)s,' (letter): blanks: lacks %(name)s; has %(nam)s that English has not",
        "  row 3: 'Gone' is not said any more",
    ]
    assert read("lo").texts == {GREETING.key: "", DAYS.key: "%(days)s ວັນ", MAY.key: "ພຶດສະພາ"}


def test_a_file_that_is_no_list_of_rows_changes_nothing(tmp_path):
    (tmp_path / "lao.json").write_text('{"english": "May"}')
    with pytest.raises(RowsError, match="not a list of rows"):
        take_in("lo", MESSAGES, tmp_path / "lao.json")
    assert not read("lo").path.exists()
