"""Things of the shop to test with: `an_order().of_guest(token).paid().build()`.

Every builder is an immutable value: each step gives another one, `build()` the thing
itself. What isn't said is ordinary, valid and, where identities matter, nobody else's.
"""

from tests.builders.carts import a_cart
from tests.builders.catalogue import a_color, a_last, a_material, a_product, a_sole, a_style
from tests.builders.customers import an_address
from tests.builders.designs import a_design
from tests.builders.identities import fresh_id, id_of
from tests.builders.inventory import a_hold, a_stock_item, a_week, catalogue_of, shelves_for, weeks_from
from tests.builders.moments import NOW, THIS_WEEK
from tests.builders.orders import HOLD, SELLER, a_waybill, an_order
from tests.builders.payments import a_payment
from tests.builders.shipments import a_shipment, news

__all__ = [
    "HOLD",
    "NOW",
    "SELLER",
    "THIS_WEEK",
    "a_cart",
    "a_color",
    "a_design",
    "a_hold",
    "a_last",
    "a_material",
    "a_payment",
    "a_product",
    "a_shipment",
    "a_sole",
    "a_stock_item",
    "a_style",
    "a_waybill",
    "a_week",
    "an_address",
    "an_order",
    "catalogue_of",
    "fresh_id",
    "id_of",
    "news",
    "shelves_for",
    "weeks_from",
]
