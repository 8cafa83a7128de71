package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// output adds -o to a command. The first format is the default.
func output(c *cobra.Command, into *string, formats ...string) {
	*into = formats[0]
	c.Flags().VarP(&choice{into, formats}, "output", "o", "format of the output: "+strings.Join(formats, ", "))
}

// choice is a flag that takes one of a few words.
type choice struct {
	value *string
	words []string
}

// Set takes the word.
func (c *choice) Set(text string) error {
	if !slices.Contains(c.words, text) {
		return fmt.Errorf("want one of %s", strings.Join(c.words, ", "))
	}
	*c.value = text
	return nil
}

func (c *choice) String() string {
	if c.value == nil {
		return ""
	}
	return *c.value
}

// Type is what help calls the value.
func (c *choice) Type() string { return "format" }

// json prints a value as indented JSON, in which nothing steers a terminal.
func (a *app) json(v any) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := a.out.Write(sanitise.JSON(text.Bytes()))
	return err
}
