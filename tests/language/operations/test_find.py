"""Finding: words and meaning, facets, pages, hostile questions, and a fixed number of statements."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.language.logic import fusion
from corridor.language.operations.find import Facets, find, find_like
from corridor.language.operations.index import Piece, put
from corridor.language.operations.questions import Method, ask, ask_with
from corridor.language.tasks import count_words
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 1)


def passages(query: str, **facets: object) -> list[str]:
    """The texts that a visitor finds."""
    return [hit.passage for hit in find(query, by=None, **facets).hits]


@pytest.fixture
def few(model, entry):
    """Five notices that differ in every facet."""
    put(
        entry("Rice dryer for a mill", home="LA", direction="need", themes=["industry"], open_until=DAY),
        entry("Rice dryer made of steel", home="VN", direction="offer", themes=["industry", "green"]),
        entry("Máy sấy lúa bằng trấu", "vi", home="VN", direction="offer", themes=["green"]),
        entry("ເຄື່ອງອົບເຂົ້າ", "lo", home="LA", direction="need", themes=[]),
        entry("Rice institute", home="TH", direction="institute", kind="organisation", owner="x"),
    )


@pytest.mark.parametrize(
    ("facets", "count"),
    [
        ({}, 5),
        ({"kinds": ["organisation"]}, 1),
        ({"kinds": ["notice", "organisation"]}, 5),
        ({"kinds": ["nothing"]}, 0),
        ({"countries": ["LA"]}, 2),
        ({"countries": ["LA", "TH"]}, 3),
        ({"languages": ["vi"]}, 1),
        ({"languages": ["lo", "vi"]}, 2),
        ({"themes": ["green"]}, 2),
        ({"themes": ["green", "industry"]}, 3),
        ({"directions": ["need"]}, 2),
        ({"open_on": DAY}, 5),
        ({"open_on": DAY + datetime.timedelta(days=1)}, 4),
        ({"countries": ["VN"], "languages": ["en"], "themes": ["green"], "kinds": ["notice"]}, 1),
        ({"countries": ["VN"], "directions": ["need"]}, 0),
    ],
)
def test_facets_narrow_what_is_found(few, facets, count):
    assert len(find("rice dryer", by=None, **facets).hits) == count


def test_owners_and_records_can_be_left_out(few):
    question, audience = ask("rice"), make.person().audience
    everything = find_like(question, audience=audience, facets=Facets()).hits
    first = everything[0].record_id
    without = find_like(question, audience=audience, facets=Facets(not_records=[first], not_owners=["x"])).hits
    assert {hit.record_id for hit in everything} - {hit.record_id for hit in without} == {
        first,
        next(hit.record_id for hit in everything if hit.kind == "organisation"),
    }


@pytest.mark.parametrize("query", ["dryer", "DRYER", "Steel", "sấy", "say", "ອົບ", "institute"])
def test_one_word_finds_what_has_it_first(few, query):
    wanted = {
        "steel": "Rice dryer made of steel", "sấy": "Máy sấy lúa bằng trấu", "say": "Máy sấy lúa bằng trấu",
        "ອົບ": "ເຄື່ອງອົບເຂົ້າ", "institute": "Rice institute", "dryer": "Rice dryer for a mill",
    }[query.lower()]  # fmt: skip
    best = find(query, by=None).hits[0]
    assert (best.passage if query.lower() != "dryer" else best.passage[:10], bool(best.terms)) == (
        wanted if query.lower() != "dryer" else "Rice dryer", True,
    )  # fmt: skip


@pytest.mark.parametrize("query", ["", "   ", "\n\t", "\u200b\u200b", "\0"])
def test_a_question_of_nothing_finds_nothing(few, query):
    found = find(query, by=None)
    assert (found.hits, found.has_more) == ([], False)


@pytest.mark.parametrize(
    "query",
    [
        "'", '"', "\\", "\\'", "rice' | 'dryer", "rice & !dryer | (x <-> y):*", "a:b:c", "!!!", "((((", "%s %(x)s {} $1",
        "'; DROP TABLE language_passage; --", "rice\0dryer", "rice" * 800, "rice " * 800, "🌾", "👩🏽‍🌾🌾 rice",
        "\u202erecyrd ecir\u202c", "عربى rice עברית", "\ufeff\ufffe\uffff", "\ud83c", "ក្ក" * 900, "a" * 2500, "1" * 3000,
        " ".join(f"w{n}" for n in range(600)), "ﷺ" * 200, "<script>alert(1)</script>", "0x00 \x01\x02\x1f",
    ],
)  # fmt: skip
def test_hostile_questions_are_answered_calmly(few, query):
    found = find(query, by=None)
    assert len(found.hits) <= 5
    assert passages("rice mill")[0] == "Rice dryer for a mill"


def test_a_question_of_a_whole_text_is_answered_like_its_words(few):
    question = ask_with("We look for a dryer for rice. " * 50, "en", heading="Rice dryer")
    hits = find_like(question, audience=make.person().audience, facets=Facets()).hits
    assert hits[0].passage.startswith("Rice dryer")


@pytest.mark.parametrize("text", ["", " ", "'", "\0", "🌾", "\ud83c", "x" * 9000])
def test_a_hostile_text_asks_calmly(few, text):
    question = ask_with(text, "", heading=text[:100])
    assert len(find_like(question, audience=make.person().audience, facets=Facets()).hits) <= 5


def test_without_words_meaning_finds_and_without_meaning_words_find(few):
    by_meaning = find("rice dryer", by=None, method=Method(words=False))
    by_words = find("rice dryer", by=None, method=Method(meaning=False))
    assert (len(by_meaning.hits), by_meaning.has_meaning) == (5, True)
    assert (len(by_words.hits), by_words.has_meaning) == (3, False)


def test_when_the_model_is_down_words_find_and_the_answer_says_so(few, model):
    model.is_down = True
    found = find("rice dryer steel", by=None)
    assert (found.hits[0].passage, found.has_meaning) == ("Rice dryer made of steel", False)


def test_a_record_of_several_passages_is_found_once_by_its_best(model, entry):
    one = entry("Coffee is dried. " * 400)
    put(one, entry("Rice"))
    found = find("coffee is dried", by=None)
    assert [hit.record_id for hit in found.hits].count(one.record_id) == 1


def test_pages_follow_each_other_without_a_record_twice_and_without_a_gap(model, entry):
    put(*(entry(f"Rice dryer number {n} for village {n % 7} and mill {n % 5}", themes=["green"]) for n in range(90)))
    count_words()
    pages = [find("rice dryer village 3 mill", by=None, limit=10, offset=start) for start in range(0, 90, 10)]
    seen = [hit.record_id for page in pages for hit in page.hits]
    assert len(seen) == len(set(seen)) == 90
    assert [page.has_more for page in pages] == [True] * 8 + [False]
    assert find("rice dryer village 3 mill", by=None, limit=10, offset=90).hits == []


def test_pages_hold_when_there_are_more_records_than_one_look_takes(model, entry):
    put(*(entry(f"Rice {n} " + "mill " * (n % 9) + "dryer " * (n % 4)) for n in range(400)))
    count_words()
    seen, start = [], 0
    while hits := find("rice mill dryer 17", by=None, limit=20, offset=start).hits:
        seen += [hit.record_id for hit in hits]
        start += 20
    assert len(seen) == len(set(seen))
    assert len(seen) >= 120


def test_ties_are_in_the_same_order_every_time(model, entry):
    put(*(entry("Rice dryer") for _ in range(30)))
    orders = {tuple(hit.record_id for hit in find("rice dryer", by=None).hits) for _ in range(3)}
    assert len(orders) == 1


def test_the_number_of_statements_does_not_grow_with_what_is_found(model, entry):
    officer = make.officer("LA")
    put(*(entry(f"Rice dryer {n}") for n in range(3)))
    find("warm up", by=officer)
    with CaptureQueriesContext(connection) as few:
        find("rice dryer", by=officer)
    put(*(entry(f"Rice dryer {n}") for n in range(60)))
    with CaptureQueriesContext(connection) as many:
        find("rice dryers", by=officer, countries=["LA"], languages=["en"], themes=[], limit=50)
    assert len(few) == len(many)
    assert len(few) <= 10


def test_a_text_in_two_languages_is_found_under_both(model, entry):
    one = entry("Rice dryer")
    put(type(one)(**{**one.__dict__, "pieces": [*one.pieces, Piece("Máy sấy lúa", "vi")]}))
    assert [find(q, by=None, languages=[c]).hits[0].language for q, c in (("rice", "en"), ("lúa", "vi"))] == [
        "en",
        "vi",
    ]
    assert find("rice", by=None, languages=["th"]).hits == []


def test_records_are_told_apart_by_kind_and_identifier(model, entry):
    key = uuid.uuid4()
    put(entry("Rice dryer", record_id=key), entry("Rice dryer", record_id=key, kind="organisation"))
    assert sorted((hit.kind, hit.record_id) for hit in find("rice", by=None).hits) == [
        ("notice", key), ("organisation", key),
    ]  # fmt: skip


NAMES = {"en": "Savannakhet", "lo": "ສະຫວັນນະເຂດ", "th": "สะหวันนะเขต", "zh-hans": "沙湾拿吉"}


@pytest.mark.parametrize("asked", NAMES)
def test_a_name_is_found_by_its_sound_in_every_writing(asked, model, entry):
    put(
        *(entry(name, code) for code, name in NAMES.items()),
        entry("Mandalay"),
        entry("Kampot"),
        entry("We mill rice in Savannakhet"),
    )
    by_words = Method(meaning=False)
    assert set(NAMES.values()) <= {hit.passage for hit in find(NAMES[asked], by=None, method=by_words).hits}
    assert not {"Mandalay", "Kampot"} & {hit.passage for hit in find(NAMES[asked], by=None, method=by_words).hits}
    silent = find(NAMES[asked], by=None, method=Method(meaning=False, sounds=False)).hits
    assert {hit.passage for hit in silent} & set(NAMES.values()) == {NAMES[asked]}


def test_the_same_spelling_stands_before_the_same_sound(model, entry):
    put(*(entry(name, code) for code, name in NAMES.items()))
    assert [find(name, by=None).hits[0].passage for name in NAMES.values()] == list(NAMES.values())


def test_a_name_inside_a_longer_one_and_in_a_heading_is_found_by_its_sound(model, entry):
    put(
        entry("We train nurses. " * 20, heading="Savannakhet College of Nursing"),
        entry("We train nurses. " * 20, heading="Kampot College"),
    )
    [hit] = find("ສະຫວັນນະເຂດ", by=None, method=Method(meaning=False)).hits
    assert (hit.passage.startswith("We train"), hit.terms) == (True, ())


def test_a_whole_sentence_is_not_asked_by_its_sound(model):
    assert ask("Who can show us how to dry coffee with the heat of the sun?").sounds == ()
    named = ask("Savannakhet")
    assert (len(named.sounds), named.rarities.shape) == (17, (17,))


def test_only_what_is_surely_alike_is_said_to_sound_alike(model, entry):
    put(entry("沙湾拿吉", "zh-hans"), entry("ສະຫວັນນະເຂດ", "lo"))
    found = {hit.passage: hit.by_sound for hit in find("Savannakhet", by=None, method=Method(meaning=False)).hits}
    assert found == {"沙湾拿吉": False, "ສະຫວັນນະເຂດ": True}


def test_a_name_by_sound_is_found_by_those_who_may_read_it_alone(model, entry):
    put(entry("ສະຫວັນນະເຂດ", "lo", visibility="members"))
    words = Method(meaning=False)
    assert find("Savannakhet", by=None, method=words).hits == []
    assert len(find("Savannakhet", by=make.member(make.organisation("TH")), method=words).hits) == 1


def test_a_text_of_many_lines_does_not_sound_like_everything(model, entry):
    lines = ["Sawan", "Vanna", "Ket", "Nakhon", "Wanakit", "ສະຫວັນນະເຂດ"]
    put(entry("\n".join(lines), heading="Rice"))
    assert find("Savannakhet", by=None, method=Method(meaning=False)).hits == []


def test_what_only_sounds_alike_speaks_for_nothing_else(model, entry):
    put(entry("ສະຫວັນນະເຂດ", "lo"), entry("Dryer for rice"), entry("Dryer of rice"))
    with_sounds = {hit.passage: hit.score for hit in find("Savannakhet", by=None).hits}
    without = {hit.passage: hit.score for hit in find("Savannakhet", by=None, method=Method(sounds=False)).hits}
    gained = {text: score - without[text] for text, score in with_sounds.items() if text in without}
    assert gained["ສະຫວັນນະເຂດ"] == pytest.approx(fusion.SOUND_WEIGHT)
    assert [gain for text, gain in gained.items() if text != "ສະຫວັນນະເຂດ"] == pytest.approx([0] * (len(gained) - 1))
