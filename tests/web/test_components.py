"""Components say what they are given, in its language, and refuse what they do not know."""

import datetime
import html
import re
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from corridor.kernel.logic.verdict import Verdict
from corridor.web.components.dates import day_in_words, write_moment
from corridor.web.components.names import country_in_words
from corridor.web.components.parts import Choice, Fact, Happening, KeptField, Step, Waiting
from corridor.web.templatetags.components import register

MOMENT = datetime.datetime(2027, 3, 15, 10, 0, tzinfo=datetime.UTC)


def shown(source: str, **context: Any) -> str:
    """What a template makes of a context."""
    return Template("{% load components %}" + source).render(Context(context))


def words(source: str, **context: Any) -> str:
    """The words a reader sees, one space between them."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", shown(source, **context))).split())


def spare(source: str) -> str:
    """A page without the white space between its tags."""
    return re.sub(r">\s+<", "><", source).strip()


@pytest.mark.parametrize("tag", sorted(register.tags))
def test_a_misspelt_argument_is_an_error_when_the_template_is_read(tag: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument 'colour'"):
        shown(f"{{% {tag} colour=1 %}}{{% end{tag} %}}")


@pytest.mark.parametrize("tag", sorted(register.tags))
def test_an_argument_without_its_name_is_an_error(tag: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="too many positional arguments"):
        shown(f"{{% {tag} 1 2 %}}{{% end{tag} %}}")


def test_a_result_says_what_from_where_in_what_language_until_when_and_why() -> None:
    source = (
        '{% result_row title="小型烘干机" url="/n/1/" language="zh-hans" kind="Offer" country="CN" organisation="An institute"'
        ' translated_title="Small dryer" translated_by_machine=True until=until zone="Asia/Shanghai" why="两个人即可维修"'
        ' why_language="zh-hans" why_shared=shared themes=themes is_sample=True %}'
    )
    assert words(source, until=MOMENT, shared=["TRL 6"], themes=["green"]) == (
        "Offer China An institute 简体中文 小型烘干机 Small dryer (machine translation) Why it matched 两个人即可维修 In both: TRL 6 "
        "Sample Until 15 March 2027, 18:00 (China, UTC+08:00) Green technology"
    )


def test_a_title_carries_its_language_and_cannot_carry_markup() -> None:
    row = shown('{% result_row title=title url="/n/1/" language="lo" %}', title="<script>ກາເຟ</script>")
    assert re.findall(r"<h3>.*</h3>", row) == [
        '<h3><a href="/n/1/" lang="lo">&lt;script&gt;ກາເຟ&lt;/script&gt;</a></h3>'
    ]


def test_facts_are_a_list_of_terms_with_their_units() -> None:
    facts = [
        Fact("Capacity", "1,000", unit="kg / day", note="dry"),
        Fact("Partner", values=("Institute", "Enterprise")),
    ]
    assert spare(shown("{% fact_card facts=facts %}", facts=facts)) == (
        '<section class="facts" aria-label="Facts"><dl><div><dt>Capacity</dt><dd>1,000<span class="unit">kg / day</span>'
        '<span class="note">dry</span></dd></div><div><dt>Partner</dt><dd>Institute</dd><dd>Enterprise</dd></div></dl></section>'
    )


def test_a_button_that_may_be_pressed_brings_its_form_and_its_token() -> None:
    made = shown(
        '{% button_with_reasons label="Publish" verdict=verdict url="/p/" %}', verdict=Verdict(), csrf_token="t"
    )
    assert made.strip() == (
        '<div class="action"><form method="post" action="/p/"><input type="hidden" name="csrfmiddlewaretoken" value="t">'
        '<button class="button ">Publish</button></form></div>'
    )


def test_a_button_that_may_not_be_pressed_says_every_reason_and_is_described_by_them() -> None:
    verdict = Verdict(("Not your country.", "No text yet."))
    made = shown('{% button_with_reasons label="Publish" verdict=verdict url="/p/" %}', verdict=verdict)
    described, listed = (
        re.findall(r'aria-describedby="(.*?)"', made),
        re.findall(r'<ul class="reasons" id="(.*?)"', made),
    )
    assert (described, "<form" in made, " disabled " in made) == (listed, False, True)
    assert re.findall(r"<li>(.*?)</li>", made) == ["Not your country.", "No text yet."]


def test_a_link_button_goes_where_it_says_and_a_refused_one_goes_nowhere() -> None:
    source = '{% button_with_reasons label="Print" url="/n/" method="get" verdict=verdict %}'
    assert (
        shown(source, verdict=Verdict()).strip() == '<div class="action"><a class="button " href="/n/">Print</a></div>'
    )
    assert "/n/" not in shown(source, verdict=Verdict(("Not open.",)))


def test_a_moment_is_told_in_its_zone_and_in_the_readers() -> None:
    source = '{% date_with_zone moment=moment zone="Asia/Yangon" mine="Asia/Shanghai" %}'
    assert words(source, moment=MOMENT) == "15 March 2027, 16:30 (Myanmar, UTC+06:30) · for you: 18:00 (UTC+08:00)"


def test_a_moment_on_another_day_for_the_reader_names_that_day() -> None:
    late = datetime.datetime(2027, 3, 15, 16, 30, tzinfo=datetime.UTC)
    assert write_moment(late, zone="Asia/Bangkok", mine="Asia/Shanghai").yours == (
        "for you: 16 March 2027, 00:30 (UTC+08:00)"
    )


def test_a_moment_is_told_once_where_the_clocks_agree() -> None:
    source = '{% date_with_zone moment=moment zone="Asia/Vientiane" %}'
    assert words(source, moment=MOMENT, my_zone="Asia/Ho_Chi_Minh") == "15 March 2027, 17:00 (Lao PDR, UTC+07:00)"


def test_a_visitor_without_a_zone_gets_the_browsers_help() -> None:
    made = shown('{% date_with_zone moment=moment zone="Asia/Yangon" %}', moment=MOMENT)
    assert re.findall(r'data-moment="(.*?)" data-offset="(.*?)"', made) == [("2027-03-15T16:30+06:30", "390")]


def test_a_bare_date_is_a_day_in_its_zone() -> None:
    assert words('{% date_with_zone moment=day zone="Asia/Phnom_Penh" %}', day=MOMENT.date()) == (
        "15 March 2027 (Cambodia, UTC+07:00)"
    )


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "15 March 2027"),
        ("km", "15 មីនា 2027"),
        ("lo", "15 ມີນາ 2027"),
        ("my", "2027 မတ် 15"),
        ("th", "15 มีนาคม ค.ศ. 2027"),
        ("vi", "15 tháng 3, 2027"),
        ("zh-hans", "2027年3月15日"),
    ],
)
def test_days_have_gregorian_years_and_latin_digits_in_every_language(language: str, day: str) -> None:
    with translation.override(language):
        assert day_in_words(MOMENT.date()) == day


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Cambodia", "China", "Lao PDR", "Myanmar", "Thailand", "Viet Nam"]),
        ("zh-hans", ["柬埔寨", "中国", "老挝", "缅甸", "泰国", "越南"]),
        ("th", ["กัมพูชา", "จีน", "ลาว", "เมียนมา", "ไทย", "เวียดนาม"]),
    ],
)
def test_countries_have_the_names_the_six_agreed_on(language: str, names: list[str]) -> None:
    with translation.override(language):
        assert [country_in_words(code) for code in ("KH", "CN", "LA", "MM", "TH", "VN")] == names


def test_a_language_is_named_in_its_own_script_and_on_request_for_the_reader() -> None:
    assert shown('{% language_name code="lo" %}') == '<span lang="lo">ລາວ</span>'
    assert shown('{% language_name code="lo" for_reader=True %}') == '<span lang="lo">ລາວ</span> (Lao)'


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ('language="th"', "ไทย (Thai) · original"),
        (
            'language="en" origin="machine" translated_from="th"',
            "English · machine translation, checked by nobody yet · from ไทย (Thai)",
        ),
        (
            'language="en" origin="human" translator="a volunteer" checked_by="the focal point" checked_on=day',
            "English · translated by a volunteer · checked by the focal point · 15 March 2027",
        ),
        ('language="my" was_converted=True', "မြန်မာဘာသာ (Burmese) · original · converted from Zawgyi to Unicode"),
    ],
)
def test_every_text_says_whose_words_it_is(arguments: str, line: str) -> None:
    made = shown(f"{{% text_in {arguments} %}}words{{% endtext_in %}}", day=MOMENT.date())
    origin = re.findall(r'<p class="origin.*?">(.*?)</p>', made, re.S)
    assert [html.unescape(re.sub(r"<[^>]*>", "", part)) for part in origin] == [line]


class NoticeForm(forms.Form):
    """Two fields, one of them with a bound."""

    title = forms.CharField(help_text="In one sentence.", max_length=5)
    power = forms.DecimalField(widget=forms.TextInput, required=False)


def test_a_field_keeps_what_was_typed_and_is_described_by_its_help_and_its_error() -> None:
    form = NoticeForm({"title": "ຍາວເກີນໄປ", "power": "much"})
    made = shown("{% field bound=form.title %}{% field bound=form.power %}", form=form)
    described = [name for names in re.findall(r'aria-describedby="(.*?)"', made) for name in names.split()]
    assert (re.findall(r'value="(.*?)"', made), re.findall(r'aria-invalid="(.*?)"', made)) == (
        ["ຍາວເກີນໄປ", "much"],
        ["true", "true"],
    )
    assert described == re.findall(r'<(?:div class="help"|ul class="errorlist") id="(.*?)"', made)


def test_the_summary_of_errors_leads_to_the_fields() -> None:
    made = shown("{% form_errors form=form %}", form=NoticeForm({"power": "much"}))
    assert re.findall(r'<a href="#(.*?)">(.*?)</a>: (.*?)</li>', made) == [
        ("id_title", "Title", "This field is required."),
        ("id_power", "Power", "Enter a number."),
    ]
    assert shown("{% form_errors form=form %}", form=NoticeForm({"title": "ok"})).strip() == ""


def test_an_empty_list_says_what_to_do_next() -> None:
    source = '{% empty_state heading="No offer yet" text="Nearest below." action_label="Tell me" action_url="/tell/" %}'
    assert words(source) == "No offer yet Nearest below. Tell me"


def test_the_rail_names_the_present_step() -> None:
    steps = [Step("Text", url="/1/", is_done=True), Step("Facts", url="/2/", is_current=True), Step("Check")]
    made = spare(shown("{% progress_rail steps=steps %}", steps=steps))
    assert re.findall(r'aria-current="step">(.*?)</li>', made) == ["Facts"]
    assert re.findall(r'<a href="(.*?)">', made) == ["/1/"]


def test_choices_are_plain_links_and_the_present_one_is_named() -> None:
    choices = [Choice("All", "/", is_current=True), Choice("Needs", "/?kind=need", count=0)]
    made = spare(shown('{% tabs choices=choices label="Views" %}', choices=choices))
    assert made == (
        '<nav aria-label="Views"><ul class="tabs plain"><li><a href="/" aria-current="page">All</a></li>'
        '<li><a href="/?kind=need">Needs <span class="count">0</span></a></li></ul></nav>'
    )


def test_a_pager_without_other_pages_is_nothing() -> None:
    assert shown("{% pager %}").strip() == ""
    assert words('{% pager next_url="?after=9" position="1–20" %}') == "1–20 Next →"


def test_warnings_that_are_announced_are_alerts_and_other_notices_are_silent() -> None:
    source = "{% notice kind=kind announced=announced %}<p>x</p>{% endnotice %}"
    made = [
        shown(source, kind=kind, announced=announced)
        for kind, announced in (("error", True), ("info", True), ("info", False))
    ]
    assert [re.findall(r'role="(.*?)"', part) for part in made] == [["alert"], ["status"], []]


def test_what_waits_is_counted_and_lateness_is_said() -> None:
    items = [Waiting("Submissions", "/s/", 3), Waiting("People", "/p/", 1, is_late=True)]
    assert words("{% waiting_for_you items=items %}", items=items) == "Waiting for you Submissions 3 People 1 overdue"


def test_history_tells_what_when_and_by_whom() -> None:
    happenings = [Happening("Returned", MOMENT, by="Focal point", note="Name the capacity.")]
    assert words('{% timeline happenings=happenings zone="Asia/Vientiane" %}', happenings=happenings) == (
        "Returned 15 March 2027, 17:00 (Lao PDR, UTC+07:00) Focal point Name the capacity."
    )


def test_a_kept_field_shows_enough_lines_but_never_a_screenful() -> None:
    assert [KeptField("a", (text,)).rows for text in ("", "one", "x" * 140, "line\n" * 99)] == [1, 1, 3, 12]
