"""Reading and validating the lexicon: what ships is sound, and every kind of fault is named with its place."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.language.logic import skos
from corridor.language.logic.lexicon import COLUMNS, Concept, Label, ancestors, cycles, label_problems, read
from corridor.language.logic.tongues import LANGUAGES
from corridor.language.operations.lexicon import FOLDER

RICE = "rice,poverty,4.1,{broader},A cereal.,rice; paddy,ស្រូវ,ເຂົ້າ~,စပါး,ข้าว,lúa,水稻?"
GRAIN = "grain,poverty,4.1,{broader},Seeds of cereals.,grain,ធញ្ញជាតិ,ເມັດພືດ,ကောက်နှံ,ธัญพืช,ngũ cốc,谷物"


def written(folder: Path, *rows: str, head: str = ",".join(COLUMNS)) -> list[Path]:
    file = folder / "words.csv"
    file.write_text("\n".join([head, *(row.replace("{broader}", "") for row in rows)]) + "\n", encoding="utf-8")
    return [file]


def faults(paths: list[Path]) -> list[str]:
    return [str(fault) for fault in read(paths).faults if fault.is_grave]


def test_what_ships_is_sound_and_large_enough_to_help():
    reading = read(sorted(FOLDER.glob("*.csv")))
    assert [str(fault) for fault in reading.faults if fault.is_grave] == []
    assert len(reading.concepts) >= 600
    assert {label.language for concept in reading.concepts.values() for label in concept.labels} == set(LANGUAGES)


def test_a_cell_holds_terms_with_their_confidence(tmp_path):
    concept = read(written(tmp_path, RICE)).concepts["rice"]
    assert concept.labels_in("en") == [Label("en", "rice"), Label("en", "paddy")]
    assert [concept.labels_in(code)[0].confidence for code in ("km", "lo", "zh-hans")] == ["high", "medium", "low"]
    assert (concept.themes, concept.ford, concept.broader) == (("poverty",), "4.1", ())
    assert [label.written for label in concept.labels_in("lo")] == ["ເຂົ້າ~"]


def test_an_abbreviation_is_marked(tmp_path):
    concept = read(written(tmp_path, RICE.replace("rice; paddy", "rice; RC^"))).concepts["rice"]
    assert [(label.text, label.is_short) for label in concept.labels_in("en")] == [("rice", False), ("RC", True)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (RICE.replace("poverty", "sports"), "unknown theme: sports"),
        (RICE.replace("4.1", "9.9"), "unknown FORD field: 9.9"),
        (RICE.replace("rice,p", "Rice!,p"), "an id is small Latin letters, digits and hyphens, at most 60"),
        (RICE.replace("A cereal.", ""), "the gloss is one line of at most 120 characters"),
        (RICE.replace("ស្រូវ", ""), "no term in km"),
        (RICE.replace("ស្រូវ", "ข้าวเปลือก"), "km: 'ข้าวเปลือก' is not in the script of its language"),
        (RICE.replace("ข้าว", "ข้\u200bาว"), "th: 'ข้\\u200bาว' holds invisible characters"),
        (RICE.replace("rice; paddy", "rice; Rice"), "en: 'Rice' stands twice"),
        (RICE.replace("{broader}", "cereal"), "broader names 'cereal', which is not there"),
        (RICE.replace("စပါး", "က်န္းမာေရး ဝန္ႀကီးဌာန"), "my: 'က်န္းမာေရး ဝန္ႀကီးဌာန' is Zawgyi, not Unicode"),
    ],
)
def test_each_fault_is_named_with_file_line_and_concept(tmp_path, row, said):
    concept = row.split(",")[0]
    file = tmp_path / "words.csv"
    file.write_text("\n".join([",".join(COLUMNS), row.replace("{broader}", "")]) + "\n", encoding="utf-8")
    assert faults([file]) == [f"words.csv:2: {concept}: {said}"]


def test_a_circle_of_wider_concepts_is_a_fault(tmp_path):
    paths = written(tmp_path, RICE.replace("{broader}", "grain"), GRAIN.replace("{broader}", "rice"))
    assert faults(paths) == ["words.csv:2: rice: broader goes in a circle: rice > grain > rice"]


def test_the_same_id_twice_is_a_fault(tmp_path):
    assert faults(written(tmp_path, RICE, RICE)) == [
        "words.csv:3: rice: there is another concept of this id at words.csv:2"
    ]


def test_the_same_term_for_two_concepts_is_worth_knowing_and_no_fault(tmp_path):
    reading = read(written(tmp_path, RICE, GRAIN.replace("谷物", "水稻")))
    assert reading.is_sound
    assert [str(fault) for fault in reading.faults] == ["words.csv:2: rice: zh-hans: '水稻' is also a term of grain"]


def test_other_columns_broken_csv_and_other_encodings_are_told(tmp_path):
    assert faults(written(tmp_path, RICE, head="id,en,km")) == [
        f"words.csv:1: -: the columns must be {', '.join(COLUMNS)}"
    ]
    short = written(tmp_path, "rice,poverty")
    assert faults(short) == ["words.csv:2: rice: too few or too many cells"]
    short[0].write_bytes("水稻".encode("gb18030"))
    assert faults(short)[0].startswith("words.csv:0: -: not UTF-8")


def test_an_unknown_language_is_refused():
    assert list(label_problems(Label("fr", "riz"))) == ["unknown language 'fr'"]


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3), max_size=6))
def test_circles_are_found_exactly_where_one_comes_back_to_itself(broader):
    reaches = {a: _reachable(broader, a) for a in broader}
    assert bool(cycles(broader)) == any(a in reaches[a] for a in broader)
    for a in broader:
        assert ancestors(broader, a) == reaches[a] - {a}


def _reachable(broader: dict[str, list[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(broader.get(start, ()))
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += broader.get(here, ())
    return seen


def _same(concept: Concept) -> tuple[object, ...]:
    usual = [concept.labels_in(code)[0] for code in LANGUAGES]
    return (
        concept.code,
        set(concept.themes),
        concept.ford,
        set(concept.broader),
        concept.gloss,
        usual,
        set(concept.labels),
    )


@pytest.mark.parametrize("syntax", skos.SYNTAXES.values())
def test_skos_holds_everything_and_comes_back_the_same(syntax):
    concepts = read([FOLDER / "health.csv"]).concepts
    inside = [concept for concept in concepts.values() if set(concept.broader) <= set(concepts)]
    first = inside[0]
    inside[0] = replace(first, labels=(replace(first.labels[0], is_confirmed=True), *first.labels[1:]))
    reading = skos.read(skos.written(inside, syntax), syntax, dict.fromkeys(concepts, ()))
    assert reading.is_sound
    assert list(map(_same, reading.concepts.values())) == list(map(_same, sorted(inside, key=lambda c: f"x{c.code}")))


@pytest.mark.parametrize(
    "text",
    [
        "this is no Turtle",
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <a> a skos:Concept",
        "x" * (skos.LARGEST + 1),
    ],
)
def test_what_is_no_turtle_or_too_large_is_refused(text):
    with pytest.raises(skos.NotSkos):
        skos.read(text)


def test_a_circle_and_strangers_in_skos_are_faults():
    head = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix lx: <urn:corridor:lexicon:> . "
    circle = "lx:a a skos:Concept ; skos:broader lx:b . lx:b a skos:Concept ; skos:broader lx:a . <http://x/> a skos:Concept ."
    said = [str(fault) for fault in skos.read(head + circle).faults]
    assert "SKOS:0: a: broader goes in a circle: a > b > a" in said
    assert "SKOS:0: http://x/: not one of our concepts" in said


SKOS_HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix lx: <urn:corridor:lexicon:> . "


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('skos:altLabel "riz"@fr', "SKOS:0: rice: fr: unknown language 'fr'"),
        ('skos:altLabel "rice"', "SKOS:0: rice: : unknown language ''"),
        ('skos:altLabel "ข้าว"@lo', "SKOS:0: rice: lo: 'ข้าว' is not in the script of its language"),
        ('skos:prefLabel "unhusked rice"@en', "SKOS:0: rice: en: more than one usual term (prefLabel)"),
        ('lx:theme "sports"', "SKOS:0: rice: unknown theme: sports"),
        ("skos:broader <http://elsewhere/grain>", "SKOS:0: rice: broader names 'http://elsewhere/grain', which is not there"),
    ],
)  # fmt: skip
def test_what_skos_says_wrongly_is_told_and_not_passed_over(tmp_path, wrong, said):
    sound = skos.written(read(written(tmp_path, RICE)).concepts.values())
    assert [str(fault) for fault in skos.read(sound).faults] == []
    assert [str(fault) for fault in skos.read(f"{sound}\n{SKOS_HEAD} lx:rice {wrong} .").faults] == [said]


@pytest.mark.parametrize(
    "document",
    [
        {"@context": "http://127.0.0.1:9/context.jsonld", "@graph": []},
        {"@context": ["file:///etc/hostname"], "@graph": []},
        {"@context": {"@import": "http://127.0.0.1:9/context.jsonld"}, "@graph": []},
        {"@context": {"inner": {"@id": "urn:x", "@context": "http://127.0.0.1:9/context.jsonld"}}},
        [{"@graph": [{"@context": [{"a": "urn:a"}, "http://127.0.0.1:9/context.jsonld"]}]}],
    ],
)
def test_json_ld_that_names_a_context_elsewhere_is_refused_and_nothing_is_fetched(document):
    with pytest.raises(skos.NotSkos, match="not fetched"):
        skos.read(json.dumps(document), "json-ld")


@pytest.mark.parametrize("text", ["[" * 100_000, "{", "", '{"@context": 7}'])
def test_broken_json_ld_is_refused_in_words(text):
    with pytest.raises(skos.NotSkos):
        skos.read(text, "json-ld")


def test_a_file_may_name_wider_concepts_that_lie_elsewhere_but_makes_no_circle_through_them(tmp_path):
    paths = written(tmp_path, RICE)
    paths[0].write_text(paths[0].read_text(encoding="utf-8").replace("4.1,,", "4.1,cereal,"), encoding="utf-8")
    assert read(paths, {"cereal": ["crop"], "crop": []}).faults == []
    assert [str(fault) for fault in read(paths, {"cereal": ["rice"], "wild": ["wild"]}).faults] == [
        "words.csv:2: rice: broader goes in a circle: cereal > rice > cereal"
    ]
