"""Addresses and numbers are found in every script; dates, amounts and measures are none."""

import pytest

from corridor.matching.logic.contacts import contacts_in


@pytest.mark.parametrize(
    "text",
    [
        "lab@a.example.org",
        "ｌａｂ＠a.example.org",
        "https://a.example",
        "WWW.a.example",
        "wa.me/85620555",
        "+856 20 5555 1234",
        "+86-10-6512-3456",
        "020 5555 1234",
        "(021) 212 345 6",
        "โทร ๐๘๑-๒๓๔-๕๖๗๘",
        "ဖုန်း ၀၉ ၇၇၇ ၁၂၃ ၄၅၆",
        "电话13812345678",
        "lab (at) a.example (dot) org",
        "lab[at]example[.]org",
        "lab at example dot ac dot th",
        "LINE ID: rice_lab",
        "ไลน์ไอดี: ricelab",
        "微信号：ricelab2026",
        "WeChat: rice-lab",
        "Zalo ID = rice.lab",
    ],
)
def test_what_leads_to_somebody_is_found(text: str) -> None:
    assert len(contacts_in(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "in 2026-11-28",
        "10 000 000 kip",
        "10,000,000",
        "0.00012345678 g",
        "3.5 kW at 0800",
        "a @ b",
        "from 10 to 49 people",
        "Production line: 300 bags an hour",
        "We look at a dot on the screen",
        "Telegram boats of 1910",
        "WeChat, Zalo and LINE are used by our members",
    ],
)
def test_what_leads_to_nobody_is_let_through(text: str) -> None:
    assert contacts_in(text) == []
