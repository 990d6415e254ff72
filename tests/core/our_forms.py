"""Every form that a package of ours defines."""

import inspect
import pkgutil
from importlib import import_module


def forms_of(package):
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if "migrations" in found.name or ".__main__" in found.name:
            continue
        for _name, kind in inspect.getmembers(import_module(found.name), inspect.isclass):
            if kind.__module__ == found.name and hasattr(kind, "base_fields"):
                yield kind
