"""What people decided outlives the files, and the index never goes by a lexicon that is out of date."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from corridor.kernel.operations import grant
from corridor.kernel.states import Office, Scope
from corridor.language.logic import lexicon as lexicon_files
from corridor.language.logic import skos
from corridor.language.logic.lexicon import Concept as Written
from corridor.language.logic.lexicon import Label, Reading
from corridor.language.models import Passage, Term
from corridor.language.operations import lexicon
from corridor.language.operations.find import find
from corridor.language.operations.following import follow_lexicon
from corridor.language.operations.index import put
from corridor.language.operations.questions import Method
from tests import make

pytestmark = pytest.mark.django_db

WORDS_ONLY = Method(meaning=False)
COFFEE = {"en": "coffee", "km": "កាហ្វេ", "lo": "ກາເຟ", "my": "ကော်ဖီ", "th": "กาแฟ", "vi": "cà phê", "zh-hans": "咖啡"}
CROP = {"en": "crop", "km": "ដំណាំ", "lo": "ພືດ", "my": "သီးနှံ", "th": "พืช", "vi": "cây trồng", "zh-hans": "作物"}


def written(code: str, terms: dict[str, str], *broader: str) -> Written:
    return Written(code, ("poverty",), "4.1", broader, "A plant.", tuple(Label(c, t) for c, t in terms.items()))


def take(*concepts: Written) -> int:
    return lexicon.take(Reading({concept.code: concept for concept in concepts}, []))


def lao() -> list[tuple[str, str]]:
    return list(Term.objects.filter(language="lo", concept="coffee").order_by("pk").values_list("text", "state"))


def following_jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="language.follow_lexicon").count()


@pytest.fixture(autouse=True)
def known():
    lexicon.forget()
    yield
    lexicon.forget()


def make_terminologist_of(home: str):
    user = make.member(home=home)
    grant(user, Office.TERMINOLOGIST, over=(Scope.COUNTRY, home), home=home, by=None, reason="set-up")
    return user


@pytest.fixture
def by():
    return make_terminologist_of("LA")


def test_what_was_mended_does_not_come_back_with_the_file_that_still_says_it(by):
    take(written("coffee", COFFEE))
    lexicon.mend(Term.objects.get(language="lo"), by=by, text="ກາແຟ")
    lexicon.mend(Term.objects.get(language="lo"), by=by, text="ກາແຟລາວ")
    assert take(written("coffee", COFFEE)) == 0
    assert lao() == [("ກາແຟລາວ", "confirmed")]


def test_what_was_rejected_stays_rejected_when_the_file_says_it_again(by):
    take(written("coffee", COFFEE))
    lexicon.reject(Term.objects.get(language="lo"), by=by, reason="Nobody says so.")
    assert take(written("coffee", COFFEE)) == 0
    assert lao() == [("ກາເຟ", "rejected")]


def test_a_mended_word_can_be_added_again_by_a_person(by):
    take(written("coffee", COFFEE))
    lexicon.mend(Term.objects.get(language="lo"), by=by, text="ກາແຟ")
    lexicon.add_term(Term.objects.get(language="lo").concept, by=by, language="lo", text="ກາເຟ")
    assert take(written("coffee", COFFEE)) == 0
    assert lao() == [("ກາແຟ", "confirmed"), ("ກາເຟ", "confirmed")]


def test_new_links_between_concepts_reach_the_index_though_no_term_changed(model, entry):
    take(written("coffee", COFFEE), written("crop", CROP))
    put(entry("ພວກເຮົາປູກກາເຟ", "lo"))
    assert find("作物", by=None, method=WORDS_ONLY).hits == []
    before = following_jobs()
    assert take(written("coffee", COFFEE, "crop"), written("crop", CROP)) == 1
    assert following_jobs() == max(before, 1)
    follow_lexicon(0)
    assert [hit.terms for hit in find("作物", by=None, method=WORDS_ONLY).hits] == [("§^crop",)]
    assert take(written("coffee", COFFEE), written("crop", CROP)) == 1
    follow_lexicon(0)
    assert find("作物", by=None, method=WORDS_ONLY).hits == []


def test_links_that_changed_elsewhere_are_known_here(model, entry):
    take(written("coffee", COFFEE, "crop"), written("crop", CROP))
    version = lexicon.known().version
    take(written("coffee", COFFEE), written("crop", CROP))
    lexicon.forget()
    assert lexicon.known().version != version


def test_the_index_follows_the_lexicon_as_it_is_now_and_not_as_this_process_remembers_it(model, entry):
    take(written("coffee", COFFEE))
    put(entry("ພວກເຮົາປູກກາເຟ", "lo"))
    remembered = lexicon.known()
    Term.objects.filter(language="lo").delete()  # as another process would, which this one does not hear of
    assert lexicon.known() is remembered
    follow_lexicon(0)
    assert [passage.concepts for passage in Passage.objects.all()] == [[]]


def test_the_readers_language_comes_first_however_many_terms_of_others_begin_so():
    others = [written(f"c{n}", COFFEE | {"en": f"ca {n:03}", "vi": f"xa {n:03}"}) for n in range(100)]
    take(*others, written("coffee", COFFEE))
    assert [(t.language, t.text) for t in lexicon.suggest("c", "vi", most=2)] == [("vi", "cà phê"), ("en", "ca 000")]
    assert [t.text for t in lexicon.suggest("cà p", "en")] == ["cà phê"]


def test_a_review_goes_out_with_skos_and_is_not_taken_in(by, tmp_path):
    take(written("coffee", COFFEE))
    lexicon.confirm(Term.objects.get(language="lo"), by=by)
    lexicon.reject(Term.objects.get(language="en"), by=make_terminologist_of("VN"), reason="Too wide.")
    file = tmp_path / "lexicon.ttl"
    file.write_text(skos.written(lexicon.as_concepts()), encoding="utf-8")
    labels = lexicon.reading_of(file).concepts["coffee"].labels
    assert [label.language for label in labels if label.is_confirmed] == ["lo"]
    assert "en" not in {label.language for label in labels}
    Term.objects.all().delete()
    lexicon.take(lexicon.reading_of(file))
    assert set(Term.objects.values_list("state", flat=True)) == {"unreviewed"}


@pytest.mark.parametrize("name", ["words.ttl", "words.jsonld", "words.csv"])
def test_a_file_in_another_encoding_is_told_of(name, tmp_path):
    file = tmp_path / name
    file.write_bytes("水稻".encode("gb18030"))
    with pytest.raises(CommandError):
        call_command("load", "lexicon", str(file), "--check", stdout=StringIO())
    assert Term.objects.count() == 0


def test_checking_a_file_of_ones_own_tells_and_takes_nothing(tmp_path):
    take(written("crop", CROP))
    head, coffee = ",".join(lexicon_files.COLUMNS), f"coffee,,4.1,crop,A plant.,{','.join(COFFEE.values())}"
    file = tmp_path / "words.csv"
    file.write_text(f"{head}\n{coffee}\n", encoding="utf-8")
    told = StringIO()
    call_command("load", "lexicon", str(file), "--check", stdout=told)
    assert told.getvalue() == "1 concepts can be taken as they are.\n"
    assert Term.objects.filter(concept="coffee").count() == 0
    call_command("load", "lexicon", str(file), stdout=told)
    assert Term.objects.filter(concept="coffee").count() == 7


def test_a_file_with_faults_is_told_line_by_line_and_not_taken(tmp_path):
    file = tmp_path / "words.csv"
    row = f"coffee,,9.9,cereal,A plant.,{','.join(COFFEE.values())}"
    file.write_text(f"{','.join(lexicon_files.COLUMNS)}\n{row}\n", encoding="utf-8")
    told = StringIO()
    with pytest.raises(CommandError, match="faults must be mended first"):
        call_command("load", "lexicon", str(file), stdout=told)
    assert told.getvalue().splitlines() == [
        "words.csv:2: coffee: unknown FORD field: 9.9",
        "words.csv:2: coffee: broader names 'cereal', which is not there",
    ]
    assert Term.objects.count() == 0
