"""Where the console leads: its sections, in the order of the work."""

from typing import NamedTuple


class Section(NamedTuple):
    """One entry; a page belongs to it where its address begins with one of `begins`."""

    name: str
    path: str
    begins: tuple[str, ...]


SECTIONS = (
    Section("Live", "/monitor/", ("/monitor/",)),
    Section("Interviews", "/interviews/", ("/interviews/", "/review/", "/invitations/")),
    Section("Candidates", "/candidates/", ("/candidates/",)),
    Section("Jobs", "/jobs/", ("/jobs/",)),
    Section("Plans", "/plans/", ("/plans/",)),
    Section("Reports", "/reports/", ("/reports/",)),
    Section("Requests", "/requests/", ("/requests/",)),
    Section("Dashboard", "/dashboard/", ("/dashboard/",)),
    Section("Team", "/team/", ("/team/",)),
)


def current_section(path: str) -> Section | None:
    """The section that the page at `path` belongs to."""
    return next((one for one in SECTIONS if path.startswith(one.begins)), None)
