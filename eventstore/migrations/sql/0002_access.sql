-- Who may ask. Not part of the log: keys come, are used, and are revoked. Only a key's hash is kept.
CREATE TABLE api_key (
    id text PRIMARY KEY,
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    role text NOT NULL,
    label text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_on date
);

GRANT SELECT, INSERT ON api_key TO tutti_access;
GRANT UPDATE (label, expires_at, revoked_at, last_used_on) ON api_key TO tutti_access;
