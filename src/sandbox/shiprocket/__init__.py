"""A local stand-in for Shiprocket's HTTP API: `python -m sandbox.shiprocket --help`.

`entities` is what one account holds, in a `ledger`; `rules` is what Shiprocket makes of
requests, `wire` how they are read and answered, `routes` where. `journeys` are the ways that
parcels go, and `traffic` lets them travel in seconds and tells the shop by webhook.

Source: Shiprocket's public API documentation (apidocs.shiprocket.in) and what public
integrations report; where neither gives a wording, it is ours.
"""
