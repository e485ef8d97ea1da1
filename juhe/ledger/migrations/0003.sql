-- How many lookups were about to be sent since the ledger was made, whatever
-- became of them. A file beside the database has it too, so that an older copy
-- in its place is noticed.
CREATE TABLE seen (
	count INTEGER NOT NULL
) STRICT;
INSERT INTO seen (count) VALUES (0);
