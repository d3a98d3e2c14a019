-- The log and what is read from it. Moments are milliseconds since 1970; JSON has a version beside it and is lifted when it is read.

-- One row for each conversation: its state after the last event, and the columns by which lists find it.
CREATE TABLE conversations (
    number          INTEGER PRIMARY KEY,
    id              TEXT    NOT NULL UNIQUE,
    merchant        TEXT    NOT NULL,
    seq             INTEGER NOT NULL,
    phase           TEXT    NOT NULL,
    owner           TEXT,
    offered_to      TEXT,
    sub             TEXT,
    case_code       TEXT    UNIQUE,
    promise_broken  INTEGER NOT NULL,
    priority        INTEGER NOT NULL,
    -- Set only while it stands in line.
    waiting_since   INTEGER,
    snippet         TEXT    NOT NULL,
    updated_at      INTEGER NOT NULL,
    -- Set while nothing is left of it but tombstones.
    erased_at       INTEGER,
    state_version   INTEGER NOT NULL,
    state           TEXT    NOT NULL
) STRICT;

-- The order of the line, as `Waiting::rank` has it.
CREATE INDEX conversations_in_line
    ON conversations (merchant, promise_broken DESC, priority DESC, waiting_since, number)
    WHERE waiting_since IS NOT NULL;
CREATE INDEX conversations_by_time ON conversations (merchant, updated_at);
CREATE INDEX conversations_by_owner ON conversations (owner, phase) WHERE owner IS NOT NULL;
CREATE INDEX conversations_by_offer ON conversations (offered_to) WHERE offered_to IS NOT NULL;
CREATE INDEX conversations_by_shopper ON conversations (sub, merchant) WHERE sub IS NOT NULL;

-- The facts, in the order in which they were committed. A position is never given twice, not even after a deletion.
CREATE TABLE events (
    position        INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation    TEXT    NOT NULL REFERENCES conversations (id),
    merchant        TEXT    NOT NULL,
    seq             INTEGER NOT NULL,
    prev            INTEGER NOT NULL,
    at              INTEGER NOT NULL,
    type            TEXT    NOT NULL,
    author_kind     TEXT    NOT NULL,
    author_name     TEXT,
    version         INTEGER NOT NULL,
    body            TEXT    NOT NULL,
    UNIQUE (conversation, seq)
) STRICT;

CREATE INDEX events_of_merchant ON events (merchant, position, at);
CREATE INDEX events_of_offer ON events (body ->> 'offer_id') WHERE type = 'offer.made';

-- The first result of each command: a resend is answered with it.
CREATE TABLE receipts (
    conversation    TEXT    NOT NULL REFERENCES conversations (id),
    client_id       TEXT    NOT NULL,
    fingerprint     BLOB    NOT NULL,
    answer          TEXT    NOT NULL,
    PRIMARY KEY (conversation, client_id)
) STRICT, WITHOUT ROWID;

-- A resent opening knows no conversation yet: it is found by its merchant and its own id.
CREATE TABLE openings (
    merchant        TEXT    NOT NULL,
    client_id       TEXT    NOT NULL,
    conversation    TEXT    NOT NULL REFERENCES conversations (id),
    PRIMARY KEY (merchant, client_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX openings_of_conversation ON openings (conversation);

-- What opens a conversation; only hashes.
CREATE TABLE tokens (
    hash            BLOB    NOT NULL PRIMARY KEY,
    conversation    TEXT    NOT NULL REFERENCES conversations (id),
    made_at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX tokens_of_conversation ON tokens (conversation);

-- Up to which seq each side has read.
CREATE TABLE reads (
    conversation    TEXT    NOT NULL REFERENCES conversations (id),
    reader          TEXT    NOT NULL,
    seq             INTEGER NOT NULL,
    PRIMARY KEY (conversation, reader)
) STRICT, WITHOUT ROWID;

-- What a conversation is owed, and who is at it.
CREATE TABLE work (
    conversation    TEXT    NOT NULL REFERENCES conversations (id),
    kind            TEXT    NOT NULL,
    due_at          INTEGER NOT NULL,
    claimed_by      TEXT,
    claimed_until   INTEGER,
    PRIMARY KEY (conversation, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX work_due ON work (kind, due_at);
CREATE INDEX work_free ON work (due_at) WHERE claimed_until IS NULL;
CREATE INDEX work_claimed ON work (claimed_by, claimed_until) WHERE claimed_until IS NOT NULL;

-- From the ask to a person's first message. Rows without an answer are the asks that still wait.
CREATE TABLE waits (
    number          INTEGER PRIMARY KEY,
    merchant        TEXT    NOT NULL,
    conversation    TEXT    NOT NULL REFERENCES conversations (id),
    asked_at        INTEGER NOT NULL,
    answered_at     INTEGER,
    seconds         INTEGER
) STRICT;

CREATE UNIQUE INDEX waits_open ON waits (conversation) WHERE answered_at IS NULL;
CREATE INDEX waits_over ON waits (merchant, answered_at) WHERE answered_at IS NOT NULL;

-- Words to search by. The number of a row is the position of the event that it comes from, so that it goes when that is erased;
-- `secure-delete` takes the words out of the index itself, not only out of the results.
CREATE VIRTUAL TABLE words USING fts5 (text, conversation UNINDEXED, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);

-- Written by `/health`, to see whether it can be.
CREATE TABLE pulse (
    number          INTEGER PRIMARY KEY CHECK (number = 1),
    beats           INTEGER NOT NULL
) STRICT;
INSERT INTO pulse VALUES (1, 0);
