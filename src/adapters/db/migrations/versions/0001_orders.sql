-- Orders, designs, payments, customers' carts, idempotency keys, the outbox.

CREATE SEQUENCE order_number INCREMENT BY 20;

CREATE TABLE orders (
    id uuid NOT NULL,
    ext_id text NOT NULL,
    cart_id uuid NOT NULL,
    customer_id uuid,
    guest_token_hash text,
    email text NOT NULL,
    phone text NOT NULL,
    shipping_address jsonb NOT NULL,
    billing_address jsonb,
    gstin text,
    currency text NOT NULL,
    subtotal bigint NOT NULL,
    discount bigint NOT NULL,
    shipping_fee bigint NOT NULL,
    shipping_tax jsonb NOT NULL,
    cod_fee bigint NOT NULL,
    cod_tax jsonb NOT NULL,
    tax_total bigint NOT NULL,
    total bigint NOT NULL,
    refunded bigint NOT NULL,
    place_of_supply text NOT NULL,
    payment_method text NOT NULL,
    status text NOT NULL,
    payment_status text NOT NULL,
    fulfillment_status text NOT NULL,
    notes text,
    promised_week date NOT NULL,
    hold_expires_at timestamptz,
    cancellation_reason text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_orders PRIMARY KEY (id),
    CONSTRAINT ck_orders_ext_id_pattern CHECK (ext_id ~ '^(IS-[0-9]{4}-[0-9]{6,})$'),
    CONSTRAINT ck_orders_one_owner CHECK (num_nonnulls(customer_id, guest_token_hash) = 1),
    CONSTRAINT ck_orders_guest_token_hash_pattern CHECK (guest_token_hash ~ '^([0-9a-f]{64})$'),
    CONSTRAINT ck_orders_currency_is_inr CHECK (currency = 'INR'),
    CONSTRAINT ck_orders_subtotal_not_negative CHECK (subtotal >= 0),
    CONSTRAINT ck_orders_discount_not_negative CHECK (discount >= 0),
    CONSTRAINT ck_orders_shipping_fee_not_negative CHECK (shipping_fee >= 0),
    CONSTRAINT ck_orders_cod_fee_not_negative CHECK (cod_fee >= 0),
    CONSTRAINT ck_orders_tax_total_not_negative CHECK (tax_total >= 0),
    CONSTRAINT ck_orders_total_not_negative CHECK (total >= 0),
    CONSTRAINT ck_orders_refunded_not_negative CHECK (refunded >= 0),
    CONSTRAINT ck_orders_total_adds_up CHECK (total = subtotal - discount + shipping_fee + cod_fee),
    CONSTRAINT ck_orders_discount_within_subtotal CHECK (discount <= subtotal),
    CONSTRAINT ck_orders_tax_within_total CHECK (tax_total <= total),
    CONSTRAINT ck_orders_refunded_within_total CHECK (refunded <= total),
    CONSTRAINT ck_orders_place_of_supply_pattern CHECK (place_of_supply ~ '^([0-9]{2})$'),
    CONSTRAINT ck_orders_payment_method_known CHECK (payment_method IN ('PREPAID', 'COD')),
    CONSTRAINT ck_orders_status_known CHECK (status IN ('PENDING', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'RETURNED')),
    CONSTRAINT ck_orders_payment_status_known CHECK (payment_status IN ('PENDING', 'AUTHORIZED', 'PAID', 'PARTIALLY_REFUNDED', 'REFUNDED', 'FAILED')),
    CONSTRAINT ck_orders_fulfillment_status_known CHECK (fulfillment_status IN ('UNFULFILLED', 'IN_PRODUCTION', 'READY_TO_SHIP', 'SHIPPED', 'DELIVERED', 'RETURNING', 'RETURNED')),
    CONSTRAINT ck_orders_promised_week_is_monday CHECK (extract(isodow FROM promised_week) = 1),
    CONSTRAINT ck_orders_held_while_pending CHECK (hold_expires_at IS NULL OR status = 'PENDING'),
    CONSTRAINT ck_orders_cancelled_for_a_reason CHECK ((status = 'CANCELLED') = (cancellation_reason IS NOT NULL))
);
CREATE INDEX ix_orders_customer_id_id ON orders (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX ix_orders_ext_id ON orders (ext_id);
CREATE INDEX ix_orders_hold_expires_at ON orders (hold_expires_at) WHERE hold_expires_at IS NOT NULL;

CREATE TABLE order_item (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    position smallint NOT NULL,
    design_code text NOT NULL,
    product_id text NOT NULL,
    product_title text NOT NULL,
    choice jsonb NOT NULL,
    hsn text NOT NULL,
    quantity integer NOT NULL,
    unit_price bigint NOT NULL,
    breakdown jsonb NOT NULL,
    line_total bigint NOT NULL,
    discount bigint NOT NULL,
    tax_kind text NOT NULL,
    tax_rate_bp integer NOT NULL,
    taxable bigint NOT NULL,
    cgst bigint NOT NULL,
    sgst bigint NOT NULL,
    igst bigint NOT NULL,
    needs jsonb NOT NULL,
    CONSTRAINT pk_order_item PRIMARY KEY (id),
    CONSTRAINT ck_order_item_tax_kind_known CHECK (tax_kind IN ('CGST_SGST', 'CGST_UTGST', 'IGST')),
    CONSTRAINT ck_order_item_quantity_positive CHECK (quantity > 0),
    CONSTRAINT ck_order_item_unit_price_not_negative CHECK (unit_price >= 0),
    CONSTRAINT ck_order_item_discount_not_negative CHECK (discount >= 0),
    CONSTRAINT ck_order_item_taxable_not_negative CHECK (taxable >= 0),
    CONSTRAINT ck_order_item_cgst_not_negative CHECK (cgst >= 0),
    CONSTRAINT ck_order_item_sgst_not_negative CHECK (sgst >= 0),
    CONSTRAINT ck_order_item_igst_not_negative CHECK (igst >= 0),
    CONSTRAINT ck_order_item_tax_rate_bp_in_range CHECK (tax_rate_bp BETWEEN 0 AND 10000),
    CONSTRAINT ck_order_item_line_total_multiplies CHECK (line_total = unit_price * quantity),
    CONSTRAINT ck_order_item_tax_is_contained CHECK (taxable + cgst + sgst + igst = line_total - discount),
    CONSTRAINT fk_order_item_order_id FOREIGN KEY (order_id) REFERENCES orders (id)
);
CREATE INDEX ix_order_item_order_id ON order_item (order_id);

CREATE TABLE ordered_cart (
    cart_id uuid NOT NULL,
    order_id uuid NOT NULL,
    CONSTRAINT pk_ordered_cart PRIMARY KEY (cart_id),
    CONSTRAINT fk_ordered_cart_order_id FOREIGN KEY (order_id) REFERENCES orders (id)
);

CREATE TABLE design (
    code text NOT NULL,
    product_id text NOT NULL,
    style text NOT NULL,
    sole text NOT NULL,
    material text NOT NULL,
    color text NOT NULL,
    size_eu text NOT NULL,
    width text NOT NULL,
    monogram text,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_design PRIMARY KEY (code),
    CONSTRAINT ck_design_code_pattern CHECK (code ~ '^([0-9A-HJKMNP-TV-Z]{12})$')
);

CREATE TABLE payment (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    provider text NOT NULL,
    provider_order_id text NOT NULL,
    provider_payment_id text,
    currency text NOT NULL,
    amount bigint NOT NULL,
    captured bigint NOT NULL,
    refunded bigint NOT NULL,
    state text NOT NULL,
    failure text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_payment PRIMARY KEY (id),
    CONSTRAINT uq_payment_provider_provider_order_id UNIQUE (provider, provider_order_id),
    CONSTRAINT ck_payment_currency_is_inr CHECK (currency = 'INR'),
    CONSTRAINT ck_payment_state_known CHECK (state IN ('CREATED', 'AUTHORIZED', 'CAPTURED', 'FAILED')),
    CONSTRAINT ck_payment_amount_positive CHECK (amount > 0),
    CONSTRAINT ck_payment_captured_within_amount CHECK (captured BETWEEN 0 AND amount),
    CONSTRAINT ck_payment_refunded_within_captured CHECK (refunded BETWEEN 0 AND captured),
    CONSTRAINT ck_payment_captured_is_named CHECK (captured = 0 OR provider_payment_id IS NOT NULL),
    CONSTRAINT fk_payment_order_id FOREIGN KEY (order_id) REFERENCES orders (id)
);
CREATE INDEX ix_payment_order_id ON payment (order_id);
CREATE UNIQUE INDEX uq_payment_provider_provider_payment_id ON payment (provider, provider_payment_id) WHERE provider_payment_id IS NOT NULL;

CREATE TABLE refund (
    id uuid NOT NULL,
    payment_id uuid NOT NULL,
    position smallint NOT NULL,
    amount bigint NOT NULL,
    reason text NOT NULL,
    state text NOT NULL,
    provider_refund_id text,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_refund PRIMARY KEY (id),
    CONSTRAINT ck_refund_state_known CHECK (state IN ('REQUESTED', 'PROCESSED', 'FAILED')),
    CONSTRAINT ck_refund_amount_positive CHECK (amount > 0),
    CONSTRAINT fk_refund_payment_id FOREIGN KEY (payment_id) REFERENCES payment (id)
);
CREATE INDEX ix_refund_payment_id ON refund (payment_id);

CREATE TABLE cart (
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    lines jsonb NOT NULL,
    merged uuid[] NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_cart PRIMARY KEY (id),
    CONSTRAINT uq_cart_customer_id UNIQUE (customer_id),
    CONSTRAINT ck_cart_lines_limited CHECK (jsonb_array_length(lines) <= 50)
);

CREATE TABLE idempotency_key (
    scope text NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    result jsonb,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_idempotency_key PRIMARY KEY (scope, key)
);

CREATE TABLE outbox (
    id uuid NOT NULL,
    aggregate text NOT NULL,
    aggregate_id uuid NOT NULL,
    name text NOT NULL,
    payload jsonb NOT NULL,
    occurred_at timestamptz NOT NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (id)
);
CREATE INDEX ix_outbox_aggregate_id ON outbox (aggregate_id);
