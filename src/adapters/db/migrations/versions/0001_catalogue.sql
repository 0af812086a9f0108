-- Lasts, options, products; stock, weeks and reservations.

CREATE TABLE last (
    code text NOT NULL,
    name text NOT NULL,
    widths text[] NOT NULL,
    sizes jsonb NOT NULL,
    CONSTRAINT pk_last PRIMARY KEY (code),
    CONSTRAINT ck_last_widths_some CHECK (cardinality(widths) > 0),
    CONSTRAINT ck_last_sizes_some CHECK (jsonb_array_length(sizes) > 0)
);

CREATE TABLE style (
    id uuid NOT NULL,
    ext_id text NOT NULL,
    name text NOT NULL,
    surcharge bigint NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_style PRIMARY KEY (id),
    CONSTRAINT uq_style_ext_id UNIQUE (ext_id),
    CONSTRAINT ck_style_ext_id_pattern CHECK (ext_id ~ '^([A-Z0-9][A-Z0-9-]{1,39})$'),
    CONSTRAINT ck_style_name_length CHECK (length(name) BETWEEN 1 AND 80),
    CONSTRAINT ck_style_surcharge_not_negative CHECK (surcharge >= 0)
);

CREATE TABLE sole (
    id uuid NOT NULL,
    ext_id text NOT NULL,
    name text NOT NULL,
    surcharge bigint NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_sole PRIMARY KEY (id),
    CONSTRAINT uq_sole_ext_id UNIQUE (ext_id),
    CONSTRAINT ck_sole_ext_id_pattern CHECK (ext_id ~ '^([A-Z0-9][A-Z0-9-]{1,39})$'),
    CONSTRAINT ck_sole_name_length CHECK (length(name) BETWEEN 1 AND 80),
    CONSTRAINT ck_sole_surcharge_not_negative CHECK (surcharge >= 0)
);

CREATE TABLE material (
    id uuid NOT NULL,
    ext_id text NOT NULL,
    name text NOT NULL,
    surcharge bigint NOT NULL,
    is_active boolean NOT NULL,
    category text NOT NULL,
    CONSTRAINT pk_material PRIMARY KEY (id),
    CONSTRAINT ck_material_category_known CHECK (category IN ('LEATHER', 'SUEDE', 'PATENT', 'EXOTIC', 'TEXTILE', 'VEGAN')),
    CONSTRAINT uq_material_ext_id UNIQUE (ext_id),
    CONSTRAINT ck_material_ext_id_pattern CHECK (ext_id ~ '^([A-Z0-9][A-Z0-9-]{1,39})$'),
    CONSTRAINT ck_material_name_length CHECK (length(name) BETWEEN 1 AND 80),
    CONSTRAINT ck_material_surcharge_not_negative CHECK (surcharge >= 0)
);

CREATE TABLE material_color (
    id uuid NOT NULL,
    ext_id text NOT NULL,
    name text NOT NULL,
    surcharge bigint NOT NULL,
    is_active boolean NOT NULL,
    material_id uuid NOT NULL,
    position smallint NOT NULL,
    hex_code text NOT NULL,
    family text NOT NULL,
    CONSTRAINT pk_material_color PRIMARY KEY (id),
    CONSTRAINT ck_material_color_hex_code_pattern CHECK (hex_code ~ '^(#[0-9A-Fa-f]{6})$'),
    CONSTRAINT ck_material_color_family_known CHECK (family IN ('BLACK', 'BROWN', 'TAN', 'RED', 'BLUE', 'GREEN', 'GREY', 'WHITE', 'YELLOW', 'PURPLE', 'MULTI')),
    CONSTRAINT uq_material_color_ext_id UNIQUE (ext_id),
    CONSTRAINT ck_material_color_ext_id_pattern CHECK (ext_id ~ '^([A-Z0-9][A-Z0-9-]{1,39})$'),
    CONSTRAINT ck_material_color_name_length CHECK (length(name) BETWEEN 1 AND 80),
    CONSTRAINT ck_material_color_surcharge_not_negative CHECK (surcharge >= 0),
    CONSTRAINT fk_material_color_material_id FOREIGN KEY (material_id) REFERENCES material (id) ON DELETE CASCADE
);
CREATE INDEX ix_material_color_material_id ON material_color (material_id);

