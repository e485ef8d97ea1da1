package config

import "context"

// LedgerKey runs the ledger's key_command until ctx ends and returns its output
// without surrounding white space. It caches nothing.
//
// An error is [ErrMissing] if there is no command, else an [*Error] whose File
// is the program: ProblemValue if the output is empty or contains white space or
// control characters, else ProblemRead. It never holds the output.
func (c *Config) LedgerKey(ctx context.Context) (string, error) {
	command := c.Ledger.KeyCommand
	if len(command) == 0 {
		return "", ErrMissing
	}
	printed, err := run(ctx, "ledger.key_command", command)
	if err != nil {
		return "", err
	}
	key, ok := cleanSecret(printed)
	if !ok {
		return "", &Error{File: command[0], Key: "ledger.key_command", Problem: ProblemValue}
	}
	return key, nil
}
