"""Cuts the Noto Sans web fonts to their scripts and writes the style sheet that names them.

Input: a folder with the unpacked npm packages `@fontsource/noto-sans`, `-khmer`, `-lao`, `-myanmar` and `-thai`
(each in a folder that begins with `fontsource-noto-sans`, as `npm pack` and `tar` leave them).
Output: woff2 files and `fonts.css` in the static files of `web`. A browser fetches only the scripts a page uses.

    python tools/fonts.py FOLDER
"""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

STATIC = Path(__file__).resolve().parents[1] / "src" / "corridor" / "web" / "static" / "corridor"
WEIGHTS = (400, 600)
FAMILY = "Noto Sans"


@dataclass(frozen=True)
class Cut:
    """One script: where its glyphs come from and which code points it is asked for."""

    script: str
    package: str
    source: str
    ranges: str


CUTS = (
    Cut(
        "latin",
        "noto-sans",
        "latin",
        "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2000-200B,U+2010-2027,U+202F-2030,"
        "U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,U+2190-2193,U+2212,U+FEFF,U+FFFD",
    ),
    Cut(
        "vietnamese",
        "noto-sans",
        "vietnamese",
        "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303,U+0309,U+0323,"
        "U+1EA0-1EF9,U+20AB",
    ),
    # Pinyin and the romanisations of Pali, Lao and Burmese; the whole of Latin Extended would be five times as large.
    Cut(
        "latin-ext",
        "noto-sans",
        "latin-ext",
        "U+0100-0101,U+0104-010F,U+0112-0127,U+012A-0130,U+0132-0151,U+0154-0167,U+016A-017F,U+01CD-01DC,U+0304,"
        "U+0308,U+030C,U+1E0C-1E0D,U+1E24-1E25,U+1E36-1E37,U+1E40-1E47,U+1E5A-1E5B,U+1E62-1E63,U+1E6C-1E6D",
    ),
    Cut("khmer", "noto-sans-khmer", "khmer", "U+1780-17FF,U+19E0-19FF,U+200C-200D,U+25CC"),
    Cut("lao", "noto-sans-lao", "lao", "U+0E81-0EDF"),
    Cut("myanmar", "noto-sans-myanmar", "myanmar", "U+1000-109F,U+A9E0-A9FE,U+AA60-AA7F"),
    Cut("thai", "noto-sans-thai", "thai", "U+0E01-0E5B"),
)


def package_folder(folder: Path, package: str) -> Path:
    """The newest unpacked version of a package."""
    found = sorted(path for path in folder.glob(f"fontsource-{package}-[0-9]*") if path.is_dir())
    if not found:
        sys.exit(f"{folder} has no unpacked @fontsource/{package}: run `npm pack @fontsource/{package}` and untar it")
    return found[-1]


def code_points(ranges: str) -> set[int]:
    """The code points of a CSS unicode-range."""
    points: set[int] = set()
    for part in ranges.split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        points |= set(range(int(first, 16), int(last or first, 16) + 1))
    return points


def cut_font(source: Path, ranges: str, target: Path) -> None:
    """Keep the glyphs of these ranges with every shaping rule; drop hints, which no phone uses."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=["*"], notdef_outline=True)
    font = TTFont(source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=code_points(ranges))
    cutter.subset(font)
    font.flavor = "woff2"
    font.save(target)


def face(script: str, weight: int, ranges: str) -> str:
    """One @font-face rule."""
    return (
        f'@font-face{{font-family:"{FAMILY}";font-style:normal;font-weight:{weight};font-display:swap;'
        f"src:url(fonts/{script}-{weight}.woff2) format('woff2');unicode-range:{ranges}}}\n"
    )


def main(folder: Path) -> None:
    """Write all fonts, their style sheet and their licence."""
    target = STATIC / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    rules = ["/* Made by tools/fonts.py from Noto Sans (SIL Open Font License 1.1, fonts/OFL.txt). */\n"]
    for cut in CUTS:
        package = package_folder(folder, cut.package)
        for weight in WEIGHTS:
            path = target / f"{cut.script}-{weight}.woff2"
            cut_font(package / "files" / f"{cut.package}-{cut.source}-{weight}-normal.woff2", cut.ranges, path)
            rules.append(face(cut.script, weight, cut.ranges))
            print(f"{path.name:24} {path.stat().st_size / 1024:6.1f} KB")
    (STATIC / "fonts.css").write_text("".join(rules), encoding="utf-8")
    shutil.copyfile(package_folder(folder, "noto-sans") / "LICENSE", target / "OFL.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
