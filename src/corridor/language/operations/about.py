"""What this room holds of people."""

from django.utils.translation import gettext_lazy as _

from corridor.kernel.operations.people import Fate, Held, hold_of_people

TEXT = ("kind", "record_id", "version", "language", "texts")
WORK = _("It belongs to the texts that others read. Your name is taken off.")

hold_of_people(
    Held("language.Translation", "translated_by", (*TEXT, "created_at"), Fate.STAYS, _("your translations"), WORK),
    Held("language.Translation", "reviewed_by", (*TEXT, "reviewed_at"), Fate.STAYS, _("translations that you looked through"), WORK),
    Held(
        "language.FormerTranslation", "translated_by", ("translation", "edition", "texts", "written_at"),
        Fate.STAYS, _("earlier editions of your translations"), WORK,
    ),
    Held(
        "language.FormerTranslation", "reviewed_by", ("translation", "edition", "reviewed_at"),
        Fate.STAYS, _("earlier editions that you confirmed"), WORK,
    ),
    Held(
        "language.TermReview", "reviewed_by", ("term", "verdict", "text_before", "text_after", "reason", "created_at"),
        Fate.STAYS, _("your reviews of terms"), WORK,
    ),
    Held(
        "language.TranslationRequest", "asked_by", ("kind", "record_id", "language", "created_at"),
        Fate.GOES, _("translations that you asked for"),
    ),
)  # fmt: skip
