-- The newest time of a day at which a lookup was sent. The newest of all days does not go
-- back with the clock.
ALTER TABLE sent ADD COLUMN newest INTEGER NOT NULL DEFAULT 0; -- milliseconds since 1970
UPDATE sent SET newest = max((unixepoch(day) - 28800) * 1000,
		coalesce((SELECT at FROM lookup WHERE imported = 0 ORDER BY key DESC LIMIT 1), 0))
	WHERE day = (SELECT max(day) FROM sent);

-- Whether the operator has accepted the clock on an earlier day, which has back set. Then
-- this day has not come yet, and its count was added to the earlier one.
ALTER TABLE sent ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sent ADD COLUMN back INTEGER NOT NULL DEFAULT 0;

-- The day on which a pending lookup counts.
ALTER TABLE intent ADD COLUMN day TEXT NOT NULL DEFAULT '';

-- Other spellings of the same name get the same hash.
UPDATE lookup SET same = sameness(entname, entmark, realname, idcard)
	WHERE same <> sameness(entname, entmark, realname, idcard);
UPDATE intent SET same = sameness(entname, entmark, realname, idcard);
