"""Loading a dump: what becomes an organisation, and that neither repeating nor breaking off does harm."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from corridor.directory.logic.ror import NotADump
from corridor.directory.models import Identifier, Organisation
from corridor.directory.operations import indexing, ror
from corridor.directory.operations.organisations import edit_organisation
from corridor.directory.operations.ror import load_ror
from corridor.kernel.models import Event
from corridor.language.operations.find import find
from tests import make, waiting
from tests.directory import register

pytestmark = pytest.mark.django_db


def told(loaded: ror.Loaded) -> tuple[int, int, int, dict[str, int]]:
    """What an import says of itself."""
    return loaded.new, loaded.changed, loaded.unchanged, dict(loaded.skipped)


def state() -> tuple[int, int, int, int, int]:
    """How much there is."""
    names = sum(o.names.count() for o in Organisation.objects.all())
    jobs = len(waiting.waiting("directory.index_organisations"))
    return Organisation.objects.count(), names, Identifier.objects.count(), Event.objects.count(), jobs


def test_organisations_of_the_six_countries_are_entered_and_the_others_counted_with_the_reason(tmp_path: Path):
    path = register.plain(
        tmp_path,
        register.second(1), register.first(2), register.second(3, country="FR"), register.second(4, country="US"),
        register.second(5, status="withdrawn"), register.second(6, names=[]), {"broken": True},
    )  # fmt: skip
    seen = []
    loaded = load_ror(path, progress=seen.append)
    assert told(loaded) == (2, 0, 0, {"other country": 2, "status withdrawn": 1, "no name": 1, "malformed": 1})
    assert sum(seen) == 7
    made = Organisation.objects.get(identifiers__value="0000001a1")
    assert (made.home, made.type, made.place, made.province, made.source) == (
        "LA", "university", "Pakse", "Champasak", "ROR 0000001a1",
    )  # fmt: skip
    assert (made.native_name, made.website, made.is_verified) == ("University 1", "https://u1.example.org", False)
    assert [(e.verb, e.by_id, e.facts) for e in Event.objects.about(made)] == [
        ("organisation.listed", None, {"type": "university", "ror": "0000001a1"})
    ]


def test_loading_again_changes_nothing(tmp_path: Path):
    path = register.plain(tmp_path, *(register.second(n) for n in range(5)))
    load_ror(path)
    before = state()
    assert told(load_ror(path)) == (0, 0, 5, {})
    assert state() == before


def test_two_different_files_one_after_the_other_are_loaded_before_any_worker_comes(tmp_path: Path):
    assert told(load_ror(register.plain(tmp_path, register.second(1)))) == (1, 0, 0, {})
    assert told(load_ror(register.plain(tmp_path, register.second(2)))) == (1, 0, 0, {})
    assert sorted(waiting.names()) == ["directory.index_organisations"] * 2 + ["language.count_words"]


def test_a_record_that_stands_twice_in_a_file_is_one_organisation(tmp_path: Path):
    path = register.plain(tmp_path, register.second(1), register.second(1), register.second(1))
    assert told(load_ror(path)) == (1, 0, 0, {})
    assert told(load_ror(path)) == (0, 0, 1, {})


def test_names_that_the_register_has_learnt_are_added_and_what_people_wrote_stays(tmp_path: Path):
    load_ror(register.plain(tmp_path, register.second(1)))
    made = Organisation.objects.get()
    names = [("official", "lo", "ຊື່ໃໝ່"), ("acronym", "", "U1")]
    edit_organisation(made, by=make.officer("LA"), names=names, place="Vientiane", type="institute")
    assert told(load_ror(register.plain(tmp_path, register.second(1)))) == (0, 1, 0, {})
    made = Organisation.objects.get()
    kept = sorted(made.names.values_list("kind", "text"))
    assert (made.place, made.type) == ("Vientiane", "institute")
    assert kept == sorted(
        [
            ("official", "ຊື່ໃໝ່"), ("acronym", "U1"), ("official", "University 1"), ("alias", "Old college 1"),
            ("translation", "ມະຫາວິທະຍາໄລ 1"), ("translation", "大学 1"),
        ]
    )  # fmt: skip


def test_an_import_that_was_stopped_in_the_middle_goes_on_when_repeated(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(ror, "BATCH", 10)
    path = register.plain(tmp_path, *(register.second(n) for n in range(35)))
    done = 0

    def stop(count: int) -> None:
        nonlocal done
        done += count
        if done >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_ror(path, progress=stop)
    assert Organisation.objects.count() == 20
    assert told(load_ror(path)) == (15, 0, 20, {})
    assert Identifier.objects.values("value").distinct().count() == Organisation.objects.count() == 35
    indexed = [key for job in waiting.waiting("directory.index_organisations") for key in job["organisations"]]
    assert sorted(indexed) == sorted(str(key) for key in Organisation.objects.values_list("pk", flat=True))


def test_a_file_that_breaks_off_keeps_the_whole_batches_before_and_says_what_is_wrong(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(ror, "BATCH", 10)
    path = register.plain(tmp_path, *(register.second(n) for n in range(25)))
    path.write_text(path.read_text()[:-200])
    with pytest.raises(NotADump, match="not valid JSON"):
        load_ror(path)
    assert Organisation.objects.count() == 20


def test_odd_records_do_not_stop_the_others(tmp_path: Path):
    long = "x" * 5000
    odd = [
        register.second(1, names=[{"value": f"{long}{n}", "types": ["label"], "lang": "en"} for n in range(3)]),
        register.second(2, names=[{"value": "Nul\0l", "types": ["ror_display"], "lang": "a" * 50}]),
        register.second(3, locations=[{"geonames_details": {"country_code": "TH", "name": long, "lat": 99, "lng": 1}}]),
        register.second(4, links=[{"type": "website", "value": f"https://example.org/{long}"}]),
        register.second(5, id="https://ror.org/" + "z" * 300),
    ]
    assert told(load_ror(register.plain(tmp_path, *odd))) == (4, 0, 0, {"malformed": 1})
    assert sorted(o.native_name or o.name for o in Organisation.objects.all())[0] == "Null"


def _written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_the_command_says_what_was_done_and_what_was_skipped(tmp_path: Path):
    out = io.StringIO()
    path = register.zipped(tmp_path, data__json=[register.second(1), register.second(2, country="FR")])
    call_command("load", "organisations", path, stdout=out)
    assert out.getvalue() == "1 new, 0 changed, 0 unchanged.\nSkipped 1: other country.\n"
    with pytest.raises(CommandError, match="not valid JSON"):
        call_command("load", "organisations", _written(tmp_path / "page.html", "<html>"))
    with pytest.raises(CommandError, match="There is no file"):
        call_command("load", "organisations", tmp_path / "none.json")
    assert Organisation.objects.count() == 1


def test_loaded_organisations_are_found_by_names_aliases_and_acronyms(tmp_path: Path, model):
    load_ror(register.plain(tmp_path, *(register.second(n) for n in range(12)), *(register.first(n) for n in range(9))))
    waiting.do_all()
    wanted = Organisation.objects.get(identifiers__value="0000003a1").pk
    queries = ("University 3", "U3", "Old college 3", "ມະຫາວິທະຍາໄລ 3", "大学 3")
    assert [find(query, by=None).hits[0].record_id for query in queries] == [wanted] * 5


def test_the_real_dump_is_loaded_whole_twice_and_found(model):
    path = Path(settings.BENCH_DATA, "ror", "ror_v2_dump_lmc6.json")
    if not path.is_file():
        pytest.skip("CORRIDOR_BENCH_DATA names no folder with ror/ror_v2_dump_lmc6.json: the real dump is not read")
    first = load_ror(path)
    total = Organisation.objects.count()
    assert (first.new, first.changed, first.unchanged) == (total, 0, 0)
    assert total > 2000
    assert first.skipped["malformed"] == 0
    assert set(Organisation.objects.values_list("home", flat=True).distinct()) == {"KH", "CN", "LA", "MM", "TH", "VN"}
    assert told(load_ror(path)) == (0, 0, total, dict(first.skipped))
    some = list(Organisation.objects.with_names().order_by("pk")[:100])
    indexing.follow(*(str(organisation.pk) for organisation in some))
    found = [find(o.native_name, by=None, limit=3).hits for o in some[:10]]
    assert [o.pk in {hit.record_id for hit in hits} for o, hits in zip(some[:10], found, strict=True)] == [True] * 10
