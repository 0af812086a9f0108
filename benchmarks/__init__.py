"""How fast the shop is, against limits measured in the same run. `python -m benchmarks --help`."""
