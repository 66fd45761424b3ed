"""What the suites about names take for true, and what they count."""

from uuid import uuid4

from bench import duplicates, names, tables_names
from bench.duplicates import Listed
from corridor.directory.logic.ror import Row


def listed(register: str, number: str, domain: str, *texts: str, country: str = "TH") -> Listed:
    return Listed(register, number, country, domain, tuple(("official", "", text) for text in texts))


def test_two_records_of_two_registers_with_one_domain_of_their_own_are_the_same():
    one, other = listed("ROR", "1", "naga.ac.th", "Naga"), listed("Hipo", "1", "naga.ac.th", "Naga University")
    stranger = listed("swot", "1", "makara.ac.th", "Makara")
    known = duplicates.clear([one, other, stranger])
    assert set(known) == {one.key, other.key, stranger.key}
    assert duplicates.truth(known) == {frozenset((one.key, other.key))}


def test_a_domain_that_two_records_of_one_register_share_tells_nothing():
    shared = [listed("ROR", number, "naga.ac.th", "Naga") for number in "12"]
    assert duplicates.truth(duplicates.clear([*shared, listed("Hipo", "1", "naga.ac.th", "Naga")])) == set()


def test_figures_count_only_pairs_across_registers_whose_truth_is_known():
    a, b, c = listed("ROR", "1", "a.th", "A"), listed("Hipo", "1", "a.th", "A"), listed("swot", "1", "c.th", "C")
    unclear = listed("Hipo", "2", "", "A")
    twin = listed("ROR", "2", "d.th", "A")
    everyone = [a, b, c, unclear, twin]
    known = duplicates.clear(everyone)
    found = {frozenset((x.key, y.key)) for x, y in ((a, b), (a, c), (a, unclear), (a, twin))}
    told = duplicates.figures(found, duplicates.truth(known), known, everyone)
    assert {key: told[key] for key in ("precision", "recall", "found", "right", "not_judged", "within_ror")} == {
        "precision": 0.5, "recall": 1.0, "found": 2, "right": 1, "not_judged": 1, "within_ror": 1,
    }  # fmt: skip
    assert told["recall_by_tongues"] == {"en–en": 1.0}


def test_baselines_compare_all_names_of_a_country_with_all():
    one, same = listed("ROR", "1", "", "Naga University"), listed("Hipo", "1", "", "NAGA university")
    turned, abroad = (
        listed("swot", "1", "", "University Naga"),
        listed("swot", "2", "", "Naga University", country="LA"),
    )
    everyone = [one, same, turned, abroad]
    assert duplicates.baseline(everyone, duplicates.equal_names) == {frozenset((one.key, same.key))}
    assert len(duplicates.baseline(everyone, duplicates.token_sort)) == 3


def test_local_names_alone_meet_english_ones():
    ror = listed("ROR", "1", "", "Naga University", "มหาวิทยาลัยนาคา")
    hipo, swot = listed("Hipo", "1", "", "Naga University"), listed("swot", "1", "", "มหาวิทยาลัยนาคา")
    assert [(one.register, one.names[0][2]) for one in duplicates.local_alone([ror, hipo, swot])] == [
        ("ROR", "มหาวิทยาลัยนาคา"), ("Hipo", "Naga University")
    ]  # fmt: skip


def test_scores_are_held_against_the_truth():
    a, b, c = listed("ROR", "1", "a.th", "A"), listed("Hipo", "1", "a.th", "A"), listed("swot", "1", "c.th", "C")
    known = duplicates.clear([a, b, c])
    scores = {frozenset((a.key, b.key)): 0.95, frozenset((a.key, c.key)): 0.55, frozenset((a.key, uuid4())): 0.99}
    told = duplicates.calibration(scores, duplicates.truth(known), known)
    assert [(row["from"], row["pairs"], row["right"]) for row in told if row["pairs"]] == [(0.5, 1, 0.0), (0.9, 1, 1.0)]


def test_only_records_with_an_english_and_a_local_name_are_asked_for():
    def row(ror: str, *texts: str) -> Row:
        found = tuple(("official", "", text) for text in texts)
        return Row(ror, "TH", "university", found, "", "", None, None, "")

    found = names.named([row("2", "มหาวิทยาลัยนาคา", "Naga University"), row("1", "Makara University")])
    assert [(one.english, one.local, one.language) for one in found] == [("Naga University", "มหาวิทยาลัยนาคา", "th")]


def test_tables_name_countries_with_their_numbers():
    recall = {"recall": {"TH": 0.5}, "all": 0.5, "mean": 0.5}
    systems = dict.fromkeys(("raw", "words", "ours"), recall)
    told = tables_names.names(
        {"k": 10, "records": {"KH": 0, "TH": 2}, "directions": dict.fromkeys(tables_names.DIRECTIONS, systems)}
    )
    assert "| system | TH (2) | all records | mean of countries |" in told
    assert "2 records, all six countries in one pool." in told
