-- The newest time of a day at which a look-up was about to be sent: the newest of
-- all does not go back with the clock.
ALTER TABLE sent ADD COLUMN newest INTEGER NOT NULL DEFAULT 0; -- milliseconds since 1970
UPDATE sent SET newest = max((unixepoch(day) - 28800) * 1000,
		coalesce((SELECT at FROM lookup WHERE imported = 0 ORDER BY key DESC LIMIT 1), 0))
	WHERE day = (SELECT max(day) FROM sent);

-- Whether an operator has said on an earlier day, the one with back, that the clock
-- is right: the day was not yet, and what was counted on it counts on the earlier one.
ALTER TABLE sent ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sent ADD COLUMN back INTEGER NOT NULL DEFAULT 0;

-- The day on which a look-up under way was counted.
ALTER TABLE intent ADD COLUMN day TEXT NOT NULL DEFAULT '';

-- What is the same name in another spelling has the same hash.
UPDATE lookup SET same = sameness(entname, entmark, realname, idcard)
	WHERE same <> sameness(entname, entmark, realname, idcard);
UPDATE intent SET same = sameness(entname, entmark, realname, idcard);
