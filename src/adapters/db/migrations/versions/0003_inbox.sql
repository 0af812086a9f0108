-- Messages of third parties, addresses that get no mail, and how far money has got on its way back.

CREATE TABLE inbox (
    id uuid NOT NULL,
    provider text NOT NULL,
    provider_event_id text NOT NULL,
    body bytea NOT NULL,
    rejection text,
    received_at timestamptz NOT NULL,
    CONSTRAINT pk_inbox PRIMARY KEY (id),
    CONSTRAINT ck_inbox_body_limited CHECK (length(body) <= 65536)
);
CREATE UNIQUE INDEX uq_inbox_provider_provider_event_id ON inbox (provider, provider_event_id) WHERE rejection IS NULL;
CREATE UNIQUE INDEX uq_inbox_rejected ON inbox (provider, provider_event_id) WHERE rejection IS NOT NULL;

CREATE TABLE undeliverable_address (
    address text NOT NULL,
    reason text NOT NULL,
    marked_at timestamptz NOT NULL,
    CONSTRAINT pk_undeliverable_address PRIMARY KEY (address),
    CONSTRAINT ck_undeliverable_address_address_is_lower_case CHECK (address = lower(address))
);

-- Payments that might still bring money are asked about at once.
ALTER TABLE payment ADD COLUMN ask_at timestamptz;
UPDATE payment SET ask_at = now() WHERE state <> 'CAPTURED' AND created_at > now() - interval '7 days';
CREATE INDEX ix_payment_ask_at ON payment (ask_at) WHERE ask_at IS NOT NULL;

-- So far every refund was the first attempt at the money that counts.
ALTER TABLE refund
    ADD COLUMN provider_payment_id text,
    ADD COLUMN is_surplus boolean,
    ADD COLUMN attempt smallint,
    ADD COLUMN failure text,
    ADD COLUMN ask_at timestamptz;
UPDATE refund SET
    provider_payment_id = payment.provider_payment_id,
    is_surplus = false,
    attempt = 1,
    failure = CASE WHEN refund.state = 'FAILED' THEN 'unknown' END,
    ask_at = CASE WHEN refund.state = 'REQUESTED' THEN now() END
FROM payment WHERE payment.id = refund.payment_id;
ALTER TABLE refund
    ALTER COLUMN provider_payment_id SET NOT NULL,
    ALTER COLUMN is_surplus SET NOT NULL,
    ALTER COLUMN attempt SET NOT NULL,
    DROP CONSTRAINT ck_refund_state_known,
    ADD CONSTRAINT ck_refund_state_known CHECK (state IN ('REQUESTED', 'PENDING', 'PROCESSED', 'FAILED')),
    ADD CONSTRAINT ck_refund_attempt_in_range CHECK (attempt BETWEEN 1 AND 3),
    ADD CONSTRAINT ck_refund_failed_for_a_reason CHECK ((state = 'FAILED') = (failure IS NOT NULL)),
    ADD CONSTRAINT ck_refund_asked_about_while_open CHECK ((state IN ('REQUESTED', 'PENDING')) = (ask_at IS NOT NULL)),
    ADD CONSTRAINT ck_refund_sent_is_named CHECK (state NOT IN ('PENDING', 'PROCESSED') OR provider_refund_id IS NOT NULL);
CREATE UNIQUE INDEX uq_refund_provider_payment_id ON refund (provider_payment_id) WHERE is_surplus AND state <> 'FAILED';
CREATE INDEX ix_refund_ask_at ON refund (ask_at) WHERE ask_at IS NOT NULL;
