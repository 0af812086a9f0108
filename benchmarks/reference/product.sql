-- One product by its slug, with everything that can be chosen.
\set product random(1, 200)
SELECT * FROM product WHERE slug = 'model-' || :product AND is_active;
SELECT style.* FROM style JOIN product_style ON style_id = style.id WHERE product_id = :product ORDER BY name;
SELECT sole.* FROM sole JOIN product_sole ON sole_id = sole.id WHERE product_id = :product ORDER BY name;
SELECT material.*, color.id, color.name, color.hex_code, color.family
FROM material
JOIN product_material ON product_material.material_id = material.id
JOIN color ON color.material_id = material.id
WHERE product_id = :product
ORDER BY material.name, color.name;
