"""Products as rows: one of `product`, and one of a join table for each option offered."""

from __future__ import annotations

from adapters.db.options import Options
from adapters.db.session import Row
from adapters.db.statements import Document, Values
from domain.catalogue.monogram import MonogramOffer
from domain.catalogue.options import OptionKind
from domain.catalogue.product import Media, Product
from domain.catalogue.rules import OptionRef, Rule, RuleKind
from domain.money import Money

PRODUCT_COLUMNS = """
    p.id, p.product_id, p.title, p.description, p.category, p.brand, p.base_price, p.hsn, p.lead_time_days,
    p.last_code, p.leather_dm2, p.sizes, p.widths, p.rules, p.monogram_max_length, p.monogram_surcharge, p.media,
    p.is_active, p.created_at, p.updated_at, p.version,
    ARRAY(SELECT style_id FROM product_style WHERE product_id = p.id ORDER BY position) AS styles,
    ARRAY(SELECT sole_id FROM product_sole WHERE product_id = p.id ORDER BY position) AS soles,
    ARRAY(SELECT material_id FROM product_material WHERE product_id = p.id ORDER BY position) AS materials
"""
"""What `product_of` reads of a product `p`."""


def product_row(product: Product) -> Values:
    """Every column of `product` but the search text; the version is that of a new one."""
    materials = [material for material in product.materials if material.is_active]
    colors = [color for material in materials for color in material.colors if color.is_active]
    return {
        "id": product.id,
        "product_id": product.product_id,
        "title": product.title,
        "description": product.description,
        "category": product.category,
        "brand": product.brand,
        "base_price": product.base_price.minor,
        "hsn": product.hsn,
        "lead_time_days": product.lead_time_days,
        "last_code": product.last.code,
        "leather_dm2": product.leather_dm2,
        "sizes": product.sizes,
        "widths": product.widths,
        "rules": [_rule_document(rule) for rule in product.rules],
        "monogram_max_length": product.monogram.max_length if product.monogram else None,
        "monogram_surcharge": product.monogram.surcharge.minor if product.monogram else None,
        "media": [{"url": media.url, "alt": media.alt, "kind": media.kind} for media in product.media],
        "is_active": product.is_active,
        "created_at": product.created_at,
        "updated_at": product.updated_at,
        "version": 1,
        "material_categories": sorted({material.category for material in materials}),
        "color_families": sorted({color.family for color in colors}),
    }


def product_of(row: Row, options: Options) -> Product:
    """A product from its row; it shares the options with all others."""
    return Product(
        id=row["id"],
        product_id=row["product_id"],
        title=row["title"],
        description=row["description"],
        category=row["category"],
        brand=row["brand"],
        base_price=Money(row["base_price"]),
        hsn=row["hsn"],
        lead_time_days=row["lead_time_days"],
        last=options.lasts[row["last_code"]],
        leather_dm2=row["leather_dm2"],
        styles=tuple(options.styles[key] for key in row["styles"]),
        soles=tuple(options.soles[key] for key in row["soles"]),
        materials=tuple(options.materials[key] for key in row["materials"]),
        sizes=tuple(row["sizes"]),
        widths=tuple(row["widths"]),
        rules=tuple(_rule_of(rule) for rule in row["rules"]),
        monogram=_monogram_of(row),
        media=tuple(Media(media["url"], media["alt"], media["kind"]) for media in row["media"]),
        is_active=row["is_active"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        version=row["version"],
    )


def _monogram_of(row: Row) -> MonogramOffer | None:
    if row["monogram_max_length"] is None:
        return None
    return MonogramOffer(row["monogram_max_length"], Money(row["monogram_surcharge"]))


def _rule_document(rule: Rule) -> Document:
    return {
        "kind": rule.kind,
        "when": {"option": rule.when.option, "ext_id": rule.when.ext_id},
        "then": {"option": rule.then.option, "ext_id": rule.then.ext_id},
        "reason": rule.reason,
    }


def _rule_of(document: Document) -> Rule:
    return Rule(
        kind=RuleKind(document["kind"]),
        when=_ref_of(document["when"]),
        then=_ref_of(document["then"]),
        reason=document["reason"],
    )


def _ref_of(document: Document) -> OptionRef:
    return OptionRef(OptionKind(document["option"]), document["ext_id"])
