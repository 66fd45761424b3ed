"""Ending the letters about saved searches by one click, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from corridor.matching.operations.saved_searches import end_letters, person_of
from corridor.web.middleware import chosen_language
from corridor.web.page import page


@csrf_exempt  # mail programs send this form for their reader (RFC 8058); the signed address alone says whose letters end
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, ending: str) -> HttpResponse:
    """Reading shows a button, for programs that open every link; sending ends the letters. It can be done twice.

    The answer is in the language of the letters, which was not picked on every device where they are read.
    """
    person = person_of(ending)
    if person is None:
        raise Http404
    if request.method == "POST":
        end_letters(person)
    language = chosen_language(request, person)
    with translation.override(language):
        response = page(request, "alerts/end.html", {"is_done": request.method == "POST"})
    response.headers["Content-Language"] = language
    return response
