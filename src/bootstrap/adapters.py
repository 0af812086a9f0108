"""The parts list of the shop: which adapter stands behind which port in production.

Synchronous singletons only, so that resolving costs next to nothing and a test replaces
a part with `.override()`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from dependency_injector import containers, providers

from adapters.analytics.log import LogAnalytics
from adapters.cache.bell import RedisBell
from adapters.cache.cache import RedisCache
from adapters.cache.carts import RedisCarts
from adapters.cache.connection import CACHE_PATIENCE, CART_PATIENCE, open_redis
from adapters.cache.token_store import RedisTokenStore
from adapters.carts.by_owner import CartsByOwner
from adapters.db.carts import SqlCarts
from adapters.db.catalogue_views import SqlCatalogueViews
from adapters.db.deliveries import SqlDeliveries
from adapters.db.design_views import SqlDesignViews
from adapters.db.engine import Database
from adapters.db.event_views import SqlEventViews
from adapters.db.leftovers import SqlLeftovers
from adapters.db.operator_task_views import SqlOperatorTaskViews
from adapters.db.order_numbers import SqlOrderNumbers
from adapters.db.order_views import SqlOrderViews
from adapters.db.payment_views import SqlPaymentViews
from adapters.db.production_views import SqlProductionViews
from adapters.db.products import SqlProducts
from adapters.db.shipment_views import SqlShipmentViews
from adapters.db.stock_views import SqlStockViews
from adapters.mail.letters import JinjaLetters
from adapters.mail.resend_notices import ResendNotices
from adapters.payments.razorpay import RazorpayGateway
from adapters.pincodes.indian_pincode import IndianPincodeDirectory
from adapters.shipping.shiprocket.client import shiprocket_client
from adapters.shipping.shiprocket.notices import ShiprocketNotices
from adapters.system.clock import SystemClock
from adapters.system.ids import SystemIds
from adapters.worker.app import make_app
from adapters.worker.queue import CeleryTaskQueue
from bootstrap.settings import Settings
from bootstrap.third_parties import (
    COURIER_TERMS,
    carriers,
    http_client,
    mailer,
    razorpay_account,
    razorpay_notices,
    shipping_rates,
    shiprocket_account,
)


class Adapters(containers.DeclarativeContainer):
    """What the ports are made of. Each is one object in a process."""

    settings = providers.Dependency(instance_of=Settings)

    redis = providers.Singleton(open_redis, settings.provided.redis_url, CART_PATIENCE)
    cache_redis = providers.Singleton(open_redis, settings.provided.redis_url, CACHE_PATIENCE)
    bell = providers.Singleton(RedisBell, cache_redis)
    database = providers.Singleton(
        Database,
        settings.provided.database_url,
        pool_size=settings.provided.database_pool,
        on_news=bell.provided.ring,
    )
    http_client = providers.Singleton(http_client)

    clock = providers.Singleton(SystemClock)
    ids = providers.Singleton(SystemIds)
    begin = database.provided.begin
    order_numbers = providers.Singleton(SqlOrderNumbers, database)
    products = providers.Singleton(SqlProducts, database)
    catalogue_views = providers.Singleton(SqlCatalogueViews, database)
    design_views = providers.Singleton(SqlDesignViews, database)
    order_views = providers.Singleton(SqlOrderViews, database)
    stock_views = providers.Singleton(SqlStockViews, database)
    production_views = providers.Singleton(SqlProductionViews, database)
    payment_views = providers.Singleton(SqlPaymentViews, database)
    shipment_views = providers.Singleton(SqlShipmentViews, database)
    deliveries = providers.Singleton(SqlDeliveries, database)
    leftovers = providers.Singleton(SqlLeftovers, database)
    event_views = providers.Singleton(SqlEventViews, database)
    operator_task_views = providers.Singleton(SqlOperatorTaskViews, database)
    carts = providers.Singleton(
        CartsByOwner, guests=providers.Singleton(RedisCarts, redis), customers=providers.Singleton(SqlCarts, database)
    )
    cache = providers.Singleton(RedisCache, cache_redis)
    token_store = providers.Singleton(RedisTokenStore, cache_redis)
    task_queue = providers.Singleton(CeleryTaskQueue, providers.Singleton(make_app, settings.provided.task_broker_url))
    pin_directory = providers.Singleton(IndianPincodeDirectory)

    sales_policy = settings.provided.sales_policy
    retry_policy = settings.provided.retry_policy
    payment_patience = settings.provided.payment_patience
    courier_terms = providers.Object(COURIER_TERMS)
    operator_email = settings.provided.operator_email

    payment_gateway = providers.Singleton(RazorpayGateway, http_client, providers.Callable(razorpay_account, settings))
    payment_notices = providers.Dict(payments=providers.Singleton(razorpay_notices, settings))
    shiprocket_account = providers.Singleton(shiprocket_account, settings)
    shiprocket_client = providers.Singleton(shiprocket_client, http_client, shiprocket_account, token_store)
    carriers = providers.Singleton(carriers, settings, shiprocket_client, shiprocket_account)
    carrier_notices = providers.Dict(
        courier=providers.Singleton(ShiprocketNotices, settings.provided.courier_webhook_key)
    )
    shipping_rates = providers.Singleton(shipping_rates, settings, shiprocket_client, cache)
    mailer = providers.Singleton(mailer, settings, http_client)
    mail_notices = providers.Dict(mail=providers.Singleton(ResendNotices, settings.provided.resend_webhook_secret))
    webhook_sources = providers.Dict(
        payments=payment_notices.kwargs["payments"],
        courier=carrier_notices.kwargs["courier"],
        mail=mail_notices.kwargs["mail"],
    )
    letters = providers.Singleton(
        JinjaLetters,
        shop_name="Italian Shoes",
        shop_url=settings.provided.shop_url,
        support=settings.provided.operator_email,
    )
    analytics = providers.Singleton(LogAnalytics)


@asynccontextmanager
async def opened(adapters: Adapters) -> AsyncIterator[Adapters]:
    """The adapters of a running process; what they hold open is closed at the end."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(adapters.database().close)
        stack.push_async_callback(adapters.redis().aclose)
        stack.push_async_callback(adapters.cache_redis().aclose)
        stack.push_async_callback(adapters.bell().aclose)
        stack.push_async_callback(adapters.http_client().aclose)
        yield adapters
