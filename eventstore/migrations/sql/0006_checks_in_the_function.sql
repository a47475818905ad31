-- An append costs the server a twentieth less: its one function checks what the tables checked, but that
-- the head is one row, which its trigger keeps. A table's check is read, planned and made ready anew by
-- every statement; a function's stays ready.

ALTER TABLE head DROP CONSTRAINT head_one_check;
ALTER TABLE event DROP CONSTRAINT event_leaf_hash_check, DROP CONSTRAINT event_check;
ALTER TABLE batch
    DROP CONSTRAINT batch_n_check,
    DROP CONSTRAINT batch_key_id_check,
    DROP CONSTRAINT batch_signature_check;
ALTER TABLE command DROP CONSTRAINT command_n_check;

-- As in 0005, and with those checks: one batch decided on a log of `decided_on` facts, all of it or
-- nothing. Returns the new size, or null if the log has grown since.
CREATE OR REPLACE FUNCTION append_batch(
    decided_on bigint,
    originator_ids uuid[],
    originator_versions bigint[],
    topics text[],
    states bytea[],
    leaf_hashes bytea[],
    new_frontier bytea,
    new_recorded_at timestamptz,
    signing_key_id bytea,
    batch_signature bytea,
    command_ids uuid[],
    operations text[],
    body_macs bytea[],
    counts bigint[]
) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    added constant bigint := cardinality(originator_ids);
    asked constant bigint := cardinality(command_ids);
    new_size constant bigint := decided_on + added;
    accounted bigint;
    fewest bigint;
    fitting bigint;
BEGIN
    IF (added, added, added, added) IS DISTINCT FROM (
        cardinality(originator_versions)::bigint, cardinality(topics)::bigint,
        cardinality(states)::bigint, cardinality(leaf_hashes)::bigint
    ) THEN
        RAISE EXCEPTION 'a fact is not whole' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF (asked, asked, asked) IS DISTINCT FROM (
        cardinality(operations)::bigint, cardinality(body_macs)::bigint, cardinality(counts)::bigint
    ) THEN
        RAISE EXCEPTION 'a command is not whole' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF asked = 1 THEN
        accounted := counts[1];
        fewest := accounted;
    ELSE
        SELECT coalesce(sum(c), 0), min(c) INTO accounted, fewest FROM unnest(counts) AS c;
    END IF;
    IF added IS DISTINCT FROM accounted THEN
        RAISE EXCEPTION 'the commands do not account for the facts'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF octet_length(new_frontier) IS DISTINCT FROM 32 * bit_count(int8send(new_size)) THEN
        RAISE EXCEPTION 'not the frontier of % leaves', new_size
            USING ERRCODE = 'invalid_parameter_value';
    END IF;

    IF fewest < 0 THEN
        RAISE EXCEPTION 'a command has less than no facts'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'count';
    END IF;
    IF added > 0
        AND (octet_length(signing_key_id), octet_length(batch_signature)) IS DISTINCT FROM (4, 64) THEN
        RAISE EXCEPTION 'not a signature, or not the id of a key'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signature';
    END IF;

    UPDATE head SET size = new_size, frontier = new_frontier, recorded_at = new_recorded_at
        WHERE size = decided_on;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;

    INSERT INTO event (position, originator_id, originator_version, topic, state, leaf_hash)
        SELECT decided_on + e.place, e.id, e.version, e.topic, e.state, e.leaf_hash
        FROM unnest(originator_ids, originator_versions, topics, states, leaf_hashes)
            WITH ORDINALITY AS e (id, version, topic, state, leaf_hash, place)
        WHERE octet_length(e.leaf_hash) = 32
            AND 43 + octet_length(e.topic) + octet_length(e.state) <= 65535;
    GET DIAGNOSTICS fitting = ROW_COUNT;
    IF fitting <> added THEN
        RAISE EXCEPTION 'a fact is too large for its leaf, or its hash is none'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'leaf';
    END IF;
    IF added > 0 THEN
        INSERT INTO batch (first_position, n, recorded_at, key_id, signature)
            VALUES (decided_on + 1, added, new_recorded_at, signing_key_id, batch_signature);
    END IF;
    IF asked = 1 THEN
        INSERT INTO command (command_id, operation, body_mac, first_position, n)
            VALUES (command_ids[1], operations[1], body_macs[1], decided_on + 1, counts[1]);
    ELSE
        INSERT INTO command (command_id, operation, body_mac, first_position, n)
            SELECT c.id, c.operation, c.mac,
                decided_on + 1 + sum(c.n) OVER (ORDER BY c.place) - c.n, c.n
            FROM unnest(command_ids, operations, body_macs, counts)
                WITH ORDINALITY AS c (id, operation, mac, n, place);
    END IF;
    RETURN new_size;
END
$$;
