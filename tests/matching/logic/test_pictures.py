"""Pictures keep their pixels and nothing else."""

import io

import pytest
from PIL import Image

from corridor.matching.logic import pictures
from corridor.matching.logic.pictures import UnreadableError, without_metadata
from tests.matching.pictures import with_position


def test_a_jpeg_keeps_its_looks_and_loses_what_the_camera_wrote() -> None:
    given = with_position("JPEG")
    made = without_metadata(given + b"<script>behind the end</script>", "image/jpeg")
    before, after = (Image.open(io.BytesIO(content)).convert("L") for content in (given, made.content))
    difference = max(abs(a - b) for a, b in zip(before.tobytes(), after.tobytes(), strict=True))
    assert (made.had_position, difference <= 4) == (True, True)
    assert [word in made.content for word in (b"Secret", b"script", b"Exif", b"GPS")] == [False] * 4


def test_a_picture_that_lay_on_its_side_stands_upright() -> None:
    made = without_metadata(with_position("JPEG", orientation=6), "image/jpeg")
    assert Image.open(io.BytesIO(made.content)).size == (48, 64)


def test_a_png_with_a_see_through_colour_keeps_it() -> None:
    written = io.BytesIO()
    picture = Image.linear_gradient("L").resize((4, 4)).convert("P")
    picture.save(written, "PNG", transparency=picture.getpixel((0, 0)))
    made = without_metadata(written.getvalue(), "image/png")
    assert Image.open(io.BytesIO(made.content)).convert("RGBA").getpixel((0, 0))[3] == 0
    assert made.had_position is False


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff\xe0" + b"\0" * 20, with_position("JPEG")[:300], with_position("PNG")]
)
def test_what_is_no_whole_picture_of_its_kind_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        without_metadata(content, "image/jpeg")


def test_too_many_pixels_are_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    with pytest.raises(UnreadableError, match="too many pixels"):
        without_metadata(with_position("PNG"), "image/png")
