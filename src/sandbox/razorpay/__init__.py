"""A local stand-in for Razorpay's HTTP API: `python -m sandbox.razorpay --help`.

`ledger` holds the rules, `requests` reads what is sent, `entities` is what is answered and
`app` is the HTTP skin. Sources: razorpay.com/docs/api
(orders, payments, refunds, errors); where they give no wording for a refusal, it is ours.

It plays one account in test mode that captures automatically, in INR. Partial payments,
offers, cards and settlements are not played: their fields are refused, never ignored.
"""
