"""Run the benchmarks: `python -m benchmarks` all of them, `python -m benchmarks dates` those that are named.

Each is a module of this package with `main() -> None`, which prints what it measured beside the alternatives, in one
run on one core. A module without it, and what makes the material, is none.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks

NOT_RUN = frozenset({"soak", "corpus", "fuzz"})
"""What takes long, and what makes the material: these run only as `python -m benchmarks.NAME`."""


def main() -> int:
    names = [
        module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in {"__main__", *NOT_RUN}
    ]
    wanted = sys.argv[1:] or names
    unknown = set(wanted) - set(names)
    if unknown:
        print(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(names)}", file=sys.stderr)
        return 2
    for name in wanted:
        run = getattr(importlib.import_module(f"benchmarks.{name}"), "main", None)
        if run is not None:
            print(f"== {name}")
            run()
            print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
