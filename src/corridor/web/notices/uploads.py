"""Files that come in with a form: what is too large is not kept, what is refused is said at the field."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from corridor.kernel.logic.verdict import Refused
from corridor.matching.models import Notice
from corridor.matching.operations import attachments
from corridor.web.notices.forms import ReadersForm
from corridor.web.notices.who import person


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


def see_to_files(request: HttpRequest, notice: Notice, form: ReadersForm) -> bool:
    """Remove or attach what was asked for. What is refused is said at the field of the file."""
    megabytes = settings.UPLOAD_BYTES // (1024 * 1024)
    if getattr(request, "has_skipped_file", False):
        form.add_error("upload", _("The file is larger than %(megabytes)d MB.") % {"megabytes": megabytes})
        return False
    try:
        _change_files(request, notice, form)
    except Refused as refusal:
        form.add_error("upload", [str(reason) for reason in refusal.reasons])
        return False
    return True


def _change_files(request: HttpRequest, notice: Notice, form: ReadersForm) -> None:
    unwanted = request.POST.get("detach", "")
    for attachment in notice.attachments.all():
        if str(attachment.pk) == unwanted:
            attachments.detach(attachment, by=person(request))
    if upload := form.cleaned_data.get("upload"):
        attachments.attach(notice, by=person(request), upload=upload)
