"""Pictures as a camera with a receiver for positions writes them."""

from __future__ import annotations

import io

from PIL import Image
from PIL.ExifTags import IFD, Base


def with_position(kind: str = "JPEG", *, orientation: int = 1) -> bytes:
    """A picture of 64 by 48 pixels with a position, a maker and a comment."""
    exif = Image.Exif()
    exif[Base.Make] = "Secret Camera"
    exif[Base.Orientation] = orientation
    exif.get_ifd(IFD.GPSInfo).update({1: "N", 2: (17.0, 58.0, 0.0), 3: "E", 4: (102.0, 36.0, 0.0)})
    written = io.BytesIO()
    picture = Image.linear_gradient("L").resize((64, 48)).convert("RGB")
    more = {"comment": b"Secret Camera"} if kind == "JPEG" else {}
    picture.save(written, kind, exif=exif.tobytes(), **more)
    return written.getvalue()
