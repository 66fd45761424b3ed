"""The components of every page. All arguments are named; a misspelt one is an error when the template is read."""

import datetime
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, Form
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from corridor.kernel.states import Theme
from corridor.web.components import names
from corridor.web.components.dates import day_in_words, write_moment
from corridor.web.components.forms import dress
from corridor.web.components.parts import Choice, Crumb, Fact, FilterGroup, Happening, Step, Waiting
from corridor.web.components.tones import tone_of

register = template.Library()
Shown = Mapping[str, Any]
UNKNOWN = ("", "und")  # BCP 47: undetermined; a text in none of the seven languages


@register.inclusion_tag("components/result_row.html")
def result_row(
    *,
    title: object,
    url: str,
    language: str,
    kind: object = "",
    country: object = "",
    organisation: object = "",
    organisation_language: str = "",
    translated_title: object = "",
    translated_by_machine: bool = False,
    until: datetime.datetime | datetime.date | None = None,
    zone: str = "UTC",
    why: object = "",
    why_language: str = "",
    why_shared: Iterable[str] = (),
    themes: Iterable[object] = (),
    subjects: Iterable[str] = (),
    glossed: Iterable[object] = (),
    state: object = "",
    is_sample: bool = False,
    level: int = 3,
) -> Shown:
    """One line of a list: what it is, from where, in what language, until when, and why it is here."""
    return {
        **locals(),
        "why_shared": tuple(why_shared),
        "themes": tuple(themes),
        "subjects": tuple(subjects),
        "glossed": tuple(glossed),
    }


@register.inclusion_tag("components/fact_card.html")
def fact_card(*, facts: Iterable[Fact], heading: object = "", level: int = 2) -> Shown:
    """Facts that read in all seven languages without translation, each with its unit."""
    return {"facts": tuple(facts), "heading": heading, "level": level}


@register.inclusion_tag("components/theme_tags.html")
def theme_tags(*, themes: Iterable[object], linked: bool = True) -> Shown:
    """The themes of a record by their codes, as links to the pages that gather them."""
    return {"themes": [Theme(str(getattr(code, "value", code))) for code in themes], "linked": linked}


@register.simple_tag
def country_name(*, country: object) -> str:
    """The name of one of the six in the reader's language, from its record or ISO code. Never a flag."""
    return names.country_in_words(country)


@register.simple_tag
def language_name(*, code: str, for_reader: bool = False) -> SafeString:
    """A language's name in its own script; with `for_reader`, followed by its name in the reader's language."""
    if code in UNKNOWN:
        return format_html("{}", _("another language"))
    own = format_html('<span lang="{}">{}</span>', code, names.own_name(code))
    if not for_reader or code == names.reader_language():
        return own
    return format_html("{} ({})", own, names.name_for_reader(code))


@register.filter
def day(value: datetime.date) -> str:
    """A day in the reader's language; for moments use `date_with_zone`."""
    return day_in_words(value)


@register.simple_block_tag
def text_in(
    content: SafeString,
    *,
    language: str,
    origin: object = "",
    translator: object = "",
    checked_by: object = "",
    checked_on: datetime.date | None = None,
    translated_from: str = "",
    was_converted: bool = False,
    engine: str = "",
) -> SafeString:
    """Words in a language, with the line that says whose words they are. No `origin`: the original."""
    return render_to_string(
        "components/text_in.html",
        {**locals(), "origin": str(getattr(origin, "value", origin))},
    )


@register.inclusion_tag("components/date_with_zone.html", takes_context=True)
def date_with_zone(
    context: Context, *, moment: datetime.datetime | datetime.date, zone: str, mine: str | None = None
) -> Shown:
    """A moment in the zone it was set in, and in the reader's: `mine`, else `my_zone` of the page, else the browser's."""
    return {"written": write_moment(moment, zone=zone, mine=mine or context.get("my_zone"))}


@register.inclusion_tag("components/button_with_reasons.html", takes_context=True)
def button_with_reasons(
    context: Context,
    *,
    label: object,
    verdict: Any = None,
    url: str = "",
    method: str = "post",
    name: str = "",
    value: object = "",
    tone: str = "",
    form: str = "",
) -> Shown:
    """A button that can be pressed, or one that cannot with every reason beneath it.

    With `url` and method "post" it brings its own form; with method "get" it is a link; without `url` it belongs to
    the form around it or, by its id, to `form`. `tone` is "", "quiet" or "warn".
    """
    reasons = () if verdict is None or verdict.allowed else tuple(verdict.reasons)
    mark = zlib.crc32(f"{label}|{url}|{name}|{value}".encode())
    shown = {key: val for key, val in locals().items() if key != "context"}
    return {**shown, "why_id": f"why-{mark:08x}", "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/field.html")
def field(
    *,
    bound: BoundField,
    label: object = "",
    help: object = "",
    most: int | None = None,
    language: str = "",
    rows: int | None = None,
) -> Shown:
    """One field of a form: label, help, what is wrong with it, and what was typed. `most` shows a counter."""
    words = {"label": label or bound.label, "help": help or bound.help_text}
    return {"bound": bound, **words, **dress(bound, most, language, rows)}


