"""A letter's HTML: made of its text, escaped, with links one can press, and nothing that is fetched."""

import time

from notifications.html import html_of

SITE = "http://localhost:8000"


def body(text: str) -> str:
    """What stands between the frame."""
    html = html_of(text, language="fr", subject="Objet <b>")
    assert "<title>Objet &lt;b&gt;</title>" in html
    return html[html.index('line-height:1.5;overflow-wrap:anywhere">') :]


def test_paragraphs_and_lines() -> None:
    told = body("Bonjour,\n\nUne ligne\nune autre\n\n\n\nMila")
    assert "Une ligne<br>une autre</p>" in told
    assert told.count("<p ") == 3


def test_everything_is_escaped() -> None:
    told = body('<script>"&\n\nElle: <img src=x onerror=y>\n\n  <b>\n\n- <i>\n\nMila')
    for tag in ("<script", "<img", "<b>", "<i>"):
        assert tag not in told


def test_lists_by_their_signs() -> None:
    told = body("Titre :\n  1. un\n  2. deux\nAutre :\n  - a\n  - b\n\n– c\n\n1. un\n\nMila")
    assert "<ol style=" in told
    assert "<li>un</li><li>deux</li></ol>" in told
    assert "<li>a</li><li>b</li></ul>" in told
    assert "<li>c</li>" in told


def test_an_indented_line_is_set_apart() -> None:
    assert "border-left" in body("Il faut :\n\n  Le relevé\n  Reçue : hier\n\nMila")


def test_a_link_of_ours_is_large_and_shows_where_it_leads() -> None:
    told = body(f"Ma demande\u00a0: {SITE}/applications/mine/\n\n{SITE}/x/?a=1&b=2\n\nMila")
    assert ">Ma demande</a>" in told
    assert told.count(f'href="{SITE}/applications/mine/"') == 2
    assert f'href="{SITE}/x/?a=1&amp;b=2" class="button"' in told


def test_other_addresses_are_links_and_never_large() -> None:
    told = body("Voir : https://evil.example/\n\n(https://a.ca/x). Fin.\n\nMila\nhttp://b.ca")
    assert 'class="button"' not in told
    assert '<a href="https://evil.example/" class="link"' in told
    assert '<a href="https://a.ca/x" class="link"' in told
    assert '<a href="http://b.ca" class="link"' in told


def test_a_site_that_only_begins_like_ours_is_not_ours() -> None:
    told = body(f"Ma demande : {SITE}0.evil.example/\n\nMila")
    assert 'class="button"' not in told


def test_a_code_is_large() -> None:
    assert "monospace" in body("Voici :\n\nK7F-Q2D\n\nMila")
    assert "monospace" in body("Voici :\n\n123456\n\nMila")
    assert "monospace" not in body("Voici :\n\nBonjour\n\nMila")


def test_a_letter_may_end_in_a_link() -> None:
    assert 'class="button"' in body(f"Bonjour\n\nMa demande : {SITE}/applications/mine/")


def test_a_letter_that_ends_in_a_list_keeps_it() -> None:
    assert "<li>b</li>" in body("Bonjour\n\n- a\n- b")


def test_it_takes_no_time_to_speak_of() -> None:
    text = "\n\n".join([f"Ligne {n}, https://a.ca/{n}\n- a\n- b" for n in range(12)])
    html_of(text, language="en", subject="s")
    begun = time.process_time()
    for _time in range(100):
        html_of(text, language="en", subject="s")
    assert (time.process_time() - begun) / 100 < 0.002  # ten times the promise, for a busy machine
