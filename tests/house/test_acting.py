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
ACTING = "corridor.directory.rules.acting"
DECIDES = {
    (ACTING, "takes_part"),
    (ACTING, "acts"),
    (ACTING, "acts_at_all"),
    ("corridor.matching.rules.introductions", "goes_on"),
}
# Rules that stop nothing when an organisation is suspended, each with its reason.
GOES_ON = {
    # taking back, ending and leaving
    "directory.may_withdraw": "takes back a person's consent",
    "matching.may_withdraw": "takes back a notice",
    "matching.may_take_back": "takes back",
    "matching.may_fulfil": "ends",
    "matching.may_withdraw_answer": "takes back",
    "matching.may_withdraw_introduction": "takes back",
    "matching.may_leave": "leaves",
    "directory.may_close_facility": "ends",
    "matching.may_pause": "asks for less",
    # what officers decide, whatever the organisation may do
    "directory.may_decide": "two entries are told apart",
    "matching.may_decide": "a text is returned; publishing asks besides",
    "matching.may_suspend": "a text of its own can be suspended too",
    "matching.may_lift": "a text of its own is put back, and rests with it",
    "directory.may_verify": "the focal point's word for it",
    "directory.may_withdraw_verification": "the focal point's word for it",
    "directory.may_suspend_organisation": "it is this",
    "directory.may_lift_suspension": "it is this",
    "directory.may_object": "it is the answer to this",
    "directory.may_merge": "refused for both by a reason of its own",
    "directory.may_name_pair": "refused by may_merge",
    "directory.may_undo": "refused by a reason of its own",
    "directory.may_set_country": "no organisation acts",
    "directory.may_import": "no organisation acts",
    "directory.may_take_import": "no organisation acts",
    "directory.may_drop_import": "no organisation acts",
    "directory.may_invite_head": "no organisation acts",
    "directory.may_accept": "no organisation acts",
    "directory.may_confirm": "no organisation acts",
    "directory.may_withdraw_invitation": "no organisation acts",
    "directory.may_open": "no organisation acts",
    "directory.may_move": "no organisation acts",
    "directory.may_give_word": "no organisation acts",
    "directory.may_withdraw_motion": "no organisation acts",
    "directory.may_begin_recovery": "no organisation acts",
    "directory.may_agree": "no organisation acts",
    "directory.may_stop_recovery": "no organisation acts",
    # what people do for themselves
    "matching.may_draft": "a draft is nobody else's to read",
    "directory.may_list": "a person enters an organisation",
    "directory.may_lie": "about degrees",
    "directory.may_describe_oneself": "about oneself",
    "directory.may_work_at": "about oneself",
    "directory.may_be_shown": "about oneself",
    "directory.may_consent": "about oneself",
    "directory.may_confirm_orcid": "about oneself",
    "directory.may_join_roster": "about oneself",
    "matching.may_save_search": "reads",
    "matching.may_see_team": "reads",
    # what the room below knows of members; whether somebody acts is asked where a notice is at hand
    "language.may_ask_translation": "asks for oneself",
    "language.may_translate": "matching.may_translate asks besides",
    "language.may_confirm": "matching.may_confirm_translation asks besides",
    "language.may_review": "about terms",
    "language.may_review_language": "about terms",
    "language.may_write_term": "about terms",
    "language.may_see_engine": "reads",
}


Rule = tuple[str, str]  # module and name: two rooms may well have rules of one name
ROOMS = ("directory", "language", "matching")


def rules_files() -> list[Path]:
    """The rules of the rooms that know organisations, and of the one below them whose rules they ask."""
    return [
        path
        for room in ROOMS
        for path in sorted((PACKAGE / room).rglob("*.py"))
        if "rules" in (path.stem, path.parent.name)
    ]


def module_of(path: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def asked_of_offices(path: Path) -> Iterator[int]:
    """Lines that ask an audience what it can do over one organisation."""
    for node in ast.walk(tree(path)):
        asks = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "can"
        if asks and any(word.arg == "organisation" for word in node.keywords):  # type: ignore[attr-defined]
            yield node.lineno  # type: ignore[attr-defined]


def test_an_office_over_an_organisation_is_asked_for_in_one_place() -> None:
    found = {name_of(path) for path in modules("src") if any(asked_of_offices(path))}
    assert found == set(READS_OFFICES), "ask `belongs` or `acts` of corridor.directory.rules"


def known_in(path: Path) -> dict[str, Rule]:
    """What each name of a module stands for: what it defines, and what it imports from where."""
    imports = (node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) and node.module)
    known = {name.asname or name.name: (str(node.module), name.name) for node in imports for name in node.names}
    return known | {found.name: (module_of(path), found.name) for found in functions(path)}


def names_called(function: ast.AST, known: dict[str, Rule]) -> set[Rule]:
    """What a function calls, by its own name or as `rules.name`."""
    called = set()
    for node in ast.walk(function):
        asked = node.func if isinstance(node, ast.Call) else None
        if isinstance(asked, ast.Name) and asked.id in known:
            called.add(known[asked.id])
        if isinstance(asked, ast.Attribute) and isinstance(asked.value, ast.Name) and asked.value.id in known:
            called.add((".".join(known[asked.value.id]), asked.attr))
    return called


def calls() -> dict[Rule, set[Rule]]:
    """Which rules each rule calls; a name that a package hands on leads to where it is defined."""
    called: dict[Rule, set[Rule]] = {}
    for path in rules_files():
        known = known_in(path)
        called |= {(module_of(path), name): {where} for name, where in known.items() if where[0] != module_of(path)}
        called |= {known[found.name]: names_called(found, known) for found in functions(path)}
    return called


def reaches(rule: Rule, called: dict[Rule, set[Rule]], seen: frozenset[Rule] = frozenset()) -> bool:
    """Whether a rule asks, itself or through those that it calls, if the organisation takes part."""
    if rule in DECIDES:
        return True
    onward = called.get(rule, set()) - seen
    return any(reaches(one, called, seen | {rule}) for one in onward)


def exported() -> set[str]:
    """The rules of each room, as `room.name`."""
    handed_on = {f"{room.__name__.split('.')[1]}.{name}" for room in (directory, matching) for name in room.__all__}
    own = {f"language.{found.name}" for found in functions(PACKAGE / "language" / "rules.py")}
    return {rule for rule in handed_on | own if rule.split(".")[1].startswith("may_")}


def test_every_rule_asks_whether_the_organisation_takes_part_or_says_why_not() -> None:
    called = calls()
    silent = {
        rule for rule in exported() if not reaches((f"corridor.{rule.split('.')[0]}.rules", rule.split(".")[1]), called)
    }
    assert silent - set(GOES_ON) == set(), "let it ask `takes_part`, or say in GOES_ON why it need not"
    assert set(GOES_ON) - silent == set(), "it asks, or is there no more"


def test_rules_of_one_name_are_told_apart() -> None:
    called = calls()
    one, other = ("corridor.directory.rules.networks", "_is_officer"), ("corridor.matching.rules.notices", "may_edit")
    assert (reaches(one, called), reaches(other, called)) == (False, True)
    asks = {("a", "may"): {("b", "may")}, ("b", "may"): {(ACTING, "takes_part")}, ("c", "may"): set()}
    assert [reaches((module, "may"), asks) for module in "abc"] == [True, True, False]
