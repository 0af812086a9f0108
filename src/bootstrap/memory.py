"""The shop without any server: for features, demonstrations and as an example of other ports."""

from __future__ import annotations

from datetime import datetime, timedelta

from dependency_injector import containers, providers

from adapters.memory.shop import MemoryShop
from adapters.shipping.manual import ManualCarrier
from application.events.retry_policy import RetryPolicy
from application.fulfilment.carriers import Carriers
from bootstrap.third_parties import COURIER_TERMS
from domain.money import Money
from domain.ordering.policy import SalesPolicy
from domain.tax.states import GstState

DEFAULT_POLICY = SalesPolicy(seller=GstState.parse("Karnataka"), hold=timedelta(minutes=30), cod_limit=Money(2_500_000))


class MemoryAdapters(containers.DeclarativeContainer):
    """The same names as `bootstrap.adapters.Adapters`, all in this process."""

    now = providers.Dependency(instance_of=datetime)
    shop = providers.Singleton(MemoryShop, now)
    sales_policy = providers.Object(DEFAULT_POLICY)
    retry_policy = providers.Singleton(RetryPolicy)
    payment_patience = providers.Object(timedelta(minutes=15))
    courier_terms = providers.Object(COURIER_TERMS)
    operator_email = providers.Object("workshop@italianshoes.example")

    begin = shop.provided.begin
    clock = shop.provided.clock
    ids = shop.provided.ids
    order_numbers = shop.provided.order_numbers
    products = shop.provided.products
    catalogue_views = shop.provided.catalogue_views
    design_views = shop.provided.design_views
    order_views = shop.provided.order_views
    stock_views = shop.provided.stock_views
    production_views = shop.provided.production_views
    payment_views = shop.provided.payment_views
    shipment_views = shop.provided.shipment_views
    deliveries = shop.provided.deliveries
    leftovers = shop.provided.leftovers
    event_views = shop.provided.event_views
    operator_task_views = shop.provided.operator_task_views
    carts = shop.provided.carts
    cache = shop.provided.cache
    pin_directory = shop.provided.pin_directory
    shipping_rates = shop.provided.shipping_rates
    payment_gateway = shop.provided.payment_gateway
    payment_notices = providers.Dict(payments=shop.provided.payment_notices)
    carriers = providers.Singleton(
        Carriers,
        default="memory",
        by_name=providers.Dict(memory=shop.provided.carrier, manual=providers.Singleton(ManualCarrier)),
    )
    carrier_notices = providers.Dict(courier=shop.provided.carrier_notices)
    mailer = shop.provided.mailer
    mail_notices = providers.Dict(mail=shop.provided.mail_notices)
    letters = shop.provided.letters
    webhook_sources = providers.Dict(
        payments=shop.provided.payment_notices,
        courier=shop.provided.carrier_notices,
        mail=shop.provided.mail_notices,
    )
    analytics = shop.provided.analytics
    task_queue = shop.provided.task_queue
    bell = shop.provided.bell
