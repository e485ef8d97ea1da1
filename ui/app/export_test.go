package app

// ExpireHourly is expireHourly for the tests.
var ExpireHourly = expireHourly
