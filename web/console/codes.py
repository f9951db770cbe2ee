"""Draws a link as a QR code, for people who hand it over on paper or on another screen."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4  # modules; the standard's own, without which phones don't find the code


def qr_svg(url: str) -> SafeString:
    """This will give an SVG to stand in a page: dark on white in both themes, in paths alone.

    It has neither styles nor scripts, which the content security policy forbids, and no text of anybody's:
    `url` becomes modules. Raises segno.DataOverflowError beyond some 2,300 characters.
    """
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        drawn,
        kind="svg",
        xmldecl=False,
        omitsize=True,
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        svgclass="qr",
        lineclass=None,
    )
    return mark_safe(drawn.getvalue().decode().strip())  # noqa: S308 # nosec B308 B703 (see above)
