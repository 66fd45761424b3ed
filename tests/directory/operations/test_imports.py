"""Previewing a table, taking all of its rows or none, dropping it; and who may."""

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone, translation

from corridor.directory import rules
from corridor.directory.models import Import, ImportedRow, ImportProgress, Organisation, OrganisationName
from corridor.directory.operations.imports import MOST_ON_THE_WEB, carry_out, drop, expire, preview, take
from corridor.directory.rules.remarks import FAULTS, FILES, WARNINGS, in_words
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, User
from tests import make, waiting

pytestmark = pytest.mark.django_db
HEAD = "name,type,place,website\n"
GOOD = "ສະຫະກອນກາເຟ,cooperative,Pakse,https://coffee.example\nRice Works,enterprise,,\n"


def sent(
    text: str = HEAD + GOOD, *, by: User | None = None, home: str = "LA", encoding: str = "utf-8", **facts: str
) -> Import:
    """A table that an officer sent in."""
    officer = by or make.officer(home)
    return preview(text.encode(encoding), file_name="list.csv", home=home, by=officer, **facts)


def many(rows: int) -> str:
    """A table of so many organisations."""
    return "name,type\n" + "".join(f"Invented works {number},enterprise\n" for number in range(rows))


def nothing_entered() -> bool:
    """Whether the directory is as it was."""
    return not Organisation.objects.exists() and not Event.objects.filter(verb="organisation.listed").exists()


def test_a_preview_says_what_would_be_taken_and_enters_nothing() -> None:
    officer = make.officer("LA")
    batch = sent(by=officer)
    assert (batch.home, batch.made_by, batch.format, batch.row_count, batch.faulty_count) == (
        "LA",
        officer,
        "csv",
        2,
        0,
    )
    assert [line.names[0][2] for line in batch.lines.all()] == ["ສະຫະກອນກາເຟ", "Rice Works"]
    assert nothing_entered()


def test_faults_are_kept_with_their_row_and_cell() -> None:
    batch = sent(HEAD + "Works,castle,Pakse,x\n,enterprise,,\nGood,enterprise,,\n")
    told = [(line.number, remark["column"], remark["code"]) for line in batch.lines.all() for remark in line.faults]
    assert told == [(2, "type", "unknown_type"), (2, "website", "no_website"), (3, "name", "required")]
    assert batch.faulty_count == 2


def test_what_is_listed_already_is_a_warning() -> None:
    listed = make.organisation("LA", name="Rice-WORKS", website="http://www.coffee.example/")
    make.organisation("KH", name="Rice Works")
    batch = sent()
    told = {
        line.number: [(r["column"], r["code"], r["facts"]["organisation"]) for r in line.doubts]
        for line in batch.lines.all()
    }
    assert told == {
        2: [("website", "same_site_listed", str(listed.pk))], 3: [("name", "same_listed", str(listed.pk))],
    }  # fmt: skip
    assert (batch.doubtful_count, batch.faulty_count) == (2, 0)


def test_taking_enters_every_row_and_keeps_no_row_of_the_file() -> None:
    officer = make.officer("LA")
    batch = sent(by=officer)
    take(batch, by=officer)
    coffee = Organisation.objects.get(names__text="ສະຫະກອນກາເຟ")
    assert (coffee.home, coffee.type, coffee.place, coffee.province, coffee.website) == (
        "LA", "cooperative", "Pakse", "Champasak", "https://coffee.example",
    )  # fmt: skip
    assert (str(coffee.latitude), coffee.source, coffee.is_verified) == ("15.12022", f"import {batch.pk}", False)
    assert (Organisation.objects.count(), ImportedRow.objects.count(), batch.state) == (2, 0, "taken")
    event = Event.objects.about(coffee).get()
    assert (event.verb, event.by_id, event.facts["batch"]) == ("organisation.listed", officer.pk, str(batch.pk))
    [job] = waiting.waiting("directory.index_organisations")
    assert len(job["organisations"]) == 2


@pytest.mark.usefixtures("model")
def test_what_was_taken_is_found_by_the_index() -> None:
    officer = make.officer("LA")
    take(sent(by=officer), by=officer)
    assert "directory.index_organisations" in waiting.do_all(but=("language.count_words",))


def test_whoever_imported_many_may_still_list_one_by_hand() -> None:
    officer = make.officer("LA")
    batch = sent(many(30), by=officer)
    take(batch, by=officer)
    assert rules.may_list(officer, "LA").allowed


