"""Run as a child process: open a PDF that may be hostile, under limits, and print what it is as JSON.

Prints `{"pages": 3}` or `{"problem": "password" | "broken" | "long"}`. It imports nothing of ours.
"""

import json
import resource
import sys

import pikepdf

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 5
MOST_PAGES = 200
LARGEST_SIDE = 14_400


def verdict(path: str) -> dict[str, int | str]:
    """Open it as a reader would; `pages` or the `problem`."""
    try:
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
            if not 1 <= pages <= MOST_PAGES:
                return {"problem": "long" if pages else "broken"}
            for page in pdf.pages:
                if max(abs(float(side)) for side in page.mediabox) > LARGEST_SIDE:
                    return {"problem": "broken"}
            return {"pages": pages}
    except pikepdf.PasswordError:
        return {"problem": "password"}
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
    ):
        return {"problem": "broken"}


def main() -> None:
    """Bind ourselves first, then look."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(json.dumps(verdict(sys.argv[1])))


if __name__ == "__main__":
    main()