CREATE TABLE product (
    id uuid NOT NULL,
    product_id text NOT NULL,
    title text COLLATE "C" NOT NULL,
    description text NOT NULL,
    category text NOT NULL,
    brand text NOT NULL,
    base_price bigint NOT NULL,
    hsn text NOT NULL,
    lead_time_days integer NOT NULL,
    last_code text NOT NULL,
    leather_dm2 integer NOT NULL,
    sizes text[] NOT NULL,
    widths text[] NOT NULL,
    rules jsonb NOT NULL,
    monogram_max_length smallint,
    monogram_surcharge bigint,
    media jsonb NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    material_categories text[] DEFAULT '{}' NOT NULL,
    color_families text[] DEFAULT '{}' NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple', translate(title || ' ' || category || ' ' || brand || ' ' || description, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~‘’‚“”„«»–—…·•´₹ ', '                                                '))) STORED NOT NULL,
    CONSTRAINT pk_product PRIMARY KEY (id),
    CONSTRAINT uq_product_product_id UNIQUE (product_id),
    CONSTRAINT ck_product_product_id_pattern CHECK (product_id ~ '^([a-z0-9-]{3,50})$'),
    CONSTRAINT ck_product_category_pattern CHECK (category ~ '^([A-Z][A-Z_]{1,29})$'),
    CONSTRAINT ck_product_hsn_pattern CHECK (hsn ~ '^([0-9]{4}([0-9]{2}([0-9]{2})?)?)$'),
    CONSTRAINT ck_product_title_length CHECK (length(title) BETWEEN 1 AND 200),
    CONSTRAINT ck_product_description_length CHECK (length(description) <= 2000),
    CONSTRAINT ck_product_base_price_in_range CHECK (base_price BETWEEN 1 AND 10000000),
    CONSTRAINT ck_product_lead_time_days_in_range CHECK (lead_time_days BETWEEN 1 AND 365),
    CONSTRAINT ck_product_leather_dm2_positive CHECK (leather_dm2 >= 1),
    CONSTRAINT ck_product_sizes_some CHECK (cardinality(sizes) > 0),
    CONSTRAINT ck_product_widths_some CHECK (cardinality(widths) > 0),
    CONSTRAINT ck_product_monogram_whole CHECK ((monogram_max_length IS NULL) = (monogram_surcharge IS NULL)),
    CONSTRAINT ck_product_monogram_max_length_in_range CHECK (monogram_max_length BETWEEN 1 AND 10),
    CONSTRAINT ck_product_monogram_surcharge_not_negative CHECK (monogram_surcharge >= 0),
    CONSTRAINT fk_product_last_code FOREIGN KEY (last_code) REFERENCES last (code)
);
CREATE INDEX ix_product_base_price_id ON product (base_price, id) WHERE is_active;
CREATE INDEX ix_product_created_at_id ON product (created_at DESC, id DESC) WHERE is_active;
CREATE INDEX ix_product_last_code ON product (last_code);
CREATE INDEX ix_product_search ON product USING gin (search);
CREATE INDEX ix_product_title_id ON product (title, id) WHERE is_active;

CREATE TABLE product_style (
    product_id uuid NOT NULL,
    style_id uuid NOT NULL,
    position smallint NOT NULL,
    CONSTRAINT pk_product_style PRIMARY KEY (product_id, style_id),
    CONSTRAINT fk_product_style_product_id FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE CASCADE,
    CONSTRAINT fk_product_style_style_id FOREIGN KEY (style_id) REFERENCES style (id)
);
CREATE INDEX ix_product_style_style_id ON product_style (style_id);

