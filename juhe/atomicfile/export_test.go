package atomicfile

// CreateTemp creates a file as on a system without O_TMPFILE.
var CreateTemp = createTemp
