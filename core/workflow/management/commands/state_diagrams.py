from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.workflow.diagrams import file_name, index, lifecycles, page


class Command(BaseCommand):
    help = "Draws every lifecycle from the code into docs/states/; with --check, says what is out of date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--to", type=Path, default=settings.BASE_DIR / "docs" / "states")

    def handle(self, *, check: bool, to: Path, **options: Any) -> None:
        models = lifecycles()
        pages = {"README.md": index(models)} | {file_name(model): page(model) for model in models}
        present = {path.name: path for path in to.glob("*.md")}
        stale = [
            name
            for name, text in pages.items()
            if name not in present or present[name].read_text(encoding="utf-8") != text
        ]
        gone = sorted(set(present) - set(pages))
        if check and (stale or gone):
            raise CommandError(f"run `make diagrams`; out of date: {', '.join(stale + gone)}")
        to.mkdir(parents=True, exist_ok=True)
        for name in stale:
            (to / name).write_text(pages[name], encoding="utf-8")
        for name in gone:
            present[name].unlink()
        self.stdout.write(f"{len(models)} lifecycles, {len(stale)} drawn anew")
