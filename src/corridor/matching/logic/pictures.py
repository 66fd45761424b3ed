"""Pictures without what a camera wrote beside them: where it was, when, whose it is."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.ExifTags import IFD, Base

MOST_PIXELS: Final = 50_000_000
FORMATS: Final = {"image/jpeg": ("JPEG",), "image/png": ("PNG",)}
# All that is carried over beside the pixels: what makes colours right, and which colour is see-through.
KEPT: Final = ("icc_profile", "transparency")


class UnreadableError(ValueError):
    """The content is no whole picture of its kind, or one of too many pixels."""


@dataclass(frozen=True)
class Picture:
    """A picture written anew: its bytes, and whether the given one told a position."""

    content: bytes
    had_position: bool


def without_metadata(content: bytes, content_type: str) -> Picture:
    """Decode a PNG or JPEG of at most 50 million pixels and write its pixels anew, upright. Raises `UnreadableError`.

    Decoding and writing is the one way after which nothing else can be left: EXIF with its GPS block (CIPA DC-008-2023
    §4.6.6), XMP, IPTC, comments, thumbnails, and whatever hangs behind the end of the picture. A JPEG that stands upright
    already is written with its own quantisation tables, so that it loses next to nothing.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image: Any = Image.open(io.BytesIO(content), formats=FORMATS[content_type])
            if image.width * image.height > MOST_PIXELS:
                raise UnreadableError("too many pixels")
            exif = image.getexif()
            had_position = bool(exif.get_ifd(IFD.GPSInfo)) or b"GPSLatitude" in content
            image.load()
            return Picture(_written(image, content_type, int(exif.get(Base.Orientation, 1) or 1)), had_position)
    except UnreadableError:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, TypeError) as error:
        raise UnreadableError(str(error)) from error


def _written(image: Any, content_type: str, orientation: int) -> bytes:
    has_tables = image.format == "JPEG"
    kept = {name: image.info[name] for name in KEPT if image.info.get(name) is not None}
    if orientation != 1:
        image, has_tables = ImageOps.exif_transpose(image), False
    image.info = {}
    written = io.BytesIO()
    if content_type == "image/jpeg":
        kept.pop("transparency", None)
        image.save(written, "JPEG", quality="keep" if has_tables else 92, **kept)
    else:
        image.save(written, "PNG", **kept)
    return written.getvalue()