def test_with_one_fault_no_row_is_taken() -> None:
    officer = make.officer("LA")
    batch = sent(HEAD + GOOD + "Works,castle,,\n", by=officer)
    with pytest.raises(Refused, match="All rows are taken or none"):
        take(batch, by=officer)
    batch.refresh_from_db()
    assert (batch.state, batch.lines.count()) == ("previewed", 3)
    assert nothing_entered()


def test_what_fails_in_the_middle_leaves_nothing() -> None:
    officer = make.officer("LA")
    batch = sent(by=officer)
    batch.lines.filter(number=3).update(facts={"type": "no such type"})
    with pytest.raises(Exception, match="organisation_type_known"):
        take(batch, by=officer)
    batch.refresh_from_db()
    assert (batch.state, batch.lines.count()) == ("previewed", 2)
    assert nothing_entered()


def test_many_rows_are_entered_by_a_job_once() -> None:
    officer = make.officer("LA")
    batch = sent(many(450), by=officer)
    take(batch, by=officer)
    assert (batch.state, Organisation.objects.count()) == ("taking", 0)
    [job] = waiting.waiting("directory.take_import")
    carry_out(job["batch"])
    carry_out(job["batch"])
    batch.refresh_from_db()
    assert (batch.state, Organisation.objects.count(), batch.lines.count()) == ("taken", 450, 0)
    assert Event.objects.filter(verb="organisation.listed", by_id=officer.pk).count() == 450


def test_taking_twice_is_refused_the_second_time() -> None:
    officer = make.officer("LA")
    batch = sent(by=officer)
    take(batch, by=officer)
    with pytest.raises(Refused, match="taken or dropped in the meantime"):
        take(Import.objects.get(pk=batch.pk), by=officer)
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(
    ("somebody", "says"),
    [
        (lambda: make.person("LA"), "a person"),
        (lambda: make.member(make.organisation("LA")), "a member"),
        (lambda: make.manager(make.organisation("LA", is_verified=True)), "a manager"),
        (lambda: make.officer("KH"), "another country's officer"),
        (make.operator, "an operator without a country"),
    ],
)
def test_nobody_but_the_focal_point_imports_takes_or_drops(somebody: Callable[[], User], says: str) -> None:
    user, batch = somebody(), sent()
    before = Organisation.objects.count()
    for act in (lambda: sent(by=user), lambda: take(batch, by=user), lambda: drop(batch, by=user)):
        with pytest.raises(Refused, match="Only the focal point of a country"):
            act()
    batch.refresh_from_db()
    assert (Import.objects.count(), batch.state, Organisation.objects.count()) == (1, "previewed", before)
    assert list(Import.objects.visible_to(user)) == [], says


def test_the_head_of_a_focal_point_imports_too() -> None:
    head = make.head("LA")
    assert list(Import.objects.visible_to(head)) == []
    assert list(Import.objects.visible_to(sent(by=head).made_by)) == [Import.objects.get()]


def test_dropping_forgets_the_rows_and_keeps_that_there_was_one() -> None:
    officer = make.officer("LA")
    batch = sent(by=officer)
    drop(batch, by=officer)
    assert (batch.state, ImportedRow.objects.count()) == ("dropped", 0)
    assert [event.verb for event in Event.objects.about(batch)] == ["import.previewed", "import.dropped"]
    assert nothing_entered()


def test_many_open_previews_of_a_country_are_enough() -> None:
    officer = make.officer("LA")
    for _number in range(rules.MOST_PREVIEWS):
        batch = sent(by=officer)
    with pytest.raises(Refused, match="Take or drop one of them first"):
        sent(by=officer)
    drop(batch, by=officer)
    assert sent(by=officer).is_open


def test_previews_that_nobody_took_are_dropped_after_some_days() -> None:
    old, new = sent(), sent()
    Import.objects.filter(pk=old.pk).update(created_at=timezone.now() - datetime.timedelta(days=4))
    assert (expire(), expire()) == (1, 0)
    assert dict(Import.objects.values_list("pk", "state")) == {old.pk: "dropped", new.pk: "previewed"}
    assert {line.batch_id for line in ImportedRow.objects.all()} == {new.pk}


def test_a_guessed_encoding_is_taken_only_when_somebody_says_that_it_reads_right() -> None:
    officer = make.officer("TH")
    text = "name,type\nมหาวิทยาลัยตัวอย่างแห่งหนึ่งในประเทศไทย,university\nสหกรณ์ผู้ปลูกกาแฟบนดอย,cooperative\n"
    batch = sent(text, by=officer, home="TH", encoding="cp874")
    assert (batch.encoding, batch.is_encoding_guessed, batch.faulty_count) == ("cp874", True, 0)
    for encoding in ("", "gb18030"):
        with pytest.raises(Refused, match="reads right"):
            take(batch, by=officer, encoding=encoding)
    assert nothing_entered()
    take(batch, by=officer, encoding="cp874")
    assert OrganisationName.objects.filter(text="สหกรณ์ผู้ปลูกกาแฟบนดอย").exists()


