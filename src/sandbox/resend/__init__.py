"""A local stand-in for Resend's HTTP API: `python -m sandbox.resend --help`.

`mailroom` holds the rules, `requests` reads what is sent, `entities` is what is answered,
`events` is what becomes of a mail and is told by webhook, `outbox` shows the mails to people,
`control` is what is not Resend's, and `app` is the HTTP skin. Sources: resend.com/docs
(api-reference, errors, idempotency keys, webhooks) and resend/resend-openapi; where they give
no wording for a refusal, it is ours.

No mail leaves it. It plays one team with a verified domain; attachments, scheduling, templates
and topics are not played: their fields are refused, never ignored. As it does one thing after
the other, `concurrent_idempotent_requests` comes only as a fault that was ordered.
"""
