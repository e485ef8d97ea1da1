package form

import "fourfactor/juhe"

// Unsent reports whether the form holds what would be gone with it: something
// typed that has not been sent, and that no lookup in the history has filled in.
func (s *Screen) Unsent() bool {
	typed := s.Typed().Factors
	return typed != (juhe.Factors{}) && typed != s.sent && typed != s.filled
}
