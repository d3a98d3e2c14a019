-- The people who answer: who they are, their sessions, and their shifts.

CREATE TABLE agents (
    id              TEXT    NOT NULL PRIMARY KEY,
    email           TEXT    NOT NULL UNIQUE,
    name            TEXT    NOT NULL,
    role            TEXT    NOT NULL,
    password_hash   TEXT    NOT NULL,
    -- JSON lists of text.
    merchants       TEXT    NOT NULL,
    languages       TEXT    NOT NULL,
    skills          TEXT    NOT NULL,
    capacity        INTEGER NOT NULL,
    online          INTEGER NOT NULL,
    shift_since     INTEGER NOT NULL,
    last_given_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    token           BLOB    NOT NULL PRIMARY KEY,
    agent           TEXT    NOT NULL REFERENCES agents (id),
    csrf            TEXT    NOT NULL,
    expires_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_of_agent ON sessions (agent);

CREATE TABLE shifts (
    agent           TEXT    NOT NULL REFERENCES agents (id),
    from_at         INTEGER NOT NULL,
    to_at           INTEGER NOT NULL,
    PRIMARY KEY (agent, from_at, to_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX shifts_by_end ON shifts (to_at);

-- As `receipts`, for the commands that belong to no conversation.
CREATE TABLE agent_receipts (
    agent           TEXT    NOT NULL REFERENCES agents (id),
    client_id       TEXT    NOT NULL,
    fingerprint     BLOB    NOT NULL,
    answer          TEXT    NOT NULL,
    PRIMARY KEY (agent, client_id)
) STRICT, WITHOUT ROWID;
