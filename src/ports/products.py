"""The catalogue, as pricing and designing see it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping
from typing import Protocol

from domain.catalogue.product import Product


class Products(Protocol):
    """Products to read, with everything that can be chosen. Never older than the last commit.

    The objects may be shared between callers: they are not to be changed.
    """

    @abstractmethod
    async def named(self, product_ids: Collection[str]) -> Mapping[str, Product]:
        """Products by slug, inactive ones too; those that don't exist are left out."""

    @abstractmethod
    async def find(self, reference: str) -> Product | None:
        """The active product with that slug or id."""
