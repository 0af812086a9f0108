"""The row of a product in a JSON catalogue file."""

from __future__ import annotations

from adapters.files.json_members import Members
from application.catalogue.rows import ProductRow, WrittenMedia, WrittenMonogram, WrittenOption, WrittenRule


def product_row(members: Members) -> ProductRow:
    """The product that an object describes, good only if the members have no complaints."""
    return ProductRow(
        line=members.line,
        product_id=members.text("productId"),
        title=members.text("title"),
        description=members.text("description", default=""),
        category=members.text("category"),
        brand=members.text("brand"),
        base_price=members.number("basePrice"),
        hsn=members.text("hsn"),
        last=members.text("last"),
        lead_time_days=members.number("leadTimeDays"),
        leather_dm2=members.number("leatherDm2"),
        monogram=_monogram(members.optional_part("monogram")),
        styles=members.texts("styles"),
        soles=members.texts("soles"),
        materials=members.texts("materials"),
        sizes=members.texts("sizes"),
        widths=members.texts("widths"),
        rules=tuple(_rule(rule) for rule in members.parts("rules")),
        media=tuple(_media(media) for media in members.parts("media")),
        is_active=members.flag("isActive", default=True),
    )


def _monogram(members: Members | None) -> WrittenMonogram | None:
    if members is None:
        return None
    return WrittenMonogram(max_length=members.number("maxLength"), surcharge=members.number("surcharge"))


def _rule(members: Members) -> WrittenRule:
    return WrittenRule(
        kind=members.text("kind"),
        when=_option(members.part("when")),
        then=_option(members.part("then")),
        reason=members.text("reason"),
    )


def _option(members: Members) -> WrittenOption:
    return WrittenOption(option=members.text("option"), ext_id=members.text("extId"))


def _media(members: Members) -> WrittenMedia:
    return WrittenMedia(url=members.text("url"), alt=members.text("alt"), kind=members.text("kind", default="image"))
