"""All components on one page, with words in seven scripts; only in development."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from corridor.kernel.logic.verdict import Verdict
from corridor.kernel.states import Theme
from corridor.web.components.parts import Choice, Crumb, Fact, FilterGroup, Happening, Step, Waiting
from corridor.web.page import page

# Invented needs and offers around one thing, drying coffee and rice, so that lengths compare across scripts.
TITLES = {
    "en": "Low-cost solar dryer for parchment coffee, tested on three farms",
    "km": "ត្រូវការម៉ាស៊ីនសម្ងួតស្រូវដែលប្រើអង្កាមជាឥន្ធនៈ សម្រាប់សហគមន៍កសិកម្មខ្នាតតូច",
    "lo": "ຕ້ອງການເຄື່ອງອົບແຫ້ງກາເຟທີ່ໃຊ້ພະລັງງານແສງຕາເວັນ ສຳລັບສະຫະກອນຂະໜາດນ້ອຍ",
    "my": "ဆန်စက်ငယ်များအတွက် စပါးခွံသုံး စပါးအခြောက်ခံစက် လိုအပ်ပါသည်",
    "th": "ต้องการเครื่องอบแห้งพลังงานแสงอาทิตย์สำหรับกาแฟกะลา กำลังการผลิตวันละหนึ่งตัน",
    "vi": "Cung cấp máy sấy cà phê dùng năng lượng mặt trời cho hợp tác xã nhỏ",
    "zh-hans": "提供小型太阳能咖啡烘干设备，适合山区合作社使用",
}
SENTENCES = {
    "en": "Our dryer works with sun by day and coffee husk by night, and two people can repair it with local parts.",
    "km": "យើងមានស្រូវប្រហែលពីរតោនក្នុងមួយថ្ងៃ ហើយនៅរដូវវស្សាយើងមិនអាចហាលក្រោមកម្តៅថ្ងៃបានទេ។",
    "lo": "ໃນລະດູຝົນ ກາເຟຂອງພວກເຮົາແຫ້ງຊ້າ ແລະ ຂຶ້ນເຊື້ອລາ. ບ້ານຂອງພວກເຮົາມີໄຟຟ້າພຽງແຕ່ຕອນແລງ.",
    "my": "မိုးရာသီတွင် စပါးကို နေလှန်း၍ မရသဖြင့် အရည်အသွေး ကျဆင်းပါသည်။ ဒေသတွင်း ပြုပြင်နိုင်သော စက်ကို ရှာဖွေနေပါသည်။",
    "th": "ในฤดูฝนกาแฟแห้งช้าและขึ้นรา เราต้องการเครื่องที่ชาวบ้านซ่อมเองได้และไม่ต้องใช้ไฟฟ้าตลอดเวลา",
    "vi": "Máy dùng nắng vào ban ngày và vỏ cà phê vào ban đêm; hai người có thể tự sửa bằng phụ tùng địa phương.",
    "zh-hans": "设备白天利用太阳能，夜间以咖啡壳为燃料；两个人用当地零件即可维修。",
}
HOMES = {"en": "TH", "km": "KH", "lo": "LA", "my": "MM", "th": "TH", "vi": "VN", "zh-hans": "CN"}
MOMENT = datetime.datetime(2027, 3, 15, 10, 0, tzinfo=datetime.UTC)
FACTS = (
    Fact("Kind", "Need"),
    Fact("Stage", "Tested in the field", note="TRL 6"),
    Fact("Capacity", "1,000", unit="kg / day"),
    Fact("Power available", "2.5", unit="kW", note="evenings only"),
    Fact("Partner sought", values=("Research institute", "Enterprise")),
    Fact("Name", SENTENCES["my"][:40], language="my"),
)
STEPS = (Step("Your text", url="#", is_done=True), Step("Facts", is_current=True), Step("Check and submit"))
FILTERS = (
    FilterGroup(
        "Kind", (Choice("All", "#", is_current=True), Choice("Needs", "#", count=12), Choice("Offers", "#", count=30))
    ),
    FilterGroup("Language", tuple(Choice(name, "#", language=code) for code, name in settings.LANGUAGES)),
)
HAPPENINGS = (
    Happening("Submitted", MOMENT - datetime.timedelta(days=9), by="Cooperative of three villages"),
    Happening(
        "Returned",
        MOMENT - datetime.timedelta(days=6),
        by="Focal point",
        note="Please name the capacity that you need.",
    ),
    Happening("Published", MOMENT - datetime.timedelta(days=2), by="Focal point"),
)
WAITING = (Waiting("Submissions to publish", "#", 3), Waiting("People to confirm", "#", 1, is_late=True))


class GalleryForm(forms.Form):
    """A form with one of each kind of field."""

    title = forms.CharField(label="In one sentence", help_text="What do you need or offer?", max_length=120)
    text = forms.CharField(
        label="In your own words", widget=forms.Textarea, max_length=500, help_text="In any of seven languages."
    )
    country = forms.ChoiceField(label="Country", choices=[("", "---"), ("KH", "Cambodia"), ("CN", "China")])
    themes = forms.MultipleChoiceField(label="Themes", choices=Theme.choices, widget=forms.CheckboxSelectMultiple)
    power = forms.DecimalField(
        label="Power available, in kW", required=False, widget=forms.TextInput({"inputmode": "decimal"})
    )
    is_agreed = forms.BooleanField(label="The problem owner has agreed that we write for them", required=False)


def sample_rows() -> list[dict[str, Any]]:
    """One line of a list for each language, as a reader of English would meet it."""
    return [
        {
            "title": title,
            "language": code,
            "country": HOMES[code],
            "why": SENTENCES[code],
            "translated": "" if code == "en" else TITLES["en"],
            "themes": (Theme.GREEN, Theme.INDUSTRY),
            "until": MOMENT + datetime.timedelta(days=place),
        }
        for place, (code, title) in enumerate(TITLES.items())
    ]


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; in an installation for real use there is no such page."""
    if not settings.DEVELOPMENT:
        raise Http404
    context = {
        "rows": sample_rows(),
        "texts": SENTENCES,
        "titles": TITLES,
        "facts": FACTS,
        "steps": STEPS,
        "filters": FILTERS,
        "happenings": HAPPENINGS,
        "waiting": WAITING,
        "tab_choices": FILTERS[0].choices,
        "trail": (Crumb("Home", "/"), Crumb("Gallery")),
        "moment": MOMENT,
        "homes": ("KH", "CN", "LA", "MM", "TH", "VN"),
        "form": GalleryForm({"text": SENTENCES["km"] + "\n" + SENTENCES["my"], "themes": ["talent"], "power": "much"}),
        "some_themes": list(Theme)[:3],
        "yes": Verdict(),
        "no": Verdict(("Only the focal point of Lao PDR can publish this.", "The text has no original language yet.")),
    }
    return page(request, "gallery.html", context, partial="results")
