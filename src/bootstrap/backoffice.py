"""The parts list of what customers never see, on the same ports as the shop."""

from __future__ import annotations

from dependency_injector import containers, providers

from application.events.list_deliveries import ListDeliveries
from application.events.list_events import ListEvents
from application.events.replay_event import ReplayEvent
from application.events.show_backlog import ShowBacklog
from application.events.show_event import ShowEvent
from application.operations.finish_task import FinishTask
from application.operations.list_tasks import ListTasks
from application.webhooks.receive_webhook import ReceiveWebhook


class BackOffice(containers.DeclarativeContainer):
    """The use cases of staff, and of third parties that call. Each is one stateless object in a process."""

    ports = providers.DependenciesContainer()

    receive_webhook = providers.Singleton(
        ReceiveWebhook, sources=ports.webhook_sources, begin=ports.begin, ids=ports.ids
    )
    list_events = providers.Singleton(ListEvents, views=ports.event_views)
    show_event = providers.Singleton(ShowEvent, views=ports.event_views)
    replay_event = providers.Singleton(ReplayEvent, begin=ports.begin, show=show_event, clock=ports.clock)
    list_deliveries = providers.Singleton(ListDeliveries, views=ports.event_views)
    show_backlog = providers.Singleton(ShowBacklog, views=ports.event_views)
    list_tasks = providers.Singleton(ListTasks, views=ports.operator_task_views)
    finish_task = providers.Singleton(FinishTask, begin=ports.begin, clock=ports.clock)
