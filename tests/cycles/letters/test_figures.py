"""A date, an hour, an amount or an address is the same in both languages, however it is written."""

import pytest

from cycles.letters.figures import figures, in_words
from cycles.letters.spelling import doubts, put_right

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("le 31 janvier 2027 à 23 h 59", "January 31, 2027 at 11:59 p.m."),
        (f"1er{NBSP}février{NBSP}2027, 9{NBSP}h", "1 February 2027, 9:00"),
        ("dès le 3 mars", "from March 3rd on"),
        ("5 mai 2027, 17 h.", "May 5th, 2027, 5pm."),
        ("31 janv. 2027", "2027-01-31"),
        (f"1{NBSP}500{NBSP}$", "$1,500"),
        ("1 500,50 $ et 12,5 %", "$1,500.50 and 12.5%"),
        ("17 500 $ CA", "CA$17,500"),
        ("dix pour cent, 8 pour cent", "ten per cent, 8 percent"),
        ("à midi; à minuit", "at noon; at midnight"),
        ("12 h; 0 h 00", "12 p.m.; 12 a.m."),
        ("8 h 30", "8:30 AM"),
        ("Voir https://umontreal.ca/fr/x.", "See https://umontreal.ca/en/x"),
        ("écrivez à Aide@mila.quebec.", "write to aide@mila.quebec"),
        ("dans 7 jours", "in 7 days"),
        ("{closes} 2 pages", "2 pages {due}"),
    ],
)
def test_the_same_thing_said_in_each_language(french: str, english: str) -> None:
    assert figures(french) == figures(english)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("31 janvier 2027", "30 January 2027"),
        ("31 janvier 2027", "31 January 2028"),
        ("le 31 janvier", "31 January 2027"),
        ("23 h 59", "11:59 a.m."),
        ("1 500 $", "$15,000"),
        ("12,5 %", "125%"),
        ("https://umontreal.ca/", "https://mcgill.ca/"),
        ("a@mila.quebec", "b@mila.quebec"),
    ],
)
def test_another_thing_differs_firmly(one: str, other: str) -> None:
    assert figures(one)[0] != figures(other)[0]


def test_other_numbers_and_pages_differ_loosely() -> None:
    assert figures("7 jours, https://a.ca/guide") == ({"a.ca"}, {"7", "https://a.ca/guide"})


def test_spaces_of_french_are_put_right() -> None:
    typed = "Date : 12 %  \r\n« oui » ! Vraiment ? Non ; 1 500 $\r\n"
    right = f"Date{NBSP}: 12{NBSP}%\n«{NBSP}oui{NBSP}»! Vraiment? Non; 1 500{NBSP}$"
    assert put_right(typed) == right
    assert put_right(right) == right
    assert put_right("https://a.ca/x?y=1:2") == "https://a.ca/x?y=1:2"


@pytest.mark.parametrize(
    "text",
    ["l'offre", 'le mot "oui"', "Date: demain", "12%", "12.5", "à 9:00", "le 1 janvier 2027"],
)
def test_what_looks_wrong_in_french_is_said(text: str) -> None:
    assert len(list(doubts(text))) == 1


def test_right_french_raises_no_doubt() -> None:
    text = f"Le 1er janvier 2027, 9{NBSP}h{NBSP}: l’offre «{NBSP}A{NBSP}», https://a.ca/x:9?y=1.5"
    assert list(doubts(text)) == []


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("2027-01-31", f"31{NBSP}janvier{NBSP}2027"),
        ("--02-29", f"29{NBSP}février"),
        ("2027-02-31", "2027-02-31"),
        ("23:59", f"23{NBSP}h{NBSP}59"),
        ("9:75", f"9{NBSP}h{NBSP}59"),
        ("45:00", "45:00"),
        ("1500 $", "1500 $"),
    ],
)
def test_a_difference_is_said_in_words(figure: str, words: str) -> None:
    assert in_words(figure) == words
