package ident

import "strings"

// isProvince reports whether two digits are the code of a province in GB/T 2260 that
// issues identifiers (71 is Taiwan).
func isProvince(code string) bool {
	const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 " +
		"41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71"
	return strings.Contains(provinces, code)
}

// isEntmarkRegion reports whether two digits are the code of a province, or 10, which
// stands for the national authorities in company IDs.
func isEntmarkRegion(code string) bool {
	return code == "10" || isProvince(code)
}
