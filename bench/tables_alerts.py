"""How the figures of saved searches are told."""

from bench.tables import Figures, table


def alerts(figures: Figures) -> str:
    """What answering all saved searches at once costs, beside asking each alone."""
    head = ["what", "seconds", "findings or letters"]
    rows = [
        ["all searches against all notices, in bulk", figures["bulk_s"], figures["bulk_findings"]],
        ["each search alone (extrapolated from a sample)", figures["alone_s"], ""],
        ["one published notice that every search finds", figures["one_notice_s"], figures["one_notice_findings"]],
        ["the digests of everybody, written with their letters", figures["digests_s"], figures["letters"]],
    ]
    told = (
        f"{figures['searches']} saved searches, {figures['notices']} notices, drawn vectors and words; memory grew by "
        f"{figures['grown_mb']} MB to a peak of {figures['peak_mb']} MB. Alone: the mean of {figures['asked_alone']} searches, "
        f"{figures['alone_ms']} ms each, times all. No aim was set."
    )
    return f"{table(head, rows)}\n\n{told}"
