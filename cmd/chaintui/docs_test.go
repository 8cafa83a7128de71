package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/chaintui/chaintui/internal/config"
)

var update = flag.Bool("write", false, "write docs/cli.md's tables anew")

const docs = "../../docs/cli.md"

// The tables of commands and settings in the docs are made of the commands and settings themselves.
func TestDocsAreFresh(t *testing.T) {
	text, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	a := &app{out: io.Discard, err: io.Discard, flags: config.Flags{}}
	want := string(text)
	for name, made := range map[string]string{"commands": commandsTable(a.root()), "settings": settingsTable()} {
		want = between(t, want, name, made)
	}
	if want == string(text) {
		return
	}
	if !*update {
		t.Fatalf("%s is stale: go test ./cmd/chaintui -run Docs -write", docs)
	}
	if err := os.WriteFile(docs, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// between replaces what stands between the markers of a generated part.
func between(t *testing.T, text, name, made string) string {
	t.Helper()
	begin, end := "<!-- generated: "+name+" -->\n", "<!-- end: "+name+" -->"
	before, rest, ok := strings.Cut(text, begin)
	_, after, found := strings.Cut(rest, end)
	if !ok || !found {
		t.Fatalf("%s lacks the markers of %s", docs, name)
	}
	return before + begin + made + end + after
}

func commandsTable(root *cobra.Command) string {
	var b strings.Builder
	b.WriteString("| command | what it does |\n|---|---|\n")
	var flags strings.Builder
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			if !sub.IsAvailableCommand() {
				continue
			}
			use := strings.TrimPrefix(strings.TrimSuffix(sub.UseLine(), " [flags]"), "chaintui ")
			fmt.Fprintf(&b, "| `%s` | %s |\n", escape(use), escape(sub.Short))
			list := own(sub)
			if len(list) > 0 {
				fmt.Fprintf(&flags, "\n`%s`\n\n| flag | default | what it does |\n|---|---|---|\n%s", strings.TrimPrefix(sub.CommandPath(), "chaintui "), strings.Join(list, ""))
			}
			walk(sub)
		}
	}
	if list := own(root); len(list) > 0 {
		fmt.Fprintf(&flags, "\n`chaintui` without a command\n\n| flag | default | what it does |\n|---|---|---|\n%s", strings.Join(list, ""))
	}
	walk(root)
	return b.String() + "\n### Flags of one command\n\nFlags of the settings below are not repeated here.\n" + flags.String()
}

// own are the rows of a command's own flags.
func own(c *cobra.Command) []string {
	var rows []string
	c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		name := "`--" + f.Name + "`"
		if f.Shorthand != "" {
			name = "`-" + f.Shorthand + "`, " + name
		}
		fallback := f.DefValue
		if fallback == "false" || fallback == "[]" || fallback == "0s" || fallback == "0" {
			fallback = ""
		}
		rows = append(rows, fmt.Sprintf("| %s | %s | %s |\n", name, escape(fallback), escape(f.Usage)))
	})
	return rows
}

func settingsTable() string {
	var b strings.Builder
	for _, group := range []config.Group{config.Access, config.Chain, config.Load, config.Pods, config.Run} {
		fmt.Fprintf(&b, "**%s**\n\n| flag | variable | in the file | default | what it sets |\n|---|---|---|---|---|\n", group)
		for _, s := range config.Of(group) {
			name, key := "`--"+s.Name+"`", "`"+s.Key()+"`"
			if s.Short != "" {
				name = "`-" + s.Short + "`, " + name
			}
			if s.NotInFile {
				key = ""
			}
			fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %s |\n", name, s.Env(), key, escape(s.Default), escape(s.Help))
		}
		b.WriteString("\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func escape(s string) string { return strings.ReplaceAll(s, "|", "\\|") }
