"""Whether a page stands open within another application, whose browser loses long uploads and chosen files. Pure."""

from flask_babel import lazy_gettext as _

_SIGNS = (
    ("Zalo", "Zalo"),
    ("FBAN", "Facebook"),
    ("FBAV", "Facebook"),
    ("FB_IAB", "Facebook"),
    ("Instagram", "Instagram"),
    ("TikTok", "TikTok"),
    ("musical_ly", "TikTok"),
    ("Line/", "LINE"),
    ("; wv)", _("ứng dụng khác")),
)


def application(user_agent: str) -> str:
    """The application the page is open in; empty for a browser of its own."""
    return next((str(name) for sign, name in _SIGNS if sign in user_agent), "")
