CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('sheet', 'file', 'terminology')),
    source TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    title TEXT NOT NULL,
    licence TEXT NOT NULL,
    language TEXT NOT NULL,
    added TEXT NOT NULL,
    drugs TEXT NOT NULL,
    check_publisher TEXT NOT NULL,
    check_title TEXT NOT NULL,
    check_url TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    page INTEGER,
    is_entry INTEGER NOT NULL,
    text TEXT NOT NULL,
    terms TEXT NOT NULL
);

CREATE INDEX passages_of_document ON passages (document);

-- Terminologies have an index of their own: their many entries must not change which words of documents are rare.
CREATE VIEW passages_of_documents AS SELECT id, terms FROM passages WHERE NOT is_entry;
CREATE VIEW passages_of_terminologies AS SELECT id, terms FROM passages WHERE is_entry;

CREATE VIRTUAL TABLE words USING fts5 (
    terms,
    content = 'passages_of_documents',
    content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars '_-'"
);

CREATE VIRTUAL TABLE entries USING fts5 (
    terms,
    content = 'passages_of_terminologies',
    content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars '_-'"
);

CREATE TRIGGER passage_added AFTER INSERT ON passages WHEN NOT new.is_entry BEGIN
    INSERT INTO words (rowid, terms) VALUES (new.id, new.terms);
END;

CREATE TRIGGER entry_added AFTER INSERT ON passages WHEN new.is_entry BEGIN
    INSERT INTO entries (rowid, terms) VALUES (new.id, new.terms);
END;

CREATE TRIGGER passage_removed AFTER DELETE ON passages WHEN NOT old.is_entry BEGIN
    INSERT INTO words (words, rowid, terms) VALUES ('delete', old.id, old.terms);
END;

CREATE TRIGGER entry_removed AFTER DELETE ON passages WHEN old.is_entry BEGIN
    INSERT INTO entries (entries, rowid, terms) VALUES ('delete', old.id, old.terms);
END;

CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);

CREATE TABLE vectors (
    passage INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (passage, model)
) WITHOUT ROWID;

CREATE TABLE removed_sheets (source TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
