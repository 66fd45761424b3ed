"""Files that come in with a form: what is too large is not kept while it comes in."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class Quota(FileUploadHandler):
    """Lets a file go by once it has grown too large, so that it never fills the disk; the rest of the form is read."""

    size = 0

    def new_file(self, *args: object, **options: object) -> None:
        """Count each file from nothing."""
        super().new_file(*args, **options)  # type: ignore[arg-type]
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a piece on, or stop keeping the file."""
        self.size += len(raw_data)
        if self.size > settings.UPLOAD_BYTES:
            self.request.has_skipped_file = True  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""
        return


def settle(request: HttpRequest) -> None:
    """Put the quota before whatever keeps files; must come before anything reads the form."""
    if request.method == "POST":
        request.upload_handlers.insert(0, Quota(request))


def was_skipped(request: HttpRequest) -> bool:
    """Whether a file was larger than is kept."""
    return getattr(request, "has_skipped_file", False)
