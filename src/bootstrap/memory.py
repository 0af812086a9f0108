"""The shop without any server: for features, demonstrations and as an example of other ports."""

from __future__ import annotations

from datetime import datetime, timedelta

from dependency_injector import containers, providers

from adapters.memory.shop import MemoryShop
from domain.money import Money
from domain.ordering.policy import SalesPolicy
from domain.tax.states import GstState

DEFAULT_POLICY = SalesPolicy(seller=GstState.parse("Karnataka"), hold=timedelta(minutes=30), cod_limit=Money(2_500_000))


class MemoryAdapters(containers.DeclarativeContainer):
    """The same names as `bootstrap.adapters.Adapters`, all in this process."""

    now = providers.Dependency(instance_of=datetime)
    shop = providers.Singleton(MemoryShop, now)
    sales_policy = providers.Object(DEFAULT_POLICY)

    begin = shop.provided.begin
    clock = shop.provided.clock
    ids = shop.provided.ids
    order_numbers = shop.provided.order_numbers
    products = shop.provided.products
    catalogue_views = shop.provided.catalogue_views
    design_views = shop.provided.design_views
    order_views = shop.provided.order_views
    stock_views = shop.provided.stock_views
    carts = shop.provided.carts
    cache = shop.provided.cache
    pin_directory = shop.provided.pin_directory
    shipping_rates = shop.provided.shipping_rates
    payment_gateway = shop.provided.payment_gateway
