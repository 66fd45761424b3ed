"""Cuts Bootstrap's style sheet to the parts Corridor uses: reboot, grid, forms and plain utilities.

Input: the folder of the unpacked npm package `bootstrap` (5.3). Output: `static/vendor/bootstrap.css`.
Rules are kept or dropped whole by the classes they name; nothing inside a rule is changed.

    python tools/bootstrap.py FOLDER
"""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

STATIC = Path(__file__).resolve().parents[1] / "src" / "corridor" / "web" / "static" / "vendor"

BREAKPOINTS = {"min-width: 768px", "min-width: 992px"}
SIDES = "t|b|s|e|x|y"
KEPT = re.compile(
    r"container|row|col(-(md|lg))?(-(auto|\d+))?|row-cols(-(md|lg))?-\d|g[xy]?(-(md|lg))?-[0-5]|"
    r"form-(label|text|control|select)|input-group(-text)?|"
    r"is-invalid|visually-hidden(-focusable)?|"
    r"d(-(md|lg|print))?-(none|block|flex|grid|inline|inline-block|inline-flex)|"
    r"flex(-(md|lg))?-(row|column|wrap|nowrap|fill|grow-[01]|shrink-[01])|"
    r"(justify-content|align-items|align-self)(-(md|lg))?-(start|end|center|between|baseline|stretch)|"
    rf"(m|p)({SIDES})?(-(md|lg))?-([0-5]|auto)|(row-|column-)?gap(-(md|lg))?-[0-5]|"
    r"text(-(md|lg))?-(start|end|center)|text-(nowrap|break|wrap)|w-(25|50|75|100|auto)|float-(start|end)"
)
DROPPED = re.compile(r"\[data-bs-theme|:root\[|was-validated|\.was-")
CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")


def rules(css: str) -> Iterator[tuple[str, str]]:
    """The top-level rules of a style sheet as (selector or at-rule, body)."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    depth, start, head = 0, 0, ""
    for match in re.finditer(r"[{}]", css):
        if match.group() == "{":
            if depth == 0:
                head, start = css[start : match.start()].strip(), match.end()
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                yield head, css[start : match.start()]
                start = match.end()


def kept_selectors(head: str) -> str:
    """Those selectors of a rule whose every class is one of ours; empty when there is none."""
    selectors = re.split(r",\s*(?![^(]*\))", head)
    kept = [
        selector
        for selector in selectors
        if (classes := CLASS.findall(selector))
        and not DROPPED.search(selector)
        and all(KEPT.fullmatch(name) for name in classes)
    ]
    return ",".join(kept)


def cut(css: str) -> str:
    """The kept rules, media queries included."""
    out = []
    for head, body in rules(css):
        if head.startswith("@media"):
            wanted = "print" in head or any(width in head for width in BREAKPOINTS) or "reduced-motion" in head
            inner = cut(body) if wanted else ""
            out += [f"{head}{{{inner}}}"] if inner else []
        elif not head.startswith("@") and (selector := kept_selectors(head)):
            out.append(f"{selector}{{{body}}}")
    return "".join(out)


def squeeze(css: str) -> str:
    """Without line breaks and spaces that mean nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};,])\s*", r"\1", css).replace(": ", ":").replace(";}", "}").strip()


def without_unused_variables(css: str) -> str:
    """Drop custom properties that nothing reads, and the dark scheme, which Corridor does not offer."""
    css = re.sub(r"\[data-bs-theme=dark\]\{[^}]*\}", "", css)
    read: set[str] = set()
    declared = re.compile(r"(--bs-[\w-]+):[^;}]*;?")
    while read != (found := set(re.findall(r"var\((--bs-[\w-]+)", css))):
        read = found
        css = declared.sub(lambda match, read=found: match.group() if match.group(1) in read else "", css)
    return css


def main(folder: Path) -> None:
    """Write the cut style sheet and its licence."""
    banner = (
        "/*! Bootstrap v5.3 (MIT, LICENSE.bootstrap): reboot, grid, forms, utilities, cut by tools/bootstrap.py */\n"
    )
    styles = folder / "dist" / "css"
    reboot = (styles / "bootstrap-reboot.css").read_text(encoding="utf-8")
    rest = cut((styles / "bootstrap.css").read_text(encoding="utf-8"))
    STATIC.mkdir(parents=True, exist_ok=True)
    target = STATIC / "bootstrap.css"
    target.write_text(banner + without_unused_variables(squeeze(reboot + rest)) + "\n", encoding="utf-8")
    shutil.copyfile(folder / "LICENSE", STATIC / "LICENSE.bootstrap")
    print(f"{target.name} {target.stat().st_size / 1024:.1f} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
