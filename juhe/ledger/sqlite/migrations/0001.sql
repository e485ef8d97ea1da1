-- The concluded lookups. key is the time in milliseconds × 64, plus a number that
-- differs between lookups of the same millisecond. It is the order of the history.
CREATE TABLE lookup (
	key        INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	at         INTEGER NOT NULL, -- milliseconds since 1970
	service    TEXT NOT NULL,
	api        TEXT NOT NULL,
	asked      INTEGER NOT NULL, -- whether regstatus was asked for
	same       INTEGER NOT NULL, -- a hash of the four factors
	entname    TEXT NOT NULL,
	entmark    TEXT NOT NULL,
	realname   TEXT NOT NULL,
	idcard     TEXT NOT NULL,
	spoken     TEXT NOT NULL, -- the names in pinyin and initials
	remarks    TEXT NOT NULL, -- as JSON
	outcome    TEXT NOT NULL,
	billable   TEXT NOT NULL,
	fault      TEXT NOT NULL,
	detail     TEXT NOT NULL,
	state      INTEGER,
	code       INTEGER,
	error_code INTEGER,
	desc       TEXT NOT NULL,
	regstatus  TEXT NOT NULL,
	orderid    TEXT NOT NULL,
	reason     TEXT NOT NULL,
	elapsed    INTEGER NOT NULL, -- milliseconds
	imported   INTEGER NOT NULL,
	raw        TEXT NOT NULL -- last, because it may be long and is rarely read
) STRICT;

CREATE INDEX lookup_same ON lookup (same);
CREATE INDEX lookup_outcome ON lookup (outcome);

-- The pending lookups. holder is the name of a file that the sending process locks.
CREATE TABLE intent (
	id       TEXT PRIMARY KEY,
	holder   TEXT NOT NULL,
	at       INTEGER NOT NULL,
	service  TEXT NOT NULL,
	api      TEXT NOT NULL,
	asked    INTEGER NOT NULL,
	same     INTEGER NOT NULL,
	entname  TEXT NOT NULL,
	entmark  TEXT NOT NULL,
	realname TEXT NOT NULL,
	idcard   TEXT NOT NULL,
	remarks  TEXT NOT NULL
) STRICT;

-- The number of lookups sent on each day in Beijing, whatever their outcome.
CREATE TABLE sent (
	day   TEXT PRIMARY KEY,
	count INTEGER NOT NULL
) STRICT;

CREATE TABLE trace (
	key    INTEGER PRIMARY KEY AUTOINCREMENT,
	at     INTEGER NOT NULL,
	who    TEXT NOT NULL,
	what   TEXT NOT NULL,
	id     TEXT NOT NULL,
	count  INTEGER NOT NULL,
	detail TEXT NOT NULL,
	masked INTEGER NOT NULL
) STRICT;

-- The search index. gram.go computes the tokens. They are hashes, so the index holds no
-- values in plain text.
CREATE VIRTUAL TABLE gram USING fts5 (
	tokens, content = '', detail = none, columnsize = 0, tokenize = 'ascii'
);
INSERT INTO gram (gram, rank) VALUES ('secure-delete', 1);
INSERT INTO gram (gram, rank) VALUES ('automerge', 8);

-- The concluded lookups that are not in the search index yet.
CREATE TABLE unindexed (
	key INTEGER PRIMARY KEY
) STRICT;
