-- The runs of batches and their progress. The rows of the input are not stored: the
-- input is read again and compared by its hash.
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

-- The finished rows and their lookups. Deleting a lookup keeps its row, so that it is
-- not sent again.
CREATE TABLE run_row (
	run     INTEGER NOT NULL,
	row     INTEGER NOT NULL,
	id      TEXT NOT NULL,
	outcome TEXT NOT NULL,
	earlier INTEGER NOT NULL, -- whether the lookup was made for something else
	calls   INTEGER NOT NULL,
	PRIMARY KEY (run, row)
) WITHOUT ROWID, STRICT;

-- The row that a pending lookup is for.
ALTER TABLE intent ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
ALTER TABLE intent ADD COLUMN row INTEGER NOT NULL DEFAULT 0;

-- A run has many pending lookups.
CREATE INDEX intent_same ON intent (same);
