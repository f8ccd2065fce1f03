-- Notes of sessions: every version of each, as it was kept. Which note a version is of, and what it says, is in
-- `sealed`, under the session's own key.

CREATE TABLE notes (
    session TEXT NOT NULL REFERENCES sessions (id),
    number INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (session, number)
);

CREATE TRIGGER notes_are_never_changed BEFORE UPDATE ON notes
BEGIN
    SELECT RAISE(ABORT, 'a note that was kept does not change: keep a new version');
END;
