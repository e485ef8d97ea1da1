package lookup

import (
	"context"
	"time"
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// Caller is the client that a Desk sends by: *juhe.Client.
type Caller interface {
	Prepare(context.Context, juhe.API) error
	Do(context.Context, juhe.Query) (juhe.Reply, error)
	Service() string
}

// Desk is where look-ups are made. It is safe for concurrent use.
type Desk struct {
	caller Caller
	now    func() time.Time
}

// NewDesk makes a Desk that sends by caller and reads the time from now.
func NewDesk(caller Caller, now func() time.Time) *Desk {
	return &Desk{caller: caller, now: now}
}

// Do makes one look-up of these factors, as they were typed. An error means
// that nothing was sent and that there is nothing to record: an *InputError,
// or what Caller.Prepare says of a missing key. Everything else, a failure to
// connect included, is the Record's outcome.
//
// When ctx ends, a look-up that is under way becomes lost, or unsent if it
// certainly had not left.
func (d *Desk) Do(ctx context.Context, typed juhe.Query) (Record, error) {
	at := d.now()
	query, remarks := Check(typed, at)
	if err := valid(query); err != nil {
		return Record{}, err
	}
	if err := d.caller.Prepare(ctx, query.API); err != nil {
		return Record{}, err
	}
	rec := Record{ID: newID(at), At: at, Service: d.caller.Service(), Query: query, Remarks: remarks}
	reply, err := d.caller.Do(ctx, query)
	if err != nil {
		return Record{}, err
	}
	rec.Reply, rec.Elapsed = reply, d.now().Sub(at)
	return rec, nil
}

// Problem is what is wrong with an input.
type Problem string

// The problems of an input. Everything else is a remark, never a wall.
const (
	ProblemEmpty Problem = "empty"
	ProblemUTF8  Problem = "utf8"
)

// InputError names the first field that cannot be sent.
type InputError struct {
	Field   ident.Field
	Problem Problem
}

func (e *InputError) Error() string { return string(e.Field) + ": " + string(e.Problem) }

func valid(q juhe.Query) error {
	for _, f := range ident.Fields() {
		switch value := Value(q.Factors, f); {
		case value == "":
			return &InputError{f, ProblemEmpty}
		case !utf8.ValidString(value):
			return &InputError{f, ProblemUTF8}
		}
	}
	return nil
}
