"""A local stand-in for Razorpay's HTTP API: `python -m sandbox.razorpay --help`.

`ledger` holds the rules and `books` the entities, `requests` reads what is sent, `entities`
is what is answered and `events` what is told by webhook; `app` is the HTTP skin and `control`
what the world does. Sources: razorpay.com/docs/api (orders, payments, refunds, errors) and
docs/webhooks; where they give no wording for a refusal, it is ours.

It plays one account in test mode, in INR. Partial payments, offers, cards and settlements are
not played: their fields are refused, never ignored.
"""
