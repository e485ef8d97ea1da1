package ident

import "strings"

// hasShape reports whether s has the given shape, in which 9 stands for any digit, A for
// any capital letter, and any other character for itself.
func hasShape(s, shape string) bool {
	if len(s) != len(shape) {
		return false
	}
	for i := range len(s) {
		switch shape[i] {
		case '9':
			if !isDigit(s[i]) {
				return false
			}
		case 'A':
			if !isCapital(s[i]) {
				return false
			}
		default:
			if s[i] != shape[i] {
				return false
			}
		}
	}
	return true
}

// isAlnum reports whether s is not empty and has only ASCII digits and capital letters,
// so that its bytes are its characters.
func isAlnum(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) && !isCapital(s[i]) {
			return false
		}
	}
	return s != ""
}

func isDigits(s string) bool {
	return s != "" && countDigits(s) == len(s)
}

func countDigits(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

// digit returns the value of an ASCII digit.
func digit(b byte) int { return int(b - '0') }

func isDigit(b byte) bool   { return '0' <= b && b <= '9' }
func isCapital(b byte) bool { return 'A' <= b && b <= 'Z' }

// consistsOf reports whether every byte of s is in alphabet.
func consistsOf(s, alphabet string) bool {
	for i := range len(s) {
		if strings.IndexByte(alphabet, s[i]) < 0 {
			return false
		}
	}
	return true
}
