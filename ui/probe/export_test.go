package probe

// Readable exports readable for tests.
var Readable = readable
