from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from demo.data.load import load_demo
from demo.data.scale import load_scale


class Command(BaseCommand):
    help = "Loads the demo data once; with --scale N also N applications and N loans with histories."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=0, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        load_demo()
        if options["scale"]:
            load_scale(options["scale"])
        self.stdout.write("The demo data is loaded.")
