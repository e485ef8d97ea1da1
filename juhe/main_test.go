package juhe_test

import (
	"io"
	"log"
	"os"
	"testing"
)

// TestMain has nothing printed that net/http logs of what a service sends out of
// turn, as the program has not. The proxy of the environment is none that can
// be used, and that net/http goes past.
func TestMain(m *testing.M) {
	os.Setenv("HTTPS_PROXY", "http://user:proxy%password@proxy.example")
	log.SetOutput(io.Discard)
	os.Exit(m.Run())
}
