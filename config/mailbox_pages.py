"""The mailbox's two pages, in French and in English at once: the reader may be either."""

import re
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from config.mailbox import Kept

_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)»]")
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1b1230;background:#f6f4fb}
main{max-width:56rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:1.5rem}a{color:#5b2bb5}a:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid #5b2bb5}
ul{list-style:none;margin:0;padding:0;background:#fff;overflow-wrap:anywhere}
li{padding:.75rem 1rem;border-bottom:1px solid #e0daf0}li span{display:block;color:#5d5470}
form{display:flex;gap:.5rem;flex-wrap:wrap;margin:0 0 1rem;align-items:end}
label{display:block}input,button{font:inherit;padding:.5rem .75rem;min-height:2.75rem;box-sizing:border-box}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;background:#fff;padding:1.25rem;border:1px solid #e0daf0}
iframe{width:100%;min-height:30rem;border:1px solid #e0daf0;background:#fff}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}dt{color:#5d5470}dd{margin:0;overflow-wrap:anywhere}
"""


def _page(title: str, body: str) -> str:
    """A whole page. `title` is plain text, `body` is HTML."""
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )


def _when(letter: "Kept") -> str:
    """The time it came, in Montréal."""
    at = datetime.fromisoformat(letter.received_at).astimezone(ZoneInfo("America/Toronto"))
    return f"{at:%Y-%m-%d %H:%M:%S} (Montréal)"


def listing(letters: list["Kept"], to: str) -> str:
    """The letters, the newest first."""
    rows = "".join(
        f'<li><a href="/messages/{letter.number}">{escape(str(letter.message["Subject"] or "—"))}</a>'
        f"<span>{escape(', '.join(letter.to))} · {_when(letter)}</span></li>"
        for letter in letters
    )
    found = f"<ul>{rows}</ul>" if rows else "<p>Aucun courriel. / No letter.</p>"
    form = (
        '<form method="get" action="/"><div><label for="to">À / To</label>'
        f'<input type="email" id="to" name="to" value="{escape(to)}" autocomplete="off"></div>'
        "<button>Filtrer / Filter</button></form>"
    )
    title = "Boîte de démonstration / Demonstration mailbox"
    return _page(title, f"<h1>{title}</h1>{form}{found}")


def reading(letter: "Kept") -> str:
    """One letter: its envelope, its text with links that open, and its HTML part if it has one."""
    subject = str(letter.message["Subject"] or "—")
    text = _LINK.sub(
        lambda found: f'<a href="{found[0]}">{found[0]}</a>',
        escape(letter.part("plain"), quote=False),
    )
    html = (
        f'<h2>HTML</h2><iframe sandbox title="HTML" src="/messages/{letter.number}/html"></iframe>'
        if letter.part("html")
        else ""
    )
    return _page(
        subject,
        '<p><a href="/">← Tous les courriels / All letters</a></p>'
        f"<h1>{escape(subject)}</h1><dl><dt>De / From</dt><dd>{escape(str(letter.message['From']))}</dd>"
        f"<dt>À / To</dt><dd>{escape(', '.join(letter.to))}</dd><dt>Reçu / Received</dt><dd>{_when(letter)}</dd>"
        f"<dt>Message-ID</dt><dd>{escape(letter.message_id)}</dd></dl><pre>{text}</pre>{html}",
    )