def test_an_encoding_that_was_said_needs_no_further_word() -> None:
    officer = make.officer("TH")
    batch = sent("name,type\nสหกรณ์,cooperative\n", by=officer, home="TH", **{"encoding": "utf-8"})
    assert not batch.is_encoding_guessed


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b"name,place\nx,y\n", "These columns are missing: type."),
        (many(MOST_ON_THE_WEB + 1).encode(), "more than 5000 rows"),
        ("name\nПриветствие всем людям доброй воли\n".encode("koi8-r"), "Save it anew as UTF-8"),
    ],
)
def test_what_is_no_table_is_refused_and_nothing_is_kept(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        preview(data, file_name="x.csv", home="LA", by=make.officer("LA"))
    assert Import.objects.count() == 0


@pytest.mark.parametrize("language", ["en", "km", "lo", "my", "th", "vi", "zh-hans"])
def test_every_remark_has_a_sentence_in_every_language(language: str) -> None:
    facts = {"most": 1, "row": 2, "count": 3}
    with translation.override(language):
        told = [in_words({"code": code, "facts": facts}) for code in (*FAULTS, *WARNINGS)]
        files = [str(sentence) for sentence in FILES.values()]
    assert [sentence for sentence in [*told, *files] if not sentence] == []


@pytest.mark.usefixtures("committed_db")
def test_how_far_it_has_come_is_seen_before_anything_else_is() -> None:
    officer = make.officer("LA")
    batch = sent(many(450), by=officer)
    take(batch, by=officer)
    seen = []

    def look(_entered: int) -> None:
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT entered, (SELECT count(*) FROM directory_organisation) FROM directory_importprogress"
            )
            seen.append(cursor.fetchone())
        other.close()

    carry_out(str(batch.pk), progress=look)
    assert seen == [(200, 0), (400, 0), (450, 0)]
    assert (ImportProgress.objects.get().entered, Organisation.objects.count()) == (450, 450)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file on the operator's disk."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_the_operator_loads_the_same_table_on_the_command_line(tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("load", "organisations", written(tmp_path, "list.csv", HEAD + GOOD), "--country", "la", stdout=out)
    assert "Loaded 2 organisations." in out.getvalue()
    assert Event.objects.filter(verb="organisation.listed", by_id=None).count() == 2
    assert Import.objects.get().state == "taken"


def test_more_rows_than_on_the_web_come_at_once_on_the_command_line(tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", many(MOST_ON_THE_WEB + 1))
    out = io.StringIO()
    call_command("load", "organisations", path, "--country", "LA", "--check", stdout=out)
    assert "5001 organisations can be taken as they are." in out.getvalue()
    assert (nothing_entered(), Import.objects.get().state) == (True, "dropped")


def test_faults_are_said_on_the_command_line_and_nothing_is_taken(tmp_path: Path) -> None:
    out = io.StringIO()
    path = written(tmp_path, "list.csv", HEAD + GOOD + "Works,castle,,\n")
    with pytest.raises(CommandError, match="1 of 3 rows have faults; nothing was taken"):
        call_command("load", "organisations", path, "--country", "LA", stdout=out)
    assert "fault: row 4, type: No such type. The template lists them." in out.getvalue()
    assert (nothing_entered(), Import.objects.get().state) == (True, "dropped")


def test_a_strange_encoding_is_told_on_the_command_line_and_read_when_said(tmp_path: Path) -> None:
    text = "name,type\n北方水稻研究院示例单位,institute\n示范农业合作社联合会,cooperative\n"
    path = written(tmp_path, "list.csv", text.encode("gb18030"))
    with pytest.raises(CommandError, match=r"北方水稻研究院(?s:.)*--encoding gb18030"):
        call_command("load", "organisations", path, "--country", "CN", stdout=io.StringIO())
    assert nothing_entered()
    call_command("load", "organisations", path, "--country", "CN", "--encoding", "gb18030", stdout=io.StringIO())
    assert Organisation.objects.filter(home="CN").count() == 2


@pytest.mark.parametrize("country", [None, "FR"])
def test_a_table_without_one_of_the_six_countries_is_refused(tmp_path: Path, country: str | None) -> None:
    said = ["--country", country] if country else []
    with pytest.raises(CommandError, match="--country LA"):
        call_command("load", "organisations", written(tmp_path, "list.csv", HEAD + GOOD), *said)
    assert (nothing_entered(), Import.objects.count()) == (True, 0)
