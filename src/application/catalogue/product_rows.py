"""From rows to products."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from application.catalogue.ledger import Group
from application.catalogue.option_rows import NewId
from application.catalogue.parts import Parts, problems_of
from application.catalogue.product_checks import content_of, monogram_of, product_row_problems, rule_of, rule_problems
from application.catalogue.rows import ProductRow, RejectedRow, RowKind
from domain.catalogue.product import Media, Product
from domain.inventory.capacity import WORKSHOP_ZONE
from domain.money import Money


@dataclass(frozen=True, slots=True)
class ProductTaker:
    """Turns rows into products at a moment: what it makes is created, or changed, `at` that."""

    products: Group[Product]
    parts: Parts
    at: datetime
    new_id: NewId

    def take(self, rows: Iterable[ProductRow]) -> None:
        """Bring the good products, refuse the others.

        A product that the shop has just so is brought as the shop's own object; a changed
        one keeps its id and the day on which it was created.
        """
        ledger = self.products.ledger
        for row in rows:
            reasons = ledger.reasons_against(RowKind.PRODUCT, row.product_id, row.line)
            product = self._built(row, reasons)
            if product is None or reasons:
                ledger.refuse(RejectedRow(row.line, RowKind.PRODUCT, row.product_id, tuple(reasons)))
                continue
            before = self.products.there.get(row.product_id)
            unchanged = before is not None and content_of(before) == content_of(product)
            self.products.brought[row.product_id] = before if before is not None and unchanged else product

    def _built(self, row: ProductRow, reasons: list[str]) -> Product | None:
        """The product of a row, as far as it can be made out; what is wrong goes to `reasons`."""
        last = self.parts.lasts.find("last", row.last, reasons)
        materials = self.parts.materials.find_all("materials", row.materials, reasons)
        reasons.extend(product_row_problems(row))
        if len(materials) == len(row.materials):
            reasons.extend(rule_problems(row, {color.ext_id for each in materials for color in each.colors}))
        styles = self.parts.styles.find_all("styles", row.styles, reasons)
        soles = self.parts.soles.find_all("soles", row.soles, reasons)
        if last is None:
            return None
        before = self.products.there.get(row.product_id)
        product = Product(
            id=before.id if before else self.new_id(),
            product_id=row.product_id,
            title=row.title,
            description=row.description,
            category=row.category,
            brand=row.brand,
            base_price=Money(row.base_price),
            hsn=row.hsn,
            lead_time_days=row.lead_time_days,
            last=last,
            leather_dm2=row.leather_dm2,
            styles=styles,
            soles=soles,
            materials=materials,
            sizes=row.sizes,
            widths=row.widths,
            # Rules of a row that is bad anyway may not even be rules.
            rules=() if reasons else tuple(rule_of(rule) for rule in row.rules),
            monogram=monogram_of(row),
            media=tuple(Media(media.url, media.alt, media.kind) for media in row.media),
            is_active=row.is_active,
            created_at=before.created_at if before else self.at,
            updated_at=self.at,
            version=before.version if before else 0,
        )
        self._check(product, reasons)
        return product

    def _check(self, product: Product, reasons: list[str]) -> None:
        """What the domain says of it, unless the same member has been complained of already."""
        bad_members = {reason.partition(":")[0] for reason in reasons}
        if bad_members & {"styles", "soles", "materials"}:
            bad_members.add("basePrice")  # what options add to it isn't known
        told = problems_of(product, self.at.astimezone(WORKSHOP_ZONE).date())
        reasons.extend(reason for reason in told if reason.partition(":")[0] not in bad_members)
