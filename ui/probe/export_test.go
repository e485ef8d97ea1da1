package probe

// Inner parts, for tests.
var Readable = readable
