-- The newest 20 products, and one more that tells whether there is a next page.
SELECT id, slug, title, category, brand, price, image, lead_time_days, created_at, updated_at
FROM product
WHERE is_active
ORDER BY created_at DESC, id DESC
LIMIT 21;
