-- How stock and weeks are promised without one order waiting for the other.
--
-- A component, or a week, has 64 tickets: advisory locks, which end with the transaction. An order that
-- wants some of what there is plenty of takes a ticket for each unit (a pair, a piece, 32 dm² of leather)
-- and goes on. So all that is promised and not committed yet is at most 64 units, and plenty is 64 units
-- or more. Where less is left, an order takes all tickets: it waits until nothing else is under way, and
-- knows exactly what is left.
--
-- The counters move at the commit, in `count_reservation`. Tickets of several things are taken in one
-- order, components by sku and the week last, and no counter is locked before the commit.

CREATE FUNCTION take_some_tickets(thing text, wanted integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    key integer := hashtext(thing);
    start integer := floor(random() * 64);
    taken integer := 0;
BEGIN
    FOR n IN 0..63 LOOP
        EXIT WHEN wanted > 16;  -- an order as large as that waits for its turn
        IF pg_try_advisory_xact_lock(key, (start + n) % 64) THEN
            taken := taken + 1;
            IF taken = wanted THEN
                RETURN true;
            END IF;
        END IF;
    END LOOP;
    RETURN false;
END $$;

CREATE FUNCTION take_all_tickets(thing text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext(thing), n) FROM generate_series(0, 63) AS n;
END $$;

-- What a ticket stands for.
CREATE FUNCTION per_ticket(sku text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN starts_with(sku, 'leather:') THEN 32 ELSE 1 END
$$;

-- What is raised as SCARC and caught is undone, and with it every ticket that was taken since BEGIN. What is
-- left is always asked in a statement after the one that takes tickets: only a later statement sees all that
-- was committed before the tickets could be had.

-- Whether there is plenty of everything, also in that week; then it is promised.
CREATE FUNCTION promise_of_plenty(skus text[], quantities integer[], pairs integer, week date) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM unnest(skus, quantities) AS w (sku, quantity)
        WHERE NOT take_some_tickets(w.sku, (w.quantity + per_ticket(w.sku) - 1) / per_ticket(w.sku))
    ) OR NOT take_some_tickets(week::text, pairs) THEN
        RAISE SQLSTATE 'SCARC';
    END IF;
    IF EXISTS (
        SELECT FROM unnest(skus) AS w (sku) JOIN stock_item s USING (sku)
        WHERE s.on_hand - s.reserved < 64 * per_ticket(w.sku)
    ) OR EXISTS (SELECT FROM week_capacity WHERE monday = week AND capacity - booked < 64) THEN
        RAISE SQLSTATE 'SCARC';
    END IF;
    RETURN true;
EXCEPTION WHEN SQLSTATE 'SCARC' THEN
    RETURN false;
END $$;

-- Whether so much can be had of a component, be it plenty or the last of it; then it is promised.
CREATE FUNCTION promise_stock(wanted text, quantity integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    plenty integer := 64 * per_ticket(wanted);
BEGIN
    IF EXISTS (SELECT FROM stock_item WHERE sku = wanted AND on_hand - reserved >= plenty) THEN
        BEGIN
            IF take_some_tickets(wanted, (quantity + per_ticket(wanted) - 1) / per_ticket(wanted)) THEN
                IF EXISTS (SELECT FROM stock_item WHERE sku = wanted AND on_hand - reserved >= plenty) THEN
                    RETURN true;
                END IF;
            END IF;
            RAISE SQLSTATE 'SCARC';
        EXCEPTION WHEN SQLSTATE 'SCARC' THEN
            NULL;
        END;
    END IF;
    PERFORM take_all_tickets(wanted);
    RETURN EXISTS (SELECT FROM stock_item WHERE sku = wanted AND on_hand - reserved >= quantity);
END $$;

-- Whether so many pairs can be made in a week, be it nearly empty or nearly full; then they are promised.
CREATE FUNCTION promise_week(week date, pairs integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM week_capacity WHERE monday = week AND capacity - booked >= 64) THEN
        BEGIN
            IF take_some_tickets(week::text, pairs) THEN
                IF EXISTS (SELECT FROM week_capacity WHERE monday = week AND capacity - booked >= 64) THEN
                    RETURN true;
                END IF;
            END IF;
            RAISE SQLSTATE 'SCARC';
        EXCEPTION WHEN SQLSTATE 'SCARC' THEN
            NULL;
        END;
    END IF;
    PERFORM take_all_tickets(week::text);
    IF EXISTS (SELECT FROM week_capacity WHERE monday = week AND booked + pairs <= capacity) THEN
        RETURN true;
    END IF;
    RAISE SQLSTATE 'SCARC';
EXCEPTION WHEN SQLSTATE 'SCARC' THEN
    RETURN false;
END $$;

-- The first week with room as it is seen now; null when there is none.
CREATE FUNCTION first_free_week(earliest date, pairs integer) RETURNS date LANGUAGE plpgsql AS $$
BEGIN
    RETURN (
        SELECT monday FROM week_capacity WHERE monday >= earliest AND booked + pairs <= capacity
        ORDER BY monday LIMIT 1
    );
END $$;

-- All that an order needs and the first week with room, or nothing: then `short` names what is missing, or
-- `week` is null. Who is refused keeps no ticket: those who come too late do not hold each other up.
CREATE FUNCTION promise_order(
    skus text[], quantities integer[], pairs integer, earliest date, OUT short text[], OUT week date
) LANGUAGE plpgsql AS $$
DECLARE
    plenty boolean;
    need record;
BEGIN
    SELECT array_agg(w.sku ORDER BY w.sku COLLATE "C") FILTER (WHERE coalesce(s.on_hand - s.reserved, 0) < w.quantity),
           bool_and(s.on_hand - s.reserved >= 64 * per_ticket(w.sku))
    INTO short, plenty
    FROM unnest(skus, quantities) AS w (sku, quantity) LEFT JOIN stock_item s USING (sku);
    IF short IS NOT NULL THEN
        RETURN;
    END IF;
    week := first_free_week(earliest, pairs);
    IF week IS NULL OR plenty AND promise_of_plenty(skus, quantities, pairs, week) THEN
        RETURN;
    END IF;
    -- A loop, because PostgreSQL is free to call a function in a query before it has sorted.
    FOR need IN SELECT * FROM unnest(skus, quantities) AS w (sku, quantity) ORDER BY w.sku COLLATE "C" LOOP
        IF NOT promise_stock(need.sku, need.quantity) THEN
            short := short || need.sku;
        END IF;
    END LOOP;
    IF short IS NULL THEN
        LOOP
            week := first_free_week(earliest, pairs);
            EXIT WHEN week IS NULL OR promise_week(week, pairs);  -- else filled by those who were waited for
        END LOOP;
    END IF;
    IF short IS NOT NULL OR week IS NULL THEN
        RAISE SQLSTATE 'SCARC';
    END IF;
EXCEPTION WHEN SQLSTATE 'SCARC' THEN
    week := NULL;
END $$;

-- Moves the counters for a reservation, up (1) or down (-1); the CHECKs of the counters have the last word.
-- Rows that every order updates have no fair queue of their own (each update makes whoever waited start
-- over), so those whose first component is the same, the box, queue by a lock that stays what it is.
CREATE FUNCTION count_reservation(held uuid, sign integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(1, hashtext(min(sku))) FROM reservation_item WHERE order_id = held;
    PERFORM FROM stock_item s JOIN reservation_item i USING (sku) WHERE i.order_id = held
    ORDER BY s.sku FOR NO KEY UPDATE OF s;
    UPDATE stock_item s SET reserved = s.reserved + sign * i.quantity
    FROM reservation_item i WHERE i.order_id = held AND s.sku = i.sku;
    UPDATE week_capacity w SET booked = w.booked + sign * r.pairs
    FROM reservation r WHERE r.order_id = held AND w.monday = r.week;
END $$;
