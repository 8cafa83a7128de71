package config

import (
	"strings"

	"github.com/spf13/pflag"
)

// Flags holds what was given on the command line.
type Flags map[string]string

// AddFlags adds the settings of the groups to a command's flags. Values land in f as they are parsed; a value that can't
// be is refused there and then, with the flag's name.
func (f Flags) AddFlags(set *pflag.FlagSet, groups ...Group) {
	for _, s := range Of(groups...) {
		flag := set.VarPF(&flagValue{setting: s, into: f}, s.Name, s.Short, s.Help)
		if s.Kind == Boolean {
			flag.NoOptDefVal = "true"
		}
	}
}

// flagValue is one setting's pflag.Value.
type flagValue struct {
	setting *Setting
	into    Flags
}

// Set checks and keeps the text. A repeated list grows.
func (v *flagValue) Set(text string) error {
	text = strings.TrimSpace(text)
	if err := v.setting.Check(text); err != nil {
		return err
	}
	if old := v.into[v.setting.Name]; old != "" && (v.setting.Kind == List || v.setting.Kind == Lines) {
		text = old + "\n" + text
	}
	v.into[v.setting.Name] = text
	return nil
}

func (v *flagValue) String() string {
	if v.setting == nil { // pflag asks the zero value, to tell defaults
		return ""
	}
	if text, given := v.into[v.setting.Name]; given {
		return text
	}
	if v.setting.Kind == Boolean && v.setting.Default == "false" {
		return "" // help says nothing of it
	}
	return v.setting.Default
}

func (v *flagValue) Type() string { return string(v.setting.Kind) }
