-- Events for ever, events on their way, and work for people.

-- Copied rather than renamed: PostgreSQL 18 names NOT NULL constraints after the table that they were made for.
CREATE TABLE domain_event (
    id uuid NOT NULL,
    aggregate text NOT NULL,
    aggregate_id uuid NOT NULL,
    name text NOT NULL,
    payload jsonb NOT NULL,
    occurred_at timestamptz NOT NULL,
    CONSTRAINT pk_domain_event PRIMARY KEY (id)
);
INSERT INTO domain_event (id, aggregate, aggregate_id, name, payload, occurred_at)
SELECT id, aggregate, aggregate_id, name, payload, occurred_at FROM outbox;
CREATE INDEX ix_domain_event_aggregate_id ON domain_event (aggregate_id);
DROP TABLE outbox;

-- Rises in the order in which the events of an aggregate are committed, because whoever changes one holds its row.
CREATE SEQUENCE event_order;

CREATE TABLE outbox (
    seq bigint DEFAULT nextval('event_order') NOT NULL,
    event_id uuid NOT NULL,
    aggregate_id uuid NOT NULL,
    name text NOT NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (seq)
);
CREATE INDEX ix_outbox_aggregate_id ON outbox (aggregate_id);

-- What happened before anybody delivered events is not lost.
INSERT INTO outbox (event_id, aggregate_id, name) SELECT id, aggregate_id, name FROM domain_event ORDER BY id;

CREATE TABLE delivery (
    event_id uuid NOT NULL,
    handler text NOT NULL,
    lane text NOT NULL,
    aggregate_id uuid NOT NULL,
    seq bigint NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    due_at timestamptz NOT NULL,
    error text,
    handled_at timestamptz,
    CONSTRAINT pk_delivery PRIMARY KEY (event_id, handler),
    CONSTRAINT ck_delivery_state_known CHECK (state IN ('PENDING', 'DONE', 'DEAD')),
    CONSTRAINT ck_delivery_lane_known CHECK (lane IN ('events', 'payments', 'shipping', 'mail', 'maintenance')),
    CONSTRAINT ck_delivery_attempts_not_negative CHECK (attempts >= 0),
    CONSTRAINT ck_delivery_handled_when_done CHECK ((state = 'DONE') = (handled_at IS NOT NULL))
);
CREATE INDEX ix_delivery_due_at ON delivery (due_at, seq) WHERE state = 'PENDING';
CREATE INDEX ix_delivery_aggregate_id_lane_seq ON delivery (aggregate_id, lane, seq) WHERE state <> 'DONE';
CREATE INDEX ix_delivery_dead ON delivery (seq) WHERE state = 'DEAD';
CREATE INDEX ix_delivery_handled_at ON delivery (handled_at) WHERE state = 'DONE';

CREATE TABLE operator_task (
    id uuid NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    order_id uuid,
    detail text NOT NULL,
    opened_at timestamptz NOT NULL,
    done_at timestamptz,
    version integer NOT NULL,
    CONSTRAINT pk_operator_task PRIMARY KEY (id),
    CONSTRAINT ck_operator_task_kind_known CHECK (kind IN ('booking-impossible', 'awb-needed', 'refund-failed', 'refund-to-decide', 'parcel-undelivered', 'parcel-lost', 'payment-unexplained', 'webhook-unreadable', 'event-stuck')),
    CONSTRAINT ck_operator_task_done_after_opened CHECK (done_at >= opened_at),
    CONSTRAINT fk_operator_task_order_id FOREIGN KEY (order_id) REFERENCES orders (id)
);
CREATE UNIQUE INDEX uq_operator_task_kind_subject ON operator_task (kind, subject) WHERE done_at IS NULL;
CREATE INDEX ix_operator_task_order_id ON operator_task (order_id) WHERE order_id IS NOT NULL;
