//go:build !linux

package atomicfile

import (
	"errors"
	"os"
)

func openTmpfile(string) (*os.File, bool) { return nil, false }

func linkTmpfile(*os.File, string) error { return errors.ErrUnsupported }
