"""The products and suppliers that are known, by their names in normal form."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from bot.knowledge.model import Vendor
from bot.language.normal import normal

#: There are too many of them to do it again for each message.
_normal = cache(normal)


def product_names(vendors: Iterable[Vendor]) -> dict[str, list[str]]:
    """Each product with all that it is called."""
    return {vendor.name: [_normal(name) for name in (vendor.name, *vendor.also)] for vendor in vendors}
