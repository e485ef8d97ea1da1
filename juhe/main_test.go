package juhe_test

import (
	"io"
	"log"
	"os"
	"testing"
)

// TestMain discards the log of net/http, as the program does, and sets an invalid
// proxy variable, which net/http ignores.
func TestMain(m *testing.M) {
	os.Setenv("HTTPS_PROXY", "http://user:proxy%password@proxy.example")
	log.SetOutput(io.Discard)
	os.Exit(m.Run())
}
