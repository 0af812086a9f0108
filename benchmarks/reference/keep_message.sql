-- Keep a message of a third party: one row, committed durably, the way a message costs least.
INSERT INTO message (id, provider, provider_event_id, body)
VALUES (uuidv7(), 'gateway', gen_random_uuid()::text, convert_to(repeat('{"payment": "captured"} ', 40), 'UTF8'))
ON CONFLICT (provider, provider_event_id) DO NOTHING;