CREATE TABLE product_sole (
    product_id uuid NOT NULL,
    sole_id uuid NOT NULL,
    position smallint NOT NULL,
    CONSTRAINT pk_product_sole PRIMARY KEY (product_id, sole_id),
    CONSTRAINT fk_product_sole_product_id FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE CASCADE,
    CONSTRAINT fk_product_sole_sole_id FOREIGN KEY (sole_id) REFERENCES sole (id)
);
CREATE INDEX ix_product_sole_sole_id ON product_sole (sole_id);

CREATE TABLE product_material (
    product_id uuid NOT NULL,
    material_id uuid NOT NULL,
    position smallint NOT NULL,
    CONSTRAINT pk_product_material PRIMARY KEY (product_id, material_id),
    CONSTRAINT fk_product_material_product_id FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE CASCADE,
    CONSTRAINT fk_product_material_material_id FOREIGN KEY (material_id) REFERENCES material (id)
);
CREATE INDEX ix_product_material_material_id ON product_material (material_id);

CREATE TABLE catalogue_revision (
    id smallint NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT pk_catalogue_revision PRIMARY KEY (id),
    CONSTRAINT ck_catalogue_revision_single_row CHECK (id = 1)
);
INSERT INTO catalogue_revision (id, revision) VALUES (1, 1);

CREATE TABLE stock_item (
    sku text COLLATE "C" NOT NULL,
    unit text NOT NULL,
    on_hand integer NOT NULL,
    reserved integer NOT NULL,
    CONSTRAINT pk_stock_item PRIMARY KEY (sku),
    CONSTRAINT ck_stock_item_sku_pattern CHECK (sku ~ '^((leather|sole|box|pair):[A-Za-z0-9-]+(:[0-9.]+)?)$'),
    CONSTRAINT ck_stock_item_unit_known CHECK (unit IN ('DM2', 'PAIR', 'PIECE')),
    CONSTRAINT ck_stock_item_reserved_within_on_hand CHECK (0 <= reserved AND reserved <= on_hand)
) WITH (fillfactor = 50);

CREATE TABLE week_capacity (
    monday date NOT NULL,
    capacity integer NOT NULL,
    booked integer NOT NULL,
    CONSTRAINT pk_week_capacity PRIMARY KEY (monday),
    CONSTRAINT ck_week_capacity_monday_is_monday CHECK (extract(isodow FROM monday) = 1),
    CONSTRAINT ck_week_capacity_booked_within_capacity CHECK (0 <= booked AND booked <= capacity)
) WITH (fillfactor = 50);

CREATE TABLE reservation (
    order_id uuid NOT NULL,
    week date NOT NULL,
    pairs integer NOT NULL,
    status text NOT NULL,
    expires_at timestamptz,
    version integer NOT NULL,
    CONSTRAINT pk_reservation PRIMARY KEY (order_id),
    CONSTRAINT ck_reservation_status_known CHECK (status IN ('HELD', 'COMMITTED', 'RELEASED')),
    CONSTRAINT ck_reservation_pairs_positive CHECK (pairs > 0),
    CONSTRAINT ck_reservation_expires_while_held CHECK ((status = 'HELD') = (expires_at IS NOT NULL)),
    CONSTRAINT fk_reservation_week FOREIGN KEY (week) REFERENCES week_capacity (monday) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE reservation_item (
    order_id uuid NOT NULL,
    sku text COLLATE "C" NOT NULL,
    quantity integer NOT NULL,
    CONSTRAINT pk_reservation_item PRIMARY KEY (order_id, sku),
    CONSTRAINT ck_reservation_item_quantity_positive CHECK (quantity > 0),
    CONSTRAINT fk_reservation_item_order_id FOREIGN KEY (order_id) REFERENCES reservation (order_id) ON DELETE CASCADE,
    CONSTRAINT fk_reservation_item_sku FOREIGN KEY (sku) REFERENCES stock_item (sku) DEFERRABLE INITIALLY DEFERRED
);
