"""Operators of an opened installation on the page of the six: who they are, what is moved, whose words are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from corridor.directory import rules
from corridor.directory.models import OperatorMotion
from corridor.directory.operations.operators import give_word, move_operator, withdraw_motion
from corridor.kernel.logic.verdict import Verdict
from corridor.kernel.models import Grant, Opening, User
from corridor.kernel.states import Office
from corridor.web.components.names import shipped_countries
from corridor.web.components.parts import Crumb
from corridor.web.offices.frame import is_done
from corridor.web.page import page, signed_in


@dataclass(frozen=True)
class Operator:
    """Somebody who runs the installation today."""

    grant: Grant
    rests: bool


@dataclass(frozen=True)
class Moved:
    """A motion that waits, with what this reader may do about it."""

    motion: OperatorMotion
    given: tuple[str, ...]
    may_agree: Verdict
    may_withdraw: Verdict


class MotionForm(forms.Form):
    """Why somebody should become operator or stop being one; whom it is about, where the page does not say it."""

    address = forms.EmailField(
        label=gettext_lazy("Mail address of the person"),
        help_text=gettext_lazy("The address of an account here. The heads of the other countries see it."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("All six read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, ends: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        if ends:
            del self.fields["address"]

    def clean_address(self) -> User:
        """Whom it is about."""
        found = User.objects.filter(email__iexact=self.cleaned_data["address"], is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("There is no confirmed account with this address."))
        return found


def operators(user: User) -> dict[str, object]:
    """What the page of the six shows of operators; in a fixed number of queries."""
    held: Any = Grant.objects.current().filter(office=Office.OPERATOR).with_rest().select_related("user")
    waiting = OperatorMotion.objects.open().select_related("person", "moved_by").prefetch_related("words")
    order = list(shipped_countries())
    return {
        "operators": [Operator(grant, grant.rests) for grant in held.order_by("starts_on", "pk")],
        "motions": [
            Moved(
                motion,
                tuple(sorted((word.home for word in motion.words.all()), key=order.index)),
                rules.may_give_word(user, motion),
                rules.may_withdraw_motion(user, motion),
            )
            for motion in waiting.order_by("created_at")
        ],
        "may_move": bool(rules.heads_of(user)) and Opening.objects.exists(),
        "words_needed": rules.WORDS,
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def motion(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Move that somebody become operator or, with an office, that it end."""
    rules.speaks_as_head(signed_in(request)).enforce()
    current = Grant.objects.current().filter(office=Office.OPERATOR).select_related("user")
    held = get_object_or_404(current, pk=pk) if pk else None
    form = MotionForm(request.POST or None, ends=held is not None)
    if request.method == "POST" and form.is_valid() and moved(form, held, signed_in(request)):
        messages.success(request, _("The heads of the other countries are asked."))
        return redirect("offices-of-six")
    heading = _("End the office of an operator") if held else _("Name an operator")
    crumbs = ((_("Start page"), "home"), (_("Offices of the six"), "offices-of-six"))
    trail = (*(Crumb(label, reverse(name)) for label, name in crumbs), Crumb(heading))
    context = {"form": form, "held": held, "heading": heading, "trail": trail, "words_needed": rules.WORDS}
    return page(request, "offices/motion.html", context)


def moved(form: MotionForm, held: Grant | None, by: User) -> bool:
    """Whether it is moved; what speaks against it stands in the form."""
    person, reason = held.user if held else form.cleaned_data["address"], form.cleaned_data["reason"]
    return is_done(lambda: move_operator(person, ends=held is not None, reason=reason, by=by), form)


@require_POST
def agreement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the word of one's country."""
    by = signed_in(request)
    rules.speaks_as_head(by).enforce()
    decided = give_word(get_object_or_404(OperatorMotion.objects.open(), pk=pk), by=by)
    messages.success(request, _("Agreed. It holds from today.") if decided else _("Agreed. More countries are needed."))
    return redirect("offices-of-six")


@require_POST
def withdrawal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a motion back before it is decided."""
    by = signed_in(request)
    rules.speaks_as_head(by).enforce()
    withdraw_motion(get_object_or_404(OperatorMotion.objects.open(), pk=pk), by=by)
    messages.success(request, _("The proposal is withdrawn."))
    return redirect("offices-of-six")
