# ruff: noqa: T201 - it prints its report
"""Mutation testing of the engine: python -m tests.loans.engine.mutation [--keep] [module …]

Copies the engine and its tests into ``var/mutation``, lets mutmut change one thing at a time there, and counts the
mutants that no test notices. Exits with 1 when fewer than 90 % are killed. ``docs/lending-conventions.md`` explains
those that survive.
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ROOM = ROOT / "var" / "mutation"
ENOUGH = 90.0
KILLED = ("killed", "timeout", "segfault", "suspicious", "caught by type check")
CONFIG = """
[tool.mutmut]
source_paths = ["loans/engine"]
also_copy = ["loans/__init__.py", "tests"]
pytest_add_cli_args = ["-c", "tests/loans/engine/plain.ini", "-q", "-p", "no:randomly", "-p", "no:xdist"]
pytest_add_cli_args_test_selection = ["tests/loans/engine"]
only_mutate = [{only}]
do_not_mutate = ["*/__init__.py"]
max_stack_depth = -1
"""


def prepare(modules: list[str]) -> None:
    """A room with nothing in it but the engine, its tests and a configuration."""
    shutil.rmtree(ROOM, ignore_errors=True)
    ROOM.mkdir(parents=True)
    ignore = shutil.ignore_patterns("__pycache__", ".hypothesis", "mutation.py")
    shutil.copytree(ROOT / "loans" / "engine", ROOM / "loans" / "engine", ignore=ignore)
    shutil.copytree(ROOT / "tests" / "loans" / "engine", ROOM / "tests" / "loans" / "engine", ignore=ignore)
    (ROOM / "loans" / "__init__.py").touch()
    only = ", ".join(f'"loans/engine/{name}.py"' for name in modules) or '"loans/engine/*"'
    (ROOM / "pyproject.toml").write_text(CONFIG.format(only=only))


def mutmut(*args: str) -> str:
    """Run mutmut in the room and return what it says."""
    env = os.environ | {"ENGINE_PROFILE": "engine-mutation", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "mutmut", *args]
    done = subprocess.run(command, cwd=ROOM, env=env, capture_output=True, text=True, check=False)
    if done.returncode and args[0] == "run" and "mutations/second" not in done.stdout:
        sys.exit(done.stdout[-3000:] + done.stderr[-3000:])
    return done.stdout


def main() -> int:
    """Run, count and judge."""
    modules = [arg for arg in sys.argv[1:] if not arg.startswith("-")]
    if "--keep" not in sys.argv:
        prepare(modules)
        mutmut("run", "--max-children", "2")
    results = [
        line.strip().rsplit(": ", 1)
        for line in mutmut("results", "--all", "true").splitlines()
        if ": " in line
    ]
    counts = Counter(result for _, result in results)
    killed = sum(counts[kind] for kind in KILLED)
    share = 100 * killed / len(results) if results else 0.0
    for name, result in results:
        if result not in KILLED:
            print(f"{result:12} {name}")
    print(dict(counts))
    print(f"{killed} of {len(results)} mutants killed: {share:.1f} % (at least {ENOUGH} %)")
    return 0 if share >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
