"""The ten articles of the Joint Initiatives in our own words: what each proposes, what exists here for it today, what does not."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corridor.kernel.states import Theme

Words = Promise | str
EVERY_RECORD = _("Every notice carries one or more themes, and each theme has its page.")
MATCHING = _("Needs, offers and partner searches in seven languages, with suggested partners and the reason for each.")


@dataclass(frozen=True)
class Look:
    """A search, or another list, that shows something of an article: its name, its filters, and the page it is on."""

    label: Words
    query: str
    page: str = "search"


@dataclass(frozen=True)
class Article:
    """One article: a door on the home page and a page of its own."""

    number: int
    title: Words
    summary: Words
    proposes: tuple[Words, ...]
    today: tuple[Words, ...]
    not_yet: tuple[Words, ...]
    themes: tuple[Theme, ...] = ()
    looks: tuple[Look, ...] = ()


NEEDS, OFFERS = _("Needs"), _("Offers")
HUBS = Look(_("Hubs, zones, parks and incubators"), "kind=hubs")


def needs_and_offers(theme: Theme) -> tuple[Look, ...]:
    """The two searches that show a theme from both sides."""
    return Look(NEEDS, f"kind=need&theme={theme}"), Look(OFFERS, f"kind=offer&theme={theme}")


ARTICLES = (
    Article(
        number=1,
        title=_("Policy dialogue and shared schemes"),
        summary=_("Learn from one another's policies; choose together what to work on first."),
        proposes=(
            _("The six countries tell one another how they govern science, technology and innovation."),
            _(
                "They also name fields in which they want to work together first: researchers, joint research, poverty, "
                "industry, health, digital and green technology, technology transfer, and new companies."
            ),
        ),
        today=(EVERY_RECORD, MATCHING),
        not_yet=(_("A library of policies that can be compared."), _("Dialogues on a topic, with their papers.")),
        themes=(Theme.POLICY,),
        looks=needs_and_offers(Theme.POLICY),
    ),
    Article(
        number=2,
        title=_("People: exchange of talent"),
        summary=_("Researchers, teachers and young people learn and work in each other's countries."),
        proposes=(
            _("Researchers visit each other, do research together and train the young."),
            _("People of the six countries get to know each other through their work."),
        ),
        today=(
            _("Somebody who offers training, or looks for it, can say so and be found in all six countries."),
            _("The directory lists universities and institutes under their names in several scripts."),
        ),
        not_yet=(
            _("Calls for exchanges, with applications from both sides."),
            _("Stays with their dates and duties, from the invitation to the last report."),
        ),
        themes=(Theme.TALENT,),
        looks=(*needs_and_offers(Theme.TALENT), Look(_("Universities and institutes"), "kind=research")),
    ),
    Article(
        number=3,
        title=_("Science against poverty"),
        summary=_("Communities say what they lack; others bring what has worked."),
        proposes=(
            _("The countries share what has helped against poverty."),
            _("They make and use technology that fits the place, and begin from what communities ask for."),
        ),
        today=(
            _("A village, cooperative or hospital can say what it needs in its own language."),
            _(
                "A focal point, hub or verified organisation can post for people without an account, with their consent."
            ),
            _("The card of a notice states power, water, heat, budget and upkeep, so that an answer fits the place."),
        ),
        not_yet=(_("A library of good practices, and where each of them was taken over."),),
        themes=(Theme.POVERTY,),
        looks=needs_and_offers(Theme.POVERTY),
    ),
    Article(
        number=4,
        title=_("Industry and networks of hubs"),
        summary=_("Research hubs help the economic and industrial zones of the region."),
        proposes=(
            _("Hubs for research and development work as a network across borders."),
            _("Together they help economic and industrial zones to renew what they make and how they make it."),
        ),
        today=(
            _("The directory knows hubs, zones, parks and incubators, and finds them by name in any script."),
            _(
                "They are shown on a map, with what each has to give: equipment, tests, land, buildings, incentives, programmes."
            ),
            _(
                "Hubs and zones form networks: a zone posts a problem under its own name, hubs answer, and what came of it is counted."
            ),
        ),
        not_yet=(_("Joint projects of hubs, from the agreement to what came of them."),),
        themes=(Theme.INDUSTRY,),
        looks=(*needs_and_offers(Theme.INDUSTRY), HUBS),
    ),
    Article(
        number=5,
        title=_("Public health"),
        summary=_("From epidemics to digital medicine: share experience, do research, reach everybody."),
        proposes=(
            _(
                "The countries share what they learnt in epidemics and work together on vaccines and on how diseases spread."
            ),
            _("They want health technology that reaches everybody, and a region that is safer for it."),
        ),
        today=(
            _("Hospitals, laboratories and companies can post needs and offers and are suggested to each other."),
            _("Experts who consent are listed on a roster, by theme, with the languages they use."),
        ),
        not_yet=(
            _("Each country's rules for ethics and for samples, and what a joint study needs under them."),
            _("Joint calls, with reviewers from the six countries."),
        ),
        themes=(Theme.HEALTH,),
        looks=(
            *needs_and_offers(Theme.HEALTH),
            Look(_("Hospitals"), "kind=hospital"),
            Look(_("Experts in public health"), f"theme={Theme.HEALTH}", page="roster"),
        ),
    ),
    Article(
        number=6,
        title=_("Digital technology"),
        summary=_("Share practice, research together, show what works, train people."),
        proposes=(
            _("The countries exchange experience with digital technology and do research in it together."),
            _("They show each other what works and train people across borders."),
        ),
        today=(MATCHING, _("Search itself: one question finds texts in seven languages, with the same care for each.")),
        not_yet=(
            _("Demonstrations and trainings with places to book."),
            _("A register of open data and open programs."),
        ),
        themes=(Theme.DIGITAL,),
        looks=needs_and_offers(Theme.DIGITAL),
    ),
    Article(
        number=7,
        title=_("Green technology"),
        summary=_("Water, clean energy and nature; industry with less carbon."),
        proposes=(
            _("The countries work together on water, on clean energy and on keeping nature and the environment well."),
            _("Industry and its suppliers should come to need less carbon."),
        ),
        today=(
            _("Needs and offers for water, energy and nature, with the conditions of the place on the card."),
            _("A notice that has found its partner is marked as fulfilled."),
        ),
        not_yet=(_("To follow a technology over the years, from the need to the demonstration to daily use."),),
        themes=(Theme.GREEN,),
        looks=needs_and_offers(Theme.GREEN),
    ),
    Article(
        number=8,
        title=_("Innovation and start-ups"),
        summary=_("Transfer technology, help new companies, bring the two sides together."),
        proposes=(
            _("New companies get training, competitions, and people who show them around in the next country."),
            _("Those who have a technology meet those who need it; parks and incubators learn from each other."),
        ),
        today=(
            MATCHING,
            _("Stage of development, rights and type of partnership stand on the card of each notice."),
        ),
        not_yet=(
            _("Events with timetables for meetings of two."),
            _("Competitions with juries."),
        ),
        themes=(Theme.INNOVATION,),
        looks=(*needs_and_offers(Theme.INNOVATION), HUBS),
    ),
    Article(
        number=9,
        title=_("Meetings"),
        summary=_("Meet when it is needed, and let universities and companies do the same."),
        proposes=(
            _("The countries meet when there is a need: on policy, on new technology, on platforms and projects."),
            _("Universities, institutes and companies take part and can build ways of meeting of their own."),
        ),
        today=(_("The theme of policy gathers notices of those who look for partners in this work."),),
        not_yet=(
            _("Meetings with agenda, papers, delegations and minutes that six agree on."),
            _("Decisions by consensus, and what became of them."),
        ),
        themes=(Theme.POLICY,),
        looks=(Look(_("Partner searches"), "kind=partner"),),
    ),
    Article(
        number=10,
        title=_("Six focal points"),
        summary=_("One ministry in each country, all six with the same rights."),
        proposes=(
            _("Each country names one ministry through which the others reach it."),
            _("The work goes on by mutual benefit and as equals, each country under its own laws and procedures."),
        ),
        today=(
            _(
                "The office of focal point is held by a ministry for a time. If a government changes it, the record changes."
            ),
            _(
                "A focal point publishes the notices of its own country, confirms its members and verifies its organisations."
            ),
        ),
        not_yet=(_("Decisions that all six take together."), _("Profiles that the focal points have confirmed.")),
        looks=(Look(_("Ministries and agencies"), "kind=public"),),
    ),
)
