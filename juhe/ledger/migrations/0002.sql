-- The runs of batches: what each was asked to do, and how far it has come.
-- Rows of the input are not kept: it is read again, and known by its hash.
CREATE TABLE run (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	at        INTEGER NOT NULL, -- milliseconds since 1970
	path      TEXT NOT NULL,
	hash      TEXT NOT NULL, -- SHA-256, in hexadecimal
	sheet     TEXT NOT NULL,
	head      INTEGER NOT NULL,
	columns   TEXT NOT NULL, -- of the four factors, from 0, as JSON
	out       TEXT NOT NULL,
	service   TEXT NOT NULL,
	api       TEXT NOT NULL,
	asked     INTEGER NOT NULL,
	rows      INTEGER NOT NULL,
	duplicate INTEGER NOT NULL,
	invalid   INTEGER NOT NULL,
	stopped   TEXT NOT NULL,
	ended     INTEGER NOT NULL,
	written   TEXT NOT NULL,
	elapsed   INTEGER NOT NULL -- milliseconds
) STRICT;

-- The rows that have ended, by the look-up that says how. What the operator
-- deletes of the history leaves its row here, so that it is not sent again.
CREATE TABLE run_row (
	run     INTEGER NOT NULL,
	row     INTEGER NOT NULL,
	id      TEXT NOT NULL,
	outcome TEXT NOT NULL,
	earlier INTEGER NOT NULL, -- whether the look-up was not made for this row
	calls   INTEGER NOT NULL,
	PRIMARY KEY (run, row)
) WITHOUT ROWID, STRICT;

-- The row that a look-up under way is for.
ALTER TABLE intent ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
ALTER TABLE intent ADD COLUMN row INTEGER NOT NULL DEFAULT 0;

-- A run has many under way at a time.
CREATE INDEX intent_same ON intent (same);
