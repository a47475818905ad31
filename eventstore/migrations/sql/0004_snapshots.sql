-- Where long streams can be read from instead of from their beginning. Not part of the log: all of
-- it can be deleted at any time, and is made anew. What is here counts only under the mac of a process
-- that holds the ledger's keys, and only while the same code would come to the same state.
CREATE TABLE snapshot (
    originator_id uuid PRIMARY KEY,
    originator_version bigint NOT NULL,
    leaf_hash bytea NOT NULL,
    topic text NOT NULL,
    code bytea NOT NULL,
    state bytea NOT NULL,
    mac bytea NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON snapshot TO tutti_writer;

-- One entry for every thousandth fact of a stream: finds the long ones without reading the log.
CREATE INDEX event_thousandth ON event (originator_id, originator_version)
    WHERE originator_version % 1000 = 0;
