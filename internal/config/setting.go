// Package config is what the user set, and where: flags win over the environment, that over the configuration file,
// that over the defaults. One table of settings makes all four, and what `config show` prints. It reads the file and
// never writes it.
package config

import (
	"slices"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
)

// Setting is one thing that can be set. Its value travels as text, and is checked wherever it comes from.
type Setting struct {
	Name      string // of the flag, without dashes
	Short     string // one-letter flag; empty for none
	Group     Group
	Default   string
	Help      string // one line, for --help and the docs
	Kind      Kind
	NotInFile bool // the file can't set it

	check func(text string) error                   // why the text can't be; nil takes any
	apply func(spec *chain.Spec, text string) error // into the Spec; nil when it is no part of it
	pods  func(pods *chain.Pods, text string) error // or into pods' extras
}

// Group is what settings have in common: which commands take them as flags.
type Group string

// The groups of settings.
const (
	Access Group = "The cluster" // every command
	Chain  Group = "The chain"   // what makes a first deploy's Spec
	Load   Group = "The load"    // live settings of a first deploy
	Pods   Group = "The pods"    // extras in the Spec's pod templates
	Run    Group = "How a command runs"
)

// Kind tells how a setting's text is read, and how its flag looks.
type Kind string

// The kinds of settings.
const (
	Text    Kind = "string"
	Integer Kind = "int"
	Number  Kind = "number"
	Boolean Kind = "bool"
	List    Kind = "list" // entries separated by commas; its flag may be repeated
	Lines   Kind = "text" // as List, but only a repeated flag separates: values may hold commas
	Time    Kind = "duration"
)

// EnvPrefix begins the name of each environment variable.
const EnvPrefix = "CHAINTUI_"

// Env is the setting's environment variable.
func (s *Setting) Env() string { return EnvPrefix + strings.ToUpper(s.Key()) }

// Key is the setting's name in the file, as the original spells its keys.
func (s *Setting) Key() string { return strings.ReplaceAll(s.Name, "-", "_") }

// Check says why the setting can't have this value.
func (s *Setting) Check(text string) error {
	if s.check == nil {
		return nil
	}
	return s.check(text)
}

// All are the settings, in the order in which help, docs and `config show` list them.
func All() []*Setting { return slices.Clone(table) }

// Of are the settings of a group.
func Of(groups ...Group) []*Setting {
	return slices.DeleteFunc(All(), func(s *Setting) bool { return !slices.Contains(groups, s.Group) })
}

// Find is the setting of that name, nil without one.
func Find(name string) *Setting {
	for _, s := range table {
		if s.Name == name {
			return s
		}
	}
	return nil
}
