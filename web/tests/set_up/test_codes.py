"""QR codes: what stands in the page may stand there under the content security policy."""

import re

from web.console.codes import qr_svg


def test_it_is_one_drawing_without_styles_scripts_or_words() -> None:
    drawn = qr_svg("https://viva.example/apply/abc/?q=<script>alert(1)</script>")
    assert re.fullmatch(r'<svg xmlns="http://www\.w3\.org/2000/svg" [^>]*>(<path [^>]*/>)+</svg>', drawn)
    assert "style" not in drawn
    assert "script" not in drawn


def test_other_links_are_other_drawings() -> None:
    assert qr_svg("https://viva.example/a/") != qr_svg("https://viva.example/b/")
