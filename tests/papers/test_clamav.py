"""The scanner's protocol, over real sockets: clean, found, cannot say, not there."""

from pathlib import Path

import pytest

from papers import clamav
from tests.papers.scanner import EICAR, VERSION, Scanner, ScannerByTcp, running


def test_a_clean_file_and_a_virus(scanner: Scanner) -> None:
    big = [b"a" * 100_000, b"", b"b" * 30]
    assert clamav.virus_in(big, scanner.url) == ""
    assert scanner.seen == [b"a" * 100_000 + b"b" * 30]
    assert clamav.virus_in([b"x", EICAR], scanner.url) == "Eicar-Signature"


def test_it_says_which_scanner_it_is(scanner: Scanner) -> None:
    assert clamav.version(scanner.url) == VERSION


def test_the_same_by_tcp() -> None:
    with running(ScannerByTcp()) as scanner:
        assert clamav.version(scanner.url) == VERSION
        assert clamav.virus_in([EICAR], scanner.url) == "Eicar-Signature"


@pytest.mark.parametrize("says", ["INSTREAM size limit exceeded. ERROR", "hello"])
def test_a_scanner_that_cannot_say_is_away(scanner: Scanner, says: str) -> None:
    scanner.says = says
    with pytest.raises(clamav.Away, match=says.split(maxsplit=1)[0]):
        clamav.virus_in([b"x"], scanner.url)


def test_a_scanner_that_is_not_there_is_away(short_path: Path) -> None:
    for url in (f"unix://{short_path}/nobody", "tcp://127.0.0.1:9"):
        with pytest.raises(clamav.Away):
            clamav.virus_in([b"x"], url)


def test_a_scanner_that_hangs_up_is_away(scanner: Scanner) -> None:
    scanner.silent = True
    with pytest.raises(clamav.Away):
        clamav.virus_in([b"x"], scanner.url)
