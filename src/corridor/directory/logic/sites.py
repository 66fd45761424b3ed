"""Web sites of organisations as a hint at who they are: the domain that somebody had to register."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

# Second levels under which a country's registry gives names, for the six and their neighbours (registries' own rules).
_SECOND_LEVELS = (
    "ac co com edu gov go govt org or net mil mi in int info biz name health per pro k12 id sch gob nom "
    "bj sh tj cq he sx nm ln jl hl js zj ah fj jx sd ha hb hn gd gx hi sc gz yn xz sn gs qh nx xj "
)
SECOND_LEVELS: Final = frozenset(_SECOND_LEVELS.split())
# Where many organisations have their pages under one name.
_SHARED = (
    "facebook.com fb.com google.com wordpress.com blogspot.com weebly.com wixsite.com github.io "
    "wikipedia.org linkedin.com twitter.com youtube.com baidu.com weixin.qq.com qq.com line.me "
    "sites.google.com "
)
SHARED: Final = frozenset(_SHARED.split())


def domain_of(address: str) -> str:
    """The registered domain of a web address or host (`https://www.eng.example.edu.cn/x` → `example.edu.cn`), '' where it tells nothing."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    labels = [label for label in host.casefold().rstrip(".").split(".") if label]
    if len(labels) < 2 or labels[-1].isdigit():
        return ""
    is_long = len(labels[-1]) == 2 and labels[-2] in SECOND_LEVELS and len(labels) > 2
    domain = ".".join(labels[-3 if is_long else -2 :])
    return "" if domain in SHARED or host in SHARED else domain
