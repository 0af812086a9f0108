"""Lasts, options and products."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR

from adapters.db.tables.metadata import METADATA, identity, matches, moment, not_negative, one_of, paise, text, version
from domain.catalogue.options import EXT_ID, ColorFamily, MaterialCategory
from domain.catalogue.product import CATEGORY, HSN, MAX_PRICE, SLUG

last: Final = Table(
    "last",
    METADATA,
    Column("code", Text, primary_key=True),
    text("name"),
    Column("widths", ARRAY(Text), nullable=False),
    # [{"eu", "uk", "us", "india"}], smallest first: read and written as a whole.
    Column("sizes", JSONB, nullable=False),
    CheckConstraint("cardinality(widths) > 0", name="widths_some"),
    CheckConstraint("jsonb_array_length(sizes) > 0", name="sizes_some"),
)


def _option(*columns: Any) -> list[Any]:  # Any: columns and constraints, as Table(...) takes them
    return [
        identity(),
        text("ext_id"),
        text("name"),
        paise("surcharge"),
        Column("is_active", Boolean, nullable=False),
        *columns,
        UniqueConstraint("ext_id"),
        matches("ext_id", EXT_ID.pattern),
        CheckConstraint("length(name) BETWEEN 1 AND 80", name="name_length"),
        *not_negative(["surcharge"]),
    ]


style: Final = Table("style", METADATA, *_option())
sole: Final = Table("sole", METADATA, *_option())
material: Final = Table("material", METADATA, *_option(text("category"), one_of("category", MaterialCategory)))
material_color: Final = Table(
    "material_color",
    METADATA,
    *_option(
        Column("material_id", ForeignKey("material.id", ondelete="CASCADE"), nullable=False, index=True),
        Column("position", SmallInteger, nullable=False),
        text("hex_code"),
        text("family"),
        matches("hex_code", "#[0-9A-Fa-f]{6}"),
        one_of("family", ColorFamily),
    ),
)

# Punctuation parts words: the text search's own parser would keep "42.5" and "black/brown" whole.
# It takes everything beyond ASCII for letters, so the punctuation of good typography is listed too.
_PUNCTUATION: Final = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~‘’‚“”„«»–—…·•´₹\u00a0"  # noqa: RUF001  # as said
_SPACES: Final = " " * len(_PUNCTUATION)
_QUOTED: Final = _PUNCTUATION.replace("'", "''")
_SEARCHED: Final = "title || ' ' || category || ' ' || brand || ' ' || description"

product: Final = Table(
    "product",
    METADATA,
    identity(),
    text("product_id"),
    # By code point, whatever the database's own order is: cursors compare titles.
    Column("title", Text(collation="C"), nullable=False),
    text("description"),
    text("category"),
    text("brand"),
    paise("base_price"),
    text("hsn"),
    Column("lead_time_days", Integer, nullable=False),
    Column("last_code", ForeignKey("last.code"), nullable=False, index=True),
    Column("leather_dm2", Integer, nullable=False),
    Column("sizes", ARRAY(Text), nullable=False),
    Column("widths", ARRAY(Text), nullable=False),
    # [{"kind", "when": {"option", "ext_id"}, "then": …, "reason"}]
    Column("rules", JSONB, nullable=False),
    Column("monogram_max_length", SmallInteger),
    Column("monogram_surcharge", BigInteger),
    # [{"url", "alt", "kind"}]
    Column("media", JSONB, nullable=False),
    Column("is_active", Boolean, nullable=False),
    moment("created_at"),
    moment("updated_at"),
    version(),
    # What shoppers filter and count by, derived from the active options whenever the
    # catalogue changes: counting through the join tables takes several times as long.
    Column("material_categories", ARRAY(Text), nullable=False, server_default="{}"),
    Column("color_families", ARRAY(Text), nullable=False, server_default="{}"),
    Column(
        "search",
        TSVECTOR,
        Computed(f"to_tsvector('simple', translate({_SEARCHED}, '{_QUOTED}', '{_SPACES}'))", persisted=True),
        nullable=False,
    ),
    UniqueConstraint("product_id"),
    matches("product_id", SLUG.pattern),
    matches("category", CATEGORY.pattern),
    matches("hsn", HSN.pattern),
    CheckConstraint("length(title) BETWEEN 1 AND 200", name="title_length"),
    CheckConstraint("length(description) <= 2000", name="description_length"),
    CheckConstraint(f"base_price BETWEEN 1 AND {MAX_PRICE.minor}", name="base_price_in_range"),
    CheckConstraint("lead_time_days BETWEEN 1 AND 365", name="lead_time_days_in_range"),
    CheckConstraint("leather_dm2 >= 1", name="leather_dm2_positive"),
    CheckConstraint("cardinality(sizes) > 0", name="sizes_some"),
    CheckConstraint("cardinality(widths) > 0", name="widths_some"),
    CheckConstraint("(monogram_max_length IS NULL) = (monogram_surcharge IS NULL)", name="monogram_whole"),
    CheckConstraint("monogram_max_length BETWEEN 1 AND 10", name="monogram_max_length_in_range"),
    *not_negative(["monogram_surcharge"]),
)
# The orders in which lists are read; the id makes each of them total.
Index(
    "ix_product_created_at_id", product.c.created_at.desc(), product.c.id.desc(), postgresql_where=product.c.is_active
)
Index("ix_product_base_price_id", product.c.base_price, product.c.id, postgresql_where=product.c.is_active)
Index("ix_product_title_id", product.c.title, product.c.id, postgresql_where=product.c.is_active)
Index("ix_product_search", product.c.search, postgresql_using="gin")


def _choices(option: str) -> Table:
    return Table(
        f"product_{option}",
        METADATA,
        Column("product_id", ForeignKey("product.id", ondelete="CASCADE"), primary_key=True),
        Column(f"{option}_id", ForeignKey(f"{option}.id"), primary_key=True, index=True),
        Column("position", SmallInteger, nullable=False),
    )


product_style: Final = _choices("style")
product_sole: Final = _choices("sole")
product_material: Final = _choices("material")

catalogue_revision: Final = Table(
    "catalogue_revision",
    METADATA,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
    CheckConstraint("id = 1", name="single_row"),
)
