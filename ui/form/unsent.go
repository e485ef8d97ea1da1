package form

import "fourfactor/juhe"

// HasUnsent reports whether the form holds what would be gone with it: something
// typed that has not been sent, and that no lookup in the history has filled in.
func (s *Screen) HasUnsent() bool {
	typed := s.Query().Factors
	return typed != (juhe.Factors{}) && typed != s.sent && typed != s.filled
}
