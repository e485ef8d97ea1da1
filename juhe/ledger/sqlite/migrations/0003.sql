-- The number of lookups recorded since the ledger was created, whatever their outcome. A
-- file beside the database has it too, so that an older copy in its place is noticed.
CREATE TABLE seen (
	count INTEGER NOT NULL
) STRICT;
INSERT INTO seen (count) VALUES (0);
