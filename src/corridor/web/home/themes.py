"""The eight themes in our own words: what each is about, its articles, and the schemes of article 1 that it covers."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corridor.kernel.states import Theme


@dataclass(frozen=True)
class Story:
    """What a theme is about."""

    theme: Theme
    summary: Promise | str
    examples: Promise | str
    articles: tuple[int, ...]
    schemes: tuple[Promise | str, ...]


STORIES = {
    story.theme: story
    for story in (
        Story(
            Theme.TALENT,
            _("People who learn and do research in each other's countries."),
            _("For example: a course for teachers, a place in a laboratory, a supervisor, a stay of some months."),
            (1, 2),
            (_("Training and exchange of researchers"),),
        ),
        Story(
            Theme.POVERTY,
            _("Technology that helps people to earn more, spend less or live better, where they are."),
            _("For example: drying, storing and selling a harvest, clean water for a village, light without a grid."),
            (1, 3),
            (_("Science and technology against poverty"),),
        ),
        Story(
            Theme.INDUSTRY,
            _("Better ways to make things, in workshops, factories and zones, with research behind them."),
            _("For example: less waste, a new material, a test for quality, a machine that can be repaired nearby."),
            (1, 4),
            (_("Innovation in industry"), _("Joint research, its programmes and its platforms")),
        ),
        Story(
            Theme.HEALTH,
            _("Keeping people well, and finding and treating disease, also far from a city."),
            _("For example: a rapid test, a cold chain for vaccines, warning of an epidemic, advice by telephone."),
            (1, 5),
            (_("Public health"),),
        ),
        Story(
            Theme.DIGITAL,
            _("Data, networks and programs that people can use in their own language."),
            _(
                "For example: sensors in a field, speech in a small language, records of a clinic, a network for a valley."
            ),
            (1, 6),
            (_("Digital and information technology"),),
        ),
        Story(
            Theme.GREEN,
            _("Water, clean energy and nature, and industry that needs less carbon."),
            _("For example: treating waste water, power from husk or sun, forests, rivers and their fish."),
            (1, 7),
            (_("Green technology"),),
        ),
        Story(
            Theme.INNOVATION,
            _("From an idea to something that is sold and used: new companies, licences, first customers."),
            _("For example: an incubator for a first market abroad, a licence for a process, a small production run."),
            (1, 8),
            (_("Innovation and new companies"), _("Technology transfer")),
        ),
        Story(
            Theme.POLICY,
            _("How countries govern science and technology, and what they can learn from each other."),
            _("For example: rules for data, indicators, a road map, how a fund chooses its projects."),
            (1, 9),
            (_("Exchange and dialogue on policy"),),
        ),
    )
}
