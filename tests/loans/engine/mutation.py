# ruff: noqa: T201 - it prints its report
"""Mutation testing of the engine: one thing in it is changed at a time, and a test should notice.

Works on a copy in var/mutation with mutmut: about a quarter of an hour on two cores for the whole engine, a minute or
so for a module. docs/lending-conventions.md explains the mutants that survive.
"""

import argparse
import ast
import os
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ENGINE = Path("loans/engine")
ROOM = ROOT / "var" / "mutation"
ENOUGH = 90.0
# An endless loop is noticed by anyone who waits for an answer; a crash likewise.
KILLED = ("killed", "timeout", "segfault")
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


def open_to_mutation(source: str) -> str:
    """Properties and cached functions as ``name = property(name)`` after them: mutmut passes by what is decorated."""
    lines = source.splitlines()
    functions = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.decorator_list
    ]
    for node in sorted(functions, key=lambda node: -node.lineno):
        (decorator,) = node.decorator_list
        wrapped = f"{node.name} = {ast.unparse(decorator)}({node.name})"
        lines.insert(node.end_lineno, " " * node.col_offset + wrapped)
        del lines[decorator.lineno - 1 : decorator.end_lineno]
    return "\n".join(lines) + "\n"


def prepare(modules: list[str]) -> None:
    """A room with nothing in it but the engine, its tests and a configuration."""
    shutil.rmtree(ROOM, ignore_errors=True)
    ignore = shutil.ignore_patterns("__pycache__", ".hypothesis", "mutation.py")
    for part in (ENGINE, Path("tests/loans/engine")):
        shutil.copytree(ROOT / part, ROOM / part, ignore=ignore)
    for path in (ROOM / ENGINE).glob("*.py"):
        path.write_text(open_to_mutation(path.read_text()))
    (ROOM / "loans" / "__init__.py").touch()
    only = ", ".join(f'"{ENGINE}/{name}.py"' for name in modules) or f'"{ENGINE}/*"'
    (ROOM / "pyproject.toml").write_text(CONFIG.format(only=only))


def mutmut(*args: str) -> subprocess.Popen[str]:
    """mutmut at work in the room."""
    env = os.environ | {"ENGINE_PROFILE": "engine-mutation", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "mutmut", *args]
    return subprocess.Popen(
        command, cwd=ROOM, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
    )


def run(children: int) -> None:
    """Test every mutant and say how far it has come: on one line in a terminal, every twentieth part in a log."""
    said, output = -1, ""
    with mutmut("run", "--max-children", str(children)) as process:
        for line in process.stdout:  # in text mode a carriage return ends a line as well
            output = (output + line)[-5000:]
            progress = re.search(r"(\d+)/(\d+) .*🙁 (\d+)", line)
            if progress is None:
                continue
            done, total, survived = map(int, progress.groups())
            if sys.stdout.isatty():
                print(f"\r  {done} of {total} mutants, {survived} survive", end="", flush=True)
            elif total and 20 * done // total > said:
                said = 20 * done // total
                print(f"  {done} of {total} mutants, {survived} survive", flush=True)
    print()
    if process.returncode:
        sys.exit(output)


def results() -> dict[str, dict[str, str]]:
    """Module → mutant → what became of it."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    with mutmut("results", "--all", "true") as process:
        for line in process.stdout:
            if ": " in line:
                name, result = line.strip().rsplit(": ", 1)
                found[name.split(".")[2]][name] = result
    return found


def report(found: dict[str, dict[str, str]]) -> float:
    """Print who survives and a line per module; returns the share of mutants killed, in per cent."""
    print("module        mutants  killed  timeout  survive        %")
    whole: Counter[str] = Counter()
    for module, mutants in sorted(found.items()):
        counts = Counter(mutants.values())
        print(row(module, counts))
        whole += counts
    print(row("all", whole))
    for mutants in found.values():
        for name, result in mutants.items():
            if result != "killed":
                print(f"{result:10} {name}")
    return share(whole)


def row(name: str, counts: Counter[str]) -> str:
    """One line of the table."""
    killed = sum(counts[kind] for kind in KILLED)
    total = counts.total()
    return f"{name:13} {total:7} {killed:7} {counts['timeout']:8} {total - killed:8} {share(counts):8.1f}"


def share(counts: Counter[str]) -> float:
    """Killed of all, in per cent."""
    return 100 * sum(counts[kind] for kind in KILLED) / (counts.total() or 1)


def main() -> int:
    """Run, count and judge: 0 when enough mutants are killed, 1 when not."""
    modules = sorted(path.stem for path in (ROOT / ENGINE).glob("*.py") if path.stem != "__init__")
    parser = argparse.ArgumentParser(
        prog="make mutation",
        description=__doc__,
        epilog='Through make: make mutation ARGS="plan ledger".  To see one: cd var/mutation && '
        "../../.venv/bin/python -m mutmut show NAME",
    )
    parser.add_argument("module", nargs="*", help=f"only these: {', '.join(modules)}")
    parser.add_argument("--children", type=int, default=2, help="processes at once (2)")
    parser.add_argument("--keep", action="store_true", help="only report again what the last run found")
    args = parser.parse_args()
    if unknown := set(args.module) - set(modules):
        parser.error(f"no such module: {', '.join(sorted(unknown))}")
    if not args.keep:
        prepare(args.module)
        run(args.children)
    killed = report(results())
    print(f"{killed:.1f} % killed (at least {ENOUGH:.0f} %)")
    return 0 if killed >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
