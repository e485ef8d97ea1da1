-- A digest of each row, which detects changes on the disk. The digest of a lookup is of
-- the columns that a search reads; its raw answer has its own.
ALTER TABLE lookup ADD COLUMN digest INTEGER;
ALTER TABLE lookup ADD COLUMN raw_digest INTEGER;
UPDATE lookup SET
	digest = digest(key, id, at, service, api, asked, entname, entmark, realname, idcard, remarks,
		outcome, billable, fault, detail, state, code, error_code, desc, regstatus, orderid, reason, elapsed, imported, spoken),
	raw_digest = digest(raw);
ALTER TABLE trace ADD COLUMN digest INTEGER;
UPDATE trace SET digest = digest(at, who, what, id, count, detail, masked);
