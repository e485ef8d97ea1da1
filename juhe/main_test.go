package juhe_test

import (
	"io"
	"log"
	"os"
	"testing"
)

// TestMain has nothing printed that net/http logs of what a service sends out of
// turn, as the program has not.
func TestMain(m *testing.M) {
	log.SetOutput(io.Discard)
	os.Exit(m.Run())
}
