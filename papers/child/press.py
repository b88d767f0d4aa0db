"""Sets one document and ends. It imports nothing of ours, and reaches neither the network nor the system's fonts.

Reads a job as JSON: `source` and `root` and `fonts` (paths), `data` (plain), `at` (seconds since 1970, UTC). Writes the
PDF; when it cannot, it ends with the typesetter's reason on its standard error.
"""

import json
import resource
import sys

import typst

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 5


def main() -> None:
    """One job in, one PDF out."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    job = json.load(sys.stdin)
    pdf = typst.compile(
        job["source"],
        root=job["root"],
        font_paths=[job["fonts"]],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=job["at"],
        # Data stays data: the source reads it, and nothing in it is ever markup.
        sys_inputs={"data": json.dumps(job["data"])},
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
