-- A digest of each row as it was written, by which rot is noticed: that of a
-- lookup is of the columns which a search reads, and its raw answer has its own.
ALTER TABLE lookup ADD COLUMN digest INTEGER;
ALTER TABLE lookup ADD COLUMN raw_digest INTEGER;
UPDATE lookup SET
	digest = digest(key, id, at, service, api, asked, entname, entmark, realname, idcard, remarks,
		outcome, billable, fault, detail, state, code, error_code, desc, regstatus, orderid, reason, elapsed, imported, spoken),
	raw_digest = digest(raw);
ALTER TABLE trace ADD COLUMN digest INTEGER;
UPDATE trace SET digest = digest(at, who, what, id, count, detail, masked);