@register.inclusion_tag("components/form_errors.html")
def form_errors(*, form: Form) -> Shown:
    """What has to be mended in a form, each line a link to its field."""
    wrong = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    return {"form": form, "wrong": wrong, "general": form.non_field_errors()}


@register.inclusion_tag("components/empty_state.html")
def empty_state(*, heading: object, text: object = "", action_label: object = "", action_url: str = "") -> Shown:
    """An empty list, which says what to do next."""
    return locals()


@register.inclusion_tag("components/progress_rail.html")
def progress_rail(*, steps: Iterable[Step], label: object = "") -> Shown:
    """Where one is in a form of several steps."""
    return {"steps": tuple(steps), "label": label or _("Steps")}


@register.simple_block_tag
def table_scroller(content: SafeString, *, label: object) -> SafeString:
    """A real table in a frame that scrolls by itself, by keyboard too; its head stays in sight."""
    return render_to_string("components/table_scroller.html", {"content": content, "label": label})


@register.inclusion_tag("components/pager.html")
def pager(
    *, previous_url: str = "", next_url: str = "", previous_label: object = "", next_label: object = "", position: object = ""
) -> Shown:  # fmt: skip
    """Links to the page before and the page after."""
    return {**locals(), "previous_label": previous_label or _("Previous"), "next_label": next_label or _("Next")}


@register.inclusion_tag("components/tabs.html")
def tabs(*, choices: Iterable[Choice], label: object) -> Shown:
    """Views of the same thing, as plain links."""
    return {"choices": tuple(choices), "label": label}


@register.inclusion_tag("components/filters.html")
def filters(*, groups: Iterable[FilterGroup], label: object = "", clear_url: str = "") -> Shown:
    """Rows of plain links that narrow a list."""
    return {"groups": tuple(groups), "label": label or _("Filters"), "clear_url": clear_url}


@register.simple_block_tag
def notice(content: SafeString, *, kind: str = "info", heading: object = "", announced: bool = False) -> SafeString:
    """Something to know. `kind`: info, success, warning, error or quiet. `announced` ones are read out at once."""
    role = ("alert" if kind in ("warning", "error") else "status") if announced else ""
    return render_to_string(
        "components/notice.html", {"content": content, "kind": kind, "heading": heading, "role": role}
    )


@register.simple_tag
def state_badge(*, state: object, label: object = "") -> SafeString:
    """Where a record stands. `state` is a word of a `states` module, `label` its name if not its own."""
    return format_html('<span class="badge tone-{}">{}</span>', tone_of(state), label or getattr(state, "label", state))


@register.simple_tag
def sample_mark() -> SafeString:
    """Says that a record is invented."""
    return format_html('<span class="badge tone-sample">{}</span>', _("Sample"))


@register.inclusion_tag("components/person_line.html")
def person_line(*, name: object, role: object = "", organisation: object = "", country: object = "") -> Shown:
    """Somebody, by name and by what they speak for. No picture."""
    return locals()


@register.inclusion_tag("components/timeline.html")
def timeline(*, happenings: Iterable[Happening], zone: str = "UTC", label: object = "") -> Shown:
    """What happened, in order."""
    return {"happenings": tuple(happenings), "zone": zone, "label": label or _("History")}


@register.inclusion_tag("components/stat.html")
def stat(*, value: object, label: object, unit: object = "", note: object = "", url: str = "") -> Shown:
    """One figure, what it counts, and where it comes from. Goes into an element of class `stats`."""
    return locals()


@register.simple_tag
def river(*, size: str = "") -> SafeString:
    """The meandering line: "" across the whole width, "break" between sections, "wide" for empty places."""
    return format_html('<span class="river {}" aria-hidden="true"></span>', size)


@register.simple_block_tag
def panel(content: SafeString, *, heading: object) -> SafeString:
    """A part of the right column."""
    mark = f"panel-{zlib.crc32(str(heading).encode()):08x}"
    return render_to_string("components/panel.html", {"content": content, "heading": heading, "mark": mark})


@register.inclusion_tag("components/waiting_for_you.html")
def waiting_for_you(*, items: Iterable[Waiting]) -> Shown:
    """The line under the header of a desk: what waits for this person today."""
    return {"items": tuple(items)}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*, trail: Iterable[Crumb]) -> Shown:
    """The way to this page."""
    return {"trail": tuple(trail)}


@register.inclusion_tag("components/theme_menu.html")
def theme_menu() -> Shown:
    """The eight themes, for the header."""
    return {"themes": list(Theme)}


@register.inclusion_tag("components/language_menu.html", takes_context=True)
def language_menu(context: Context) -> Shown:
    """Seven languages, each named in its own script; works without JavaScript."""
    request = context.get("request")
    return {
        "languages": settings.LANGUAGES,
        "current": names.reader_language(),
        "here": request.get_full_path() if request is not None and request.method == "GET" else "",
        "csrf_token": context.get("csrf_token"),
    }
