"""The parts list of the core: which ports each use case is given.

`Shop(ports=...)` takes any container that names the ports as `bootstrap.adapters.Adapters`
does: the real one, `bootstrap.memory.MemoryAdapters`, or an embedding developer's own.
"""

from __future__ import annotations

from dependency_injector import containers, providers

from application.cart.add_to_cart import AddToCart
from application.cart.change_cart import CartChanger
from application.cart.change_item import ChangeCartItem
from application.cart.clear_cart import ClearCart
from application.cart.close_cart import CartCloser
from application.cart.get_cart import GetCart
from application.cart.remove_item import RemoveCartItem
from application.cart.view import CartReader
from application.catalogue.import_catalogue import ImportCatalogue
from application.checkout.price_checkout import CheckoutPricing
from application.checkout.quote_checkout import QuoteCheckout
from application.designs.find_design import DesignFinder
from application.designs.get_design import GetDesign
from application.designs.quote_design import QuoteDesign
from application.designs.save_design import SaveDesign
from application.orders.cancel_order import CancelOrder
from application.orders.draft_order import DraftingDesk
from application.orders.expire_unpaid_orders import ExpireUnpaidOrders
from application.orders.get_order import GetOrder
from application.orders.get_timeline import GetTimeline
from application.orders.place_order import PlaceOrder
from application.payments.confirm_payment import ConfirmPayment
from application.payments.settle_payment import PaymentSettler
from application.payments.start_payment import StartPayment


class Shop(containers.DeclarativeContainer):
    """The use cases. Each is one stateless object in a process."""

    ports = providers.DependenciesContainer()

    design_finder = providers.Singleton(DesignFinder, products=ports.products, saved=ports.design_views)
    quote_design = providers.Singleton(
        QuoteDesign,
        designs=design_finder,
        stock=ports.stock_views,
        pins=ports.pin_directory,
        policy=ports.sales_policy,
        clock=ports.clock,
    )
    save_design = providers.Singleton(SaveDesign, designs=design_finder, begin=ports.begin, clock=ports.clock)
    get_design = providers.Singleton(GetDesign, designs=ports.design_views)

    cart_reader = providers.Singleton(CartReader, products=ports.products, stock=ports.stock_views)
    cart_changer = providers.Singleton(
        CartChanger, carts=ports.carts, reader=cart_reader, clock=ports.clock, ids=ports.ids
    )
    cart_closer = providers.Singleton(CartCloser, carts=ports.carts, clock=ports.clock, ids=ports.ids)
    get_cart = providers.Singleton(GetCart, carts=ports.carts, reader=cart_reader)
    add_to_cart = providers.Singleton(AddToCart, designs=design_finder, changer=cart_changer)
    change_cart_item = providers.Singleton(
        ChangeCartItem, carts=ports.carts, products=ports.products, changer=cart_changer
    )
    remove_cart_item = providers.Singleton(RemoveCartItem, changer=cart_changer)
    clear_cart = providers.Singleton(ClearCart, changer=cart_changer)

    checkout_pricing = providers.Singleton(
        CheckoutPricing, products=ports.products, rates=ports.shipping_rates, policy=ports.sales_policy
    )
    quote_checkout = providers.Singleton(
        QuoteCheckout,
        carts=ports.carts,
        pricing=checkout_pricing,
        stock=ports.stock_views,
        pins=ports.pin_directory,
        clock=ports.clock,
    )

    drafting_desk = providers.Singleton(
        DraftingDesk,
        pricing=checkout_pricing,
        pins=ports.pin_directory,
        policy=ports.sales_policy,
        ids=ports.ids,
        numbers=ports.order_numbers,
    )
    place_order = providers.Singleton(
        PlaceOrder,
        carts=ports.carts,
        desk=drafting_desk,
        begin=ports.begin,
        closer=cart_closer,
        views=ports.order_views,
        clock=ports.clock,
    )
    get_order = providers.Singleton(GetOrder, views=ports.order_views)
    get_timeline = providers.Singleton(GetTimeline, views=ports.order_views)
    cancel_order = providers.Singleton(CancelOrder, begin=ports.begin, find=get_order, clock=ports.clock)
    expire_unpaid_orders = providers.Singleton(
        ExpireUnpaidOrders, begin=ports.begin, views=ports.order_views, clock=ports.clock
    )

    start_payment = providers.Singleton(
        StartPayment,
        begin=ports.begin,
        find=get_order,
        gateway=ports.payment_gateway,
        clock=ports.clock,
        ids=ports.ids,
        patience=ports.payment_patience,
    )
    payment_settler = providers.Singleton(PaymentSettler, clock=ports.clock, ids=ports.ids)
    confirm_payment = providers.Singleton(
        ConfirmPayment, begin=ports.begin, find=get_order, gateway=ports.payment_gateway, settler=payment_settler
    )

    import_catalogue = providers.Singleton(
        ImportCatalogue,
        begin=ports.begin,
        products=ports.products,
        stock=ports.stock_views,
        clock=ports.clock,
        ids=ports.ids,
    )
