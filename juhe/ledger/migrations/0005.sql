-- Whether rows with warnings are held back, and how many that were.
ALTER TABLE run ADD COLUMN hold INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN held INTEGER NOT NULL DEFAULT 0;

-- Why rows cannot be sent, or are held back. No value of a row is in it.
CREATE TABLE run_fault (
	run     INTEGER NOT NULL,
	row     INTEGER NOT NULL,
	field   TEXT NOT NULL,
	spot    INTEGER NOT NULL, -- the column, from 0
	problem TEXT NOT NULL,
	cells   INTEGER NOT NULL, -- how many there are too many or too few
	remarks TEXT NOT NULL,    -- as JSON
	PRIMARY KEY (run, row)
) WITHOUT ROWID, STRICT;

-- The input of a run whose rows were pasted. They are in no file.
CREATE TABLE run_input (
	run  INTEGER PRIMARY KEY,
	rows TEXT NOT NULL
) STRICT;
