"""Works of others that lie in the repository are named with their licences."""

from fnmatch import fnmatch

from tests.house.reading import CHECKOUT, tracked_files


def test_every_vendored_file_is_named_in_the_notice():
    notice = (CHECKOUT / "NOTICE").read_text()
    named = [word.rstrip(",.:;") for word in notice.split()]
    vendored = [
        path.relative_to(CHECKOUT).as_posix()
        for path in tracked_files()
        if ("vendor" in path.parts and not path.name.startswith("LICENSE")) or path.suffix == ".woff2"
    ]
    assert len(vendored) > 2
    assert [name for name in vendored if not any(fnmatch(name, pattern) for pattern in named)] == []


def test_every_licence_that_the_notice_points_to_is_there():
    named = [word.rstrip(",.:;") for word in (CHECKOUT / "NOTICE").read_text().split()]
    licences = [name for name in named if name.startswith("src/") and ("LICENSE" in name or name.endswith(".txt"))]
    assert len(licences) >= 3
    assert [name for name in licences if not (CHECKOUT / name).is_file()] == []
