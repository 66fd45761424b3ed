"""Looking into an XLSX file before anything unpacks it: how much it holds, and whether its XML is built to exhaust whoever reads it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import IO, Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import parse

from corridor.directory.logic.tables.table import NotATable

MOST_MEMBERS: Final = 500
MOST_UNPACKED: Final = 40 * 1024 * 1024
MOST_RATIO: Final = 150
SMALL: Final = 1024 * 1024
"""Members below this may pack as well as they like."""

MOST_DIRECTORY: Final = 200 * 1024
END_OF_DIRECTORY: Final = b"PK\x05\x06"

# A workbook's parts become objects one by one, except rows and shared strings, which are read as a stream: so many may stand outside
# of those, and so many inside of one.
MOST_OUTSIDE: Final = 20_000
MOST_INSIDE: Final = 2_000
MOST_STRINGS: Final = 300_000
DEEPEST: Final = 60
UNITS: Final = {"row", "si"}


class TooMuch(Exception):  # noqa: N818 - said of a file
    """The XML holds more than a table of organisations can need."""


def look_into(stream: IO[bytes]) -> None:
    """Raises `NotATable` for what is no workbook or could exhaust memory; reads with constant memory and stops at the first excess."""
    _look_at_directory(stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            _look_at_sizes(members)
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
                raise NotATable("other_zip")
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    _look_at_xml(archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise NotATable("damaged") from error
    finally:
        stream.seek(0)


def _look_at_directory(stream: IO[bytes]) -> None:
    """The list of members itself must be short: it is read at once. Source of the layout: APPNOTE.TXT 4.3.16."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 66_000))
    tail = stream.read()
    place = tail.rfind(END_OF_DIRECTORY)
    stream.seek(0)
    if place < 0 or len(tail) < place + 22:
        raise NotATable("damaged")
    members, directory = struct.unpack("<HL", tail[place + 10 : place + 16])
    if members > MOST_MEMBERS or directory > MOST_DIRECTORY:
        raise NotATable("bomb")


def _look_at_sizes(members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise NotATable("locked")
    packs_too_well = any(
        member.file_size > SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1) for member in members
    )
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED or packs_too_well:
        raise NotATable("bomb")
    if len(set(names)) < len(names):
        raise NotATable("damaged")


def _look_at_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read through one part. Python's zipfile hands out no more than the size that the list of members says."""
    try:
        with archive.open(member) as part:
            parse(part, _Count(), forbid_dtd=True)
    except (TooMuch, DefusedXmlException) as error:
        raise NotATable("bomb") from error
    except (SAXException, LookupError) as error:
        raise NotATable("damaged") from error


class _Count(ContentHandler):
    """Counts elements inside and outside of rows and shared strings, and how deep they lie."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.outside = self.inside = self.strings = self.within = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the name that the parser calls
        """One element more."""
        self.depth += 1
        if self.within:
            self.inside += 1
        elif name.rpartition(":")[2] in UNITS:
            self.within, self.inside = self.depth, 0
            self.strings += name.rpartition(":")[2] == "si"
        else:
            self.outside += 1
        if (
            self.depth > DEEPEST
            or self.inside > MOST_INSIDE
            or self.outside > MOST_OUTSIDE
            or self.strings > MOST_STRINGS
        ):
            raise TooMuch

    def endElement(self, name: str) -> None:  # noqa: N802 - the name that the parser calls
        """One element ends."""
        if self.within == self.depth:
            self.within = 0
        self.depth -= 1
