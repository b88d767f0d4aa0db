"""The promises of speed, measured: `make bench`. See docs/performance.md."""
