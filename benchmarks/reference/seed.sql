-- 200 products with 8 styles, 6 soles and 6 materials of 5 colours each; stock and weeks that never run out;
-- 20,000 carts of 2 items.

INSERT INTO product
SELECT n, 'model-' || n, 'Model ' || n, repeat('Made by hand in the workshop. ', 8),
    (ARRAY['OXFORD', 'DERBY', 'LOAFER', 'MONK', 'BOOT', 'SNEAKER'])[1 + n % 6], 'Workshop', 900000 + n * 1000,
    '/media/model-' || n || '.jpg', 21, true, timestamptz '2026-01-01' + n * interval '1 hour', timestamptz '2026-02-01'
FROM generate_series(1, 200) AS n;

INSERT INTO style SELECT n, 'STYLE-' || n, 'Style ' || n, n * 10000 FROM generate_series(1, 16) AS n;
INSERT INTO sole SELECT n, 'SOLE-' || n, 'Sole ' || n, n * 10000 FROM generate_series(1, 12) AS n;
INSERT INTO material SELECT n, 'MATERIAL-' || n, 'Material ' || n, 'LEATHER', n * 10000 FROM generate_series(1, 12) AS n;
INSERT INTO color
SELECT n, 1 + (n - 1) / 5, 'Colour ' || n, '#8B4513', 'BROWN' FROM generate_series(1, 60) AS n;

INSERT INTO product_style SELECT p, 1 + (p + n) % 16 FROM generate_series(1, 200) AS p, generate_series(1, 8) AS n;
INSERT INTO product_sole SELECT p, 1 + (p + n) % 12 FROM generate_series(1, 200) AS p, generate_series(1, 6) AS n;
INSERT INTO product_material SELECT p, 1 + (p + n) % 12 FROM generate_series(1, 200) AS p, generate_series(1, 6) AS n;

INSERT INTO stock
SELECT kind || ':' || n, 1000000000000
FROM generate_series(1, 200) AS n, unnest(ARRAY['box', 'leather', 'sole']) AS kind;
INSERT INTO capacity SELECT date '2026-01-05' + 7 * n, 1000000000 FROM generate_series(0, 51) AS n;

INSERT INTO cart SELECT n, md5('cart ' || n) || md5('token ' || n) FROM generate_series(1, 20000) AS n;
INSERT INTO cart_item
SELECT cart, upper(substr(md5(cart || ':' || item), 1, 12)), 1, 1299900,
    '{"style": "STYLE-1", "sole": "SOLE-1", "color": "COLOUR-1", "size": "EU 42.5", "width": "F", "monogram": null}'
FROM generate_series(1, 20000) AS cart, generate_series(1, 2) AS item;

SET client_min_messages = error;  -- the system catalogues are not ours to vacuum
VACUUM ANALYZE;
