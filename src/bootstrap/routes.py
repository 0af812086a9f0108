"""From the container to what the HTTP adapter asks for."""

from __future__ import annotations

from adapters.http.use_cases import UseCases
from bootstrap.backoffice import BackOffice
from bootstrap.container import Shop


def use_cases(shop: Shop) -> UseCases:
    """The providers of a shop's use cases and views, by the names that the routes use."""
    back = BackOffice(ports=shop.ports)
    return UseCases(
        catalogue=shop.ports.catalogue_views,
        quote_design=shop.quote_design,
        save_design=shop.save_design,
        get_design=shop.get_design,
        get_cart=shop.get_cart,
        add_to_cart=shop.add_to_cart,
        change_cart_item=shop.change_cart_item,
        remove_cart_item=shop.remove_cart_item,
        clear_cart=shop.clear_cart,
        quote_checkout=shop.quote_checkout,
        place_order=shop.place_order,
        get_order=shop.get_order,
        get_timeline=shop.get_timeline,
        cancel_order=shop.cancel_order,
        start_payment=shop.start_payment,
        confirm_payment=shop.confirm_payment,
        track_order=back.track_order,
        start_return=back.start_return,
        receive_webhook=back.receive_webhook,
        list_events=back.list_events,
        show_event=back.show_event,
        replay_event=back.replay_event,
        list_deliveries=back.list_deliveries,
        show_backlog=back.show_backlog,
        list_tasks=back.list_tasks,
        finish_task=back.finish_task,
        list_orders=back.list_orders,
        plan_production=back.plan_production,
        show_order=back.show_order,
        start_production=back.start_production,
        mark_ready=back.mark_ready,
        cancel_for_buyer=back.cancel_for_buyer,
        request_refund=back.request_refund,
        list_shipments=back.list_shipments,
        book_shipment=back.book_shipment,
        enter_awb=back.enter_awb,
        cancel_shipment=back.cancel_shipment,
        report_parcel=back.report_parcel,
        answer_failed_delivery=back.answer_failed_delivery,
    )
