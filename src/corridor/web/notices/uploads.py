"""Files that come in with a form: what is too large is not kept, what is refused is said at the field."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from corridor.kernel.logic.verdict import Refused
from corridor.matching.models import Notice
from corridor.matching.operations import attachments
from corridor.web.notices.forms import ReadersForm
from corridor.web.notices.who import person
from corridor.web.uploads import was_skipped


def see_to_files(request: HttpRequest, notice: Notice, form: ReadersForm) -> bool:
    """Remove or attach what was asked for. What is refused is said at the field of the file."""
    megabytes = settings.UPLOAD_BYTES // (1024 * 1024)
    if was_skipped(request):
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
