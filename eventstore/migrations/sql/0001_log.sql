-- The log of one tenant. The schema is the tenant's; the runner puts it first on the search path.

-- Where the log stands. Every append of every process moves this one row, so it orders them all.
CREATE TABLE head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    origin text NOT NULL,
    size bigint NOT NULL DEFAULT 0,
    frontier bytea NOT NULL DEFAULT '',
    recorded_at timestamptz NOT NULL DEFAULT '1970-01-01 00:00:00+00'
) WITH (fillfactor = 20);

INSERT INTO head (origin) VALUES (current_setting('tutti.tenant') || '.tutti/audit/1');

-- One row a fact: position = leaf index + 1. A whole leaf must fit an entry of a tile (65,535 bytes).
CREATE TABLE event (
    position bigint PRIMARY KEY,
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    leaf_hash bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
    UNIQUE (originator_id, originator_version),
    CHECK (43 + octet_length(topic) + octet_length(state) <= 65535)
);

-- One row a commit: what was appended together, when, and the recorder's signature over its leaves.
CREATE TABLE batch (
    first_position bigint PRIMARY KEY,
    n bigint NOT NULL CHECK (n > 0),
    recorded_at timestamptz NOT NULL,
    key_id bytea NOT NULL CHECK (octet_length(key_id) = 4),
    signature bytea NOT NULL CHECK (octet_length(signature) = 64)
);

CREATE INDEX batch_by_time ON batch (recorded_at, first_position);

-- One row a request that was carried out; a request without facts stands at the head it saw.
CREATE TABLE command (
    command_id uuid PRIMARY KEY,
    operation text NOT NULL,
    body_mac bytea NOT NULL,
    first_position bigint NOT NULL,
    n bigint NOT NULL CHECK (n >= 0)
);

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the log only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE FUNCTION forward() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.size < OLD.size OR NEW.recorded_at < OLD.recorded_at THEN
        RAISE EXCEPTION 'the head of the log only moves forward'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON batch
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON command
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER refuse BEFORE INSERT OR DELETE OR TRUNCATE ON head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER forward BEFORE UPDATE ON head
    FOR EACH ROW EXECUTE FUNCTION forward();

-- ALWAYS: also in a session that plays the part of a replica.
ALTER TABLE event ENABLE ALWAYS TRIGGER refuse;
ALTER TABLE batch ENABLE ALWAYS TRIGGER refuse;
ALTER TABLE command ENABLE ALWAYS TRIGGER refuse;
ALTER TABLE head ENABLE ALWAYS TRIGGER refuse;
ALTER TABLE head ENABLE ALWAYS TRIGGER forward;

-- Take the head until the transaction ends.
CREATE FUNCTION lock_head() RETURNS TABLE (size bigint, frontier bytea, recorded_at timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT head.size, head.frontier, head.recorded_at FROM head FOR UPDATE
$$;

-- Append one batch decided on a log of `decided_on` facts: all of it, at the positions that follow,
-- or nothing. Returns the new size, or null if the log has grown since. It is the only way in.
CREATE FUNCTION append_batch(
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
    IF added IS DISTINCT FROM (SELECT coalesce(sum(c), 0) FROM unnest(counts) AS c) THEN
        RAISE EXCEPTION 'the commands do not account for the facts'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF octet_length(new_frontier) IS DISTINCT FROM 32 * bit_count(int8send(new_size)) THEN
        RAISE EXCEPTION 'not the frontier of % leaves', new_size
            USING ERRCODE = 'invalid_parameter_value';
    END IF;

    UPDATE head SET size = new_size, frontier = new_frontier, recorded_at = new_recorded_at
        WHERE size = decided_on;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;

    INSERT INTO event (position, originator_id, originator_version, topic, state, leaf_hash)
        SELECT decided_on + e.place, e.id, e.version, e.topic, e.state, e.leaf_hash
        FROM unnest(originator_ids, originator_versions, topics, states, leaf_hashes)
            WITH ORDINALITY AS e (id, version, topic, state, leaf_hash, place);
    IF added > 0 THEN
        INSERT INTO batch (first_position, n, recorded_at, key_id, signature)
            VALUES (decided_on + 1, added, new_recorded_at, signing_key_id, batch_signature);
    END IF;
    INSERT INTO command (command_id, operation, body_mac, first_position, n)
        SELECT c.id, c.operation, c.mac,
            decided_on + 1 + sum(c.n) OVER (ORDER BY c.place) - c.n, c.n
        FROM unnest(command_ids, operations, body_macs, counts)
            WITH ORDINALITY AS c (id, operation, mac, n, place);
    RETURN new_size;
END
$$;

REVOKE EXECUTE ON FUNCTION append_batch, lock_head FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_batch, lock_head TO tutti_writer;
GRANT SELECT ON head, event, batch, command TO tutti_writer, tutti_reader;
GRANT SELECT ON head, event, batch TO tutti_projector;
