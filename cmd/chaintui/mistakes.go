package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/chaintui/chaintui/internal/config"
)

// wants is what a value of a flag's type has to be, where the type's own words are those of Go's packages.
var wants = map[string]string{
	"bool": "true or false", "int": "a whole number", "int64": "a whole number", "uint64": "a whole number, 0 or more",
	"duration": "a time such as 150ms or 5m",
}

// flagMistake says what is wrong with a command's flags, and where to read about them.
func flagMistake(c *cobra.Command, err error) error {
	text := err.Error()
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		flag := invalid.GetFlag()
		text = fmt.Sprintf("--%s: %v", flag.Name, invalid.Unwrap())
		if want := wants[flag.Value.Type()]; want != "" && config.Find(flag.Name) == nil { // settings have words of their own
			text = fmt.Sprintf("--%s: %q: want %s", flag.Name, invalid.GetValue(), want)
		}
	}
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		if given := unknown.GetSpecifiedShortnames(); given != "" && '0' <= given[0] && given[0] <= '9' { // no flag is a digit
			text = fmt.Sprintf("-%s: numbers here are 0 or more", given)
		}
	}
	return usage{errors.New(text + "; see " + c.CommandPath() + " --help")}
}

// argumentMistakes makes the errors of a command and those below it, when they are given too many arguments or too few,
// say how it is used.
func argumentMistakes(c *cobra.Command) {
	for _, sub := range c.Commands() {
		argumentMistakes(sub)
	}
	check := c.Args
	if check == nil {
		return
	}
	c.Args = func(c *cobra.Command, args []string) error {
		err := check(c, args)
		if err == nil || is[usage](err) {
			return err
		}
		return usage{errors.New("wrong arguments; usage: " + c.UseLine())}
	}
}
