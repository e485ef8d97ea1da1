package app

// ExpireHourly is purgeExpiredHourly for the tests.
var ExpireHourly = purgeExpiredHourly
