-- Whether rows with warnings are held back, and how many were.
ALTER TABLE run ADD COLUMN hold INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN held INTEGER NOT NULL DEFAULT 0;

-- Why rows cannot be sent or are held back. The table holds no values of a row.
CREATE TABLE run_fault (
	run     INTEGER NOT NULL,
	row     INTEGER NOT NULL,
	field   TEXT NOT NULL,
	spot    INTEGER NOT NULL, -- the column, from 0
	problem TEXT NOT NULL,
	cells   INTEGER NOT NULL, -- the number of cells that are missing or too many
	remarks TEXT NOT NULL,    -- as JSON
	PRIMARY KEY (run, row)
) WITHOUT ROWID, STRICT;

-- The input of the runs whose rows were pasted.
CREATE TABLE run_input (
	run  INTEGER PRIMARY KEY,
	rows TEXT NOT NULL
) STRICT;
