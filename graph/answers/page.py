"""A plain HTML page that stands alone: no script, nothing loaded from elsewhere."""

from __future__ import annotations

from html import escape

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #8886}"
    "caption{text-align:left;font-weight:600;padding:.5rem 0}"
    "sup a{text-decoration:none}li{margin:.25rem 0}"
    ".added td:first-child{color:#1a7f37}.removed td:first-child{color:#cf222e}"
)


def html_page(title: str, body: str) -> str:
    """Return a whole page.

    Args:
        title: Its title, as plain text.
        body: Its content, as HTML.
    """
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )
