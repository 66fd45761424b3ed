"""No rule forgets that an organisation may be suspended: an office over one is asked for in one place, and every rule is sorted."""

import ast
from collections.abc import Iterator
from pathlib import Path

from corridor.directory import rules as directory
from corridor.matching import rules as matching
from tests.house.reading import PACKAGE, functions, modules, name_of, tree

# Where an office over an organisation may be read without asking whether it acts, each with its reason.
READS_OFFICES = {
    "src/corridor/directory/rules/acting.py": "the one place that decides",
    "src/corridor/kernel/rules.py": "the kernel knows no organisations; the verb that gives offices there asks the directory first",
    "src/corridor/matching/models/introductions.py": "which introductions are one's own to read",
    "src/corridor/web/waiting.py": "which organisations are one's own to list",
}
DECIDES = {"takes_part", "acts", "goes_on"}
# Rules that stop nothing when an organisation is suspended, each with its reason.
GOES_ON = {
    # taking back, ending and leaving
    "may_withdraw": "takes back a notice, or a person's consent",
    "may_take_back": "takes back",
    "may_fulfil": "ends",
    "may_withdraw_answer": "takes back",
    "may_withdraw_introduction": "takes back",
    "may_leave": "leaves",
    "may_close_facility": "ends",
    "may_pause": "asks for less",
    # what officers decide, whatever the organisation may do
    "may_decide": "a text is returned, two entries are told apart; publishing asks besides",
    "may_suspend": "a text of its own can be suspended too",
    "may_lift": "a text of its own is put back, and rests with it",
    "may_verify": "the focal point's word for it",
    "may_withdraw_verification": "the focal point's word for it",
    "may_suspend_organisation": "it is this",
    "may_lift_suspension": "it is this",
    "may_object": "it is the answer to this",
    "may_merge": "refused for both by a reason of its own",
    "may_name_pair": "refused by may_merge",
    "may_undo": "refused by a reason of its own",
    "may_set_country": "no organisation acts",
    "may_import": "no organisation acts",
    "may_take_import": "no organisation acts",
    "may_drop_import": "no organisation acts",
    "may_invite_head": "no organisation acts",
    "may_accept": "no organisation acts",
    "may_confirm": "no organisation acts",
    "may_withdraw_invitation": "no organisation acts",
    "may_open": "no organisation acts",
    "may_begin_recovery": "no organisation acts",
    "may_agree": "no organisation acts",
    "may_stop_recovery": "no organisation acts",
    # what people do for themselves
    "may_draft": "a draft is nobody else's to read",
    "may_be_published": "about the author",
    "may_list": "a person enters an organisation",
    "may_lie": "about degrees",
    "may_describe_oneself": "about oneself",
    "may_work_at": "about oneself",
    "may_be_shown": "about oneself",
    "may_consent": "about oneself",
    "may_confirm_orcid": "about oneself",
    "may_join_roster": "about oneself",
    "may_save_search": "reads",
    "may_see_team": "reads",
}


def rules_files() -> list[Path]:
    """The rules of both rooms that know organisations."""
    return [path for room in ("directory", "matching") for path in sorted((PACKAGE / room / "rules").glob("*.py"))]


def asked_of_offices(path: Path) -> Iterator[int]:
    """Lines that ask an audience what it can do over one organisation."""
    for node in ast.walk(tree(path)):
        asks = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "can"
        if asks and any(word.arg == "organisation" for word in node.keywords):  # type: ignore[attr-defined]
            yield node.lineno  # type: ignore[attr-defined]


def test_an_office_over_an_organisation_is_asked_for_in_one_place() -> None:
    found = {name_of(path) for path in modules("src") if any(asked_of_offices(path))}
    assert found == set(READS_OFFICES), "ask `belongs` or `acts` of corridor.directory.rules"


def calls() -> dict[str, set[str]]:
    """Which names each rule calls, in both rooms together."""
    return {
        found.name: {
            node.func.id for node in ast.walk(found) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        for path in rules_files()
        for found in functions(path)
    }


def reaches(name: str, called: dict[str, set[str]], seen: frozenset[str] = frozenset()) -> bool:
    """Whether a rule asks, itself or through those that it calls, if the organisation takes part."""
    if name in DECIDES:
        return True
    onward = called.get(name, set()) - seen
    return any(reaches(one, called, seen | {name}) for one in onward)


def test_every_rule_asks_whether_the_organisation_takes_part_or_says_why_not() -> None:
    exported = {name for room in (directory, matching) for name in room.__all__ if name.startswith("may_")}
    called = calls()
    silent = {name for name in exported if not reaches(name, called)}
    assert silent - set(GOES_ON) == set(), "let it ask `takes_part`, or say in GOES_ON why it need not"
    assert set(GOES_ON) - exported == set()
