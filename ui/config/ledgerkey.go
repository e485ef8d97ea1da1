package config

import "context"

// LedgerKey runs the ledger's key_command, until ctx ends, and gives what it
// prints without the white space around it. It remembers nothing.
//
// An error is [ErrMissing] if there is no command, else an [*Error] whose File
// is the program: ProblemValue if it printed nothing, or white space or control
// characters within, else ProblemRead. It holds nothing that was printed.
func (c *Config) LedgerKey(ctx context.Context) (string, error) {
	command := c.Ledger.KeyCommand
	if len(command) == 0 {
		return "", ErrMissing
	}
	printed, err := run(ctx, "ledger.key_command", command)
	if err != nil {
		return "", err
	}
	key, ok := secretText(printed)
	if !ok {
		return "", &Error{File: command[0], Key: "ledger.key_command", Problem: ProblemValue}
	}
	return key, nil
}
