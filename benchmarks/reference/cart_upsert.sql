-- Put a design into a cart: a new line, or one more of a line that is there. Commits by itself, durably.
\set cart random(1, 20000)
\set design random(1, 20)
INSERT INTO cart_item (cart_id, design_code, quantity, unit_price, choice)
VALUES (
    :cart, 'DESIGN' || :design, 1, 1299900,
    '{"style": "STYLE-1", "sole": "SOLE-1", "color": "COLOUR-1", "size": "EU 42.5", "width": "F", "monogram": null}'
)
ON CONFLICT (cart_id, design_code) DO UPDATE SET quantity = least(cart_item.quantity + 1, 10);
