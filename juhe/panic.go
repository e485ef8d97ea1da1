package juhe

import "runtime/debug"

// Panic is a recovered panic. Whoever recovers one panics again with it, or reports it.
type Panic struct {
	Value any // may contain a person or a key
	Stack []byte
}

// NewPanic returns the panic whose value recover has returned. A *Panic keeps the stack
// of the first panic.
func NewPanic(recovered any) *Panic {
	if p, ok := recovered.(*Panic); ok {
		return p
	}
	return &Panic{recovered, debug.Stack()}
}
