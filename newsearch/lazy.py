"""Names of a package that are imported when they are asked for first (PEP 562).

All of newsearch takes a quarter of a second to import, and most programs need a part of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def lazily(package: str, exports: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """The `__getattr__` of a package.

    Args:
        package: its name.
        exports: module of the package → the names that the package has from it; none for a module
            that is only reached by its own name (`newsearch.errors`).
    """
    homes = {name: module for module, names in exports.items() for name in names}

    def find(name: str) -> Any:
        if name in homes:
            value = getattr(import_module(f"{package}.{homes[name]}"), name)
        elif name in exports:
            value = import_module(f"{package}.{name}")
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        setattr(sys.modules[package], name, value)
        return value

    return find
