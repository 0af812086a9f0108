-- Place an order: every statement is a round trip, the commit is durable.
-- Keys are spread over many stock rows and weeks, so that the limit is the server's work and not a queue at one row.
\set cart random(1, 20000)
\set box random(1, 200)
\set leather random(1, 200)
\set sole random(1, 200)
\set week random(0, 51)
BEGIN;
INSERT INTO idempotency_key (scope, key, fingerprint)
VALUES ('orders.place:' || :cart, gen_random_uuid()::text, md5('body')) ON CONFLICT DO NOTHING;
SELECT cart.id, cart.version, design_code, quantity, unit_price, choice
FROM cart JOIN cart_item ON cart_id = cart.id
WHERE cart.id = :cart
LIMIT 2;
UPDATE stock SET reserved = reserved + 1 WHERE sku = 'box:' || :box AND on_hand - reserved >= 1;
UPDATE stock SET reserved = reserved + 24 WHERE sku = 'leather:' || :leather AND on_hand - reserved >= 24;
UPDATE stock SET reserved = reserved + 1 WHERE sku = 'sole:' || :sole AND on_hand - reserved >= 1;
UPDATE capacity SET booked = booked + 2
WHERE week = date '2026-01-05' + 7 * (:week)::integer AND capacity - booked >= 2;
INSERT INTO customer_order (
    id, ext_id, cart_id, status, payment_status, email, subtotal, shipping_fee, tax_total, total, shipping_address,
    promised_week
)
VALUES (
    uuidv7(), 'IS-2026-' || nextval('order_number'), :cart, 'PENDING', 'PENDING', 'anna@example.com', 2599800, 0,
    396580, 2599800,
    '{"name": "Anna Rao", "line1": "12 MG Road", "city": "Bengaluru", "state": "29", "pincode": "560001"}',
    date '2026-01-05' + 7 * (:week)::integer
)
RETURNING id AS order_id \gset
INSERT INTO order_item (id, order_id, design_code, title, quantity, unit_price, line_total, choice)
VALUES (
    uuidv7(), (:order_id)::uuid, 'DESIGN1', 'Oxford Roma', 1, 1299900, 1299900,
    '{"style": "STYLE-1", "sole": "SOLE-1", "color": "COLOUR-1", "size": "EU 42.5", "width": "F", "monogram": null}'
);
INSERT INTO order_item (id, order_id, design_code, title, quantity, unit_price, line_total, choice)
VALUES (
    uuidv7(), (:order_id)::uuid, 'DESIGN2', 'Derby Milano', 1, 1299900, 1299900,
    '{"style": "STYLE-2", "sole": "SOLE-2", "color": "COLOUR-2", "size": "EU 42.5", "width": "F", "monogram": null}'
);
INSERT INTO outbox (id, name, payload)
VALUES (
    uuidv7(), 'order.placed',
    '{"order": "placed", "total": 2599800, "lines": [{"design": "DESIGN1", "quantity": 1}, {"design": "DESIGN2", "quantity": 1}]}'
);
UPDATE cart SET closed_at = now(), version = version + 1, updated_at = now() WHERE id = :cart;
COMMIT;
