-- The settled look-ups. key is the time in milliseconds × 64, plus a number
-- that tells look-ups of one millisecond apart: in its order, imported ones
-- too, they are read.
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
	raw        TEXT NOT NULL -- last: it may be long, and most readers pass it by
) STRICT;

CREATE INDEX lookup_same ON lookup (same);
CREATE INDEX lookup_outcome ON lookup (outcome);

-- What is about to be sent, or was, and has not ended. holder is the process
-- that does it; it holds a lock on a file of that name.
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

-- How many were sent on a day in Beijing, whatever became of them.
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

-- The index of grams: see gram.go, which makes the tokens. It holds hashes
-- only, so what is deleted leaves no value in it.
CREATE VIRTUAL TABLE gram USING fts5 (
	tokens, content = '', detail = none, columnsize = 0, tokenize = 'ascii'
);
INSERT INTO gram (gram, rank) VALUES ('secure-delete', 1);
INSERT INTO gram (gram, rank) VALUES ('automerge', 8);

-- The settled look-ups that are not in the index yet: it takes them in groups.
CREATE TABLE unindexed (
	key INTEGER PRIMARY KEY
) STRICT;
