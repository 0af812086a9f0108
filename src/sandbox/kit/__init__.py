"""What all sandboxes share: faults to order, webhooks that misbehave to order, a journal, a page and a server.

A sandbox puts `Faults` around the routes of its third party, never around `_control`:

    faults, webhooks = Faults(), WebhookSender(url, sign=…, signature_header="x-signature")
    control = Router("/_control", route_handlers=[…, faults.routes(), webhooks.routes()])
    third_party = Router("/v1", middleware=[faults.middleware()], route_handlers=[…])
    Litestar([control, third_party], lifespan=[webhooks.running], …)
"""
