"""Which tone a state has, so that the same state looks the same in every room."""

TONES = {
    "draft": "sand",
    "previewed": "sand",
    "taking": "sand",
    "taken": "river",
    "returned": "warn",
    "waiting": "sand",
    "submitted": "sand",
    "published": "river",
    "confirmed": "river",
    "adopted": "river",
    "done": "river",
    "suspended": "warn",
    "overdue": "warn",
    "declined": "warn",
}


def tone_of(state: object) -> str:
    """The tone of a state; states that ask for nothing are quiet."""
    return TONES.get(str(getattr(state, "value", state)), "quiet")
