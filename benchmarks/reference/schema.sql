-- What the reference scripts run on: a plain schema of their own, in a database of their own.
-- It never follows the shop's tables, so that a change of ours shows as a gain or a loss.

CREATE TABLE product (
    id             bigint PRIMARY KEY,
    slug           text NOT NULL UNIQUE,
    title          text NOT NULL,
    description    text NOT NULL,
    category       text NOT NULL,
    brand          text NOT NULL,
    price          bigint NOT NULL CHECK (price >= 0),
    image          text NOT NULL,
    lead_time_days integer NOT NULL,
    is_active      boolean NOT NULL,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL
);
CREATE INDEX product_newest ON product (created_at DESC, id DESC) WHERE is_active;

CREATE TABLE style (id bigint PRIMARY KEY, ext_id text NOT NULL UNIQUE, name text NOT NULL, surcharge bigint NOT NULL);
CREATE TABLE sole (id bigint PRIMARY KEY, ext_id text NOT NULL UNIQUE, name text NOT NULL, surcharge bigint NOT NULL);
CREATE TABLE material (
    id        bigint PRIMARY KEY,
    ext_id    text NOT NULL UNIQUE,
    name      text NOT NULL,
    category  text NOT NULL,
    surcharge bigint NOT NULL
);
CREATE TABLE color (
    id          bigint PRIMARY KEY,
    material_id bigint NOT NULL REFERENCES material,
    name        text NOT NULL,
    hex_code    text NOT NULL,
    family      text NOT NULL
);
CREATE INDEX color_of_material ON color (material_id);
CREATE TABLE product_style (
    product_id bigint REFERENCES product, style_id bigint REFERENCES style, PRIMARY KEY (product_id, style_id)
);
CREATE TABLE product_sole (
    product_id bigint REFERENCES product, sole_id bigint REFERENCES sole, PRIMARY KEY (product_id, sole_id)
);
CREATE TABLE product_material (
    product_id bigint REFERENCES product, material_id bigint REFERENCES material, PRIMARY KEY (product_id, material_id)
);

CREATE TABLE stock (
    sku      text PRIMARY KEY,
    on_hand  bigint NOT NULL,
    reserved bigint NOT NULL DEFAULT 0 CHECK (reserved BETWEEN 0 AND on_hand)
);
CREATE TABLE capacity (
    week     date PRIMARY KEY,
    capacity integer NOT NULL,
    booked   integer NOT NULL DEFAULT 0 CHECK (booked BETWEEN 0 AND capacity)
);

CREATE TABLE cart (
    id         bigint PRIMARY KEY,
    token_hash text NOT NULL UNIQUE,
    version    integer NOT NULL DEFAULT 1,
    closed_at  timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE cart_item (
    cart_id     bigint NOT NULL REFERENCES cart,
    design_code text NOT NULL,
    quantity    integer NOT NULL CHECK (quantity BETWEEN 1 AND 10),
    unit_price  bigint NOT NULL,
    choice      jsonb NOT NULL,
    PRIMARY KEY (cart_id, design_code)
);

CREATE TABLE idempotency_key (
    scope       text NOT NULL,
    key         text NOT NULL,
    fingerprint text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (scope, key)
);
CREATE TABLE customer_order (
    id               uuid PRIMARY KEY,
    ext_id           text NOT NULL UNIQUE,
    cart_id          bigint NOT NULL,
    status           text NOT NULL,
    payment_status   text NOT NULL,
    email            text NOT NULL,
    subtotal         bigint NOT NULL CHECK (subtotal >= 0),
    shipping_fee     bigint NOT NULL CHECK (shipping_fee >= 0),
    tax_total        bigint NOT NULL CHECK (tax_total >= 0),
    total            bigint NOT NULL CHECK (total >= 0),
    shipping_address jsonb NOT NULL,
    promised_week    date NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now()
);
CREATE SEQUENCE order_number;
CREATE TABLE order_item (
    id          uuid PRIMARY KEY,
    order_id    uuid NOT NULL REFERENCES customer_order,
    design_code text NOT NULL,
    title       text NOT NULL,
    quantity    integer NOT NULL CHECK (quantity >= 1),
    unit_price  bigint NOT NULL,
    line_total  bigint NOT NULL,
    choice      jsonb NOT NULL
);
CREATE INDEX order_item_of_order ON order_item (order_id);
CREATE TABLE outbox (
    id         uuid PRIMARY KEY,
    name       text NOT NULL,
    payload    jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE message (
    id                uuid PRIMARY KEY,
    provider          text NOT NULL,
    provider_event_id text NOT NULL,
    body              bytea NOT NULL,
    received_at       timestamptz NOT NULL DEFAULT now(),
    UNIQUE (provider, provider_event_id)
);
