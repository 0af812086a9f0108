"""The parts list of the shop: which adapter stands behind which port in production.

Synchronous singletons only, so that resolving costs next to nothing and a test replaces
a part with `.override()`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
from dependency_injector import containers, providers

from adapters.cache.cache import RedisCache
from adapters.cache.carts import RedisCarts
from adapters.cache.connection import CACHE_PATIENCE, CART_PATIENCE, open_redis
from adapters.carts.by_owner import CartsByOwner
from adapters.db.carts import SqlCarts
from adapters.db.catalogue_views import SqlCatalogueViews
from adapters.db.design_views import SqlDesignViews
from adapters.db.engine import Database
from adapters.db.order_numbers import SqlOrderNumbers
from adapters.db.order_views import SqlOrderViews
from adapters.db.products import SqlProducts
from adapters.db.stock_views import SqlStockViews
from adapters.payments.razorpay import RazorpayAccount, RazorpayGateway
from adapters.pincodes.indian_pincode import IndianPincodeDirectory
from adapters.shipping.rate_table import RateTableShipping
from adapters.system.clock import SystemClock
from adapters.system.ids import SystemIds
from bootstrap.settings import Settings


def _account(settings: Settings) -> RazorpayAccount:
    account = RazorpayAccount(settings.razorpay_key_id, settings.razorpay_key_secret)
    if not settings.razorpay_url:
        return account
    sandbox = settings.razorpay_url if settings.uses_sandbox else None
    return RazorpayAccount(account.key_id, account.key_secret, settings.razorpay_url, sandbox)


class Adapters(containers.DeclarativeContainer):
    """What the ports are made of. Each is one object in a process."""

    settings = providers.Dependency(instance_of=Settings)

    database = providers.Singleton(Database, settings.provided.database_url, pool_size=settings.provided.database_pool)
    redis = providers.Singleton(open_redis, settings.provided.redis_url, CART_PATIENCE)
    cache_redis = providers.Singleton(open_redis, settings.provided.redis_url, CACHE_PATIENCE)
    http_client = providers.Singleton(httpx.AsyncClient)

    clock = providers.Singleton(SystemClock)
    ids = providers.Singleton(SystemIds)
    begin = database.provided.begin
    order_numbers = providers.Singleton(SqlOrderNumbers, database)
    products = providers.Singleton(SqlProducts, database)
    catalogue_views = providers.Singleton(SqlCatalogueViews, database)
    design_views = providers.Singleton(SqlDesignViews, database)
    order_views = providers.Singleton(SqlOrderViews, database)
    stock_views = providers.Singleton(SqlStockViews, database)
    carts = providers.Singleton(
        CartsByOwner, guests=providers.Singleton(RedisCarts, redis), customers=providers.Singleton(SqlCarts, database)
    )
    cache = providers.Singleton(RedisCache, cache_redis)
    pin_directory = providers.Singleton(IndianPincodeDirectory)
    sales_policy = settings.provided.sales_policy
    shipping_rates = providers.Singleton(
        RateTableShipping,
        seller_pincode=settings.provided.seller_pincode,
        seller_state=settings.provided.seller_state,
    )
    payment_gateway = providers.Singleton(RazorpayGateway, http_client, providers.Callable(_account, settings))


@asynccontextmanager
async def opened(adapters: Adapters) -> AsyncIterator[Adapters]:
    """The adapters of a running process; what they hold open is closed at the end."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(adapters.database().close)
        stack.push_async_callback(adapters.redis().aclose)
        stack.push_async_callback(adapters.cache_redis().aclose)
        stack.push_async_callback(adapters.http_client().aclose)
        yield adapters
