-- What strangers may read is plain: times, languages, states. What was said is in `sealed`, under the session's own
-- key `data_key`, which is itself sealed under the store's master key. Destroying `data_key` destroys the session.

CREATE TABLE store (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('open', 'crashed', 'closed', 'purging')),
    reason TEXT NOT NULL DEFAULT '',
    began TEXT NOT NULL,
    ended TEXT,
    doctor TEXT NOT NULL,
    patient TEXT NOT NULL,
    profile TEXT NOT NULL,
    parts INTEGER NOT NULL DEFAULT 1,
    seconds REAL NOT NULL DEFAULT 0,
    keep_days INTEGER,
    pid INTEGER NOT NULL,
    boot TEXT NOT NULL,
    data_key BLOB NOT NULL,
    ending BLOB
);

CREATE TABLE lines (
    session TEXT NOT NULL REFERENCES sessions (id),
    number INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (session, number)
);

CREATE TABLE consents (
    session TEXT NOT NULL REFERENCES sessions (id),
    number INTEGER NOT NULL,
    given_at TEXT NOT NULL,
    agreed INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (session, number)
);

CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    session TEXT NOT NULL,
    detail TEXT NOT NULL,
    digest TEXT NOT NULL
);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;

CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
