package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Origin is where a value came from.
type Origin string

// The origins, weakest first.
const (
	FromDefault Origin = "default"
	FromFile    Origin = "file"
	FromEnv     Origin = "environment"
	FromFlag    Origin = "flag"
)

// Value is a setting's value and where it came from.
type Value struct {
	Text   string
	Origin Origin
	Where  string // --flag, VARIABLE, or file:line; empty for a default
	rank   int    // the higher one wins
}

// Ranks of the origins. Each file has a rank of its own.
const (
	defaultRank = iota
	fileRank
	envRank  = fileRank + 100
	flagRank = envRank + 1
)

// Config is every setting's value.
type Config struct {
	values   map[string]Value
	Files    []string // that were read, weakest first
	Warnings []string // what the user should know and that stops nothing
}

// Resolve puts flags over environ (as os.Environ gives it) over the configuration files over the defaults, and checks
// every value. Its error names all that is wrong at once, each with the place where it stands.
func Resolve(flags Flags, environ []string) (*Config, error) {
	env := map[string]string{}
	for _, e := range environ {
		if name, value, ok := strings.Cut(e, "="); ok && strings.HasPrefix(name, EnvPrefix) {
			env[name] = strings.TrimSpace(value)
		}
	}
	named := flags["config-file"]
	if named == "" {
		named = env[Find("config-file").Env()]
	}
	files, err := ReadFiles(named)
	if err != nil {
		return nil, err
	}
	return merge(flags, env, files)
}

// merge is Resolve over sources that were read already; of the files the last is strongest.
func merge(flags Flags, env map[string]string, files []File) (*Config, error) {
	c := &Config{values: map[string]Value{}}
	for _, f := range files {
		c.Files = append(c.Files, f.Path)
		c.Warnings = append(c.Warnings, f.Warnings...)
	}
	var errs []error
	for _, s := range table {
		v := valueOf(s, flags, env, files)
		c.values[s.Name] = v
		if v.Origin == FromDefault {
			continue
		}
		if err := s.Check(v.Text); err != nil {
			where := v.Where
			if v.Origin == FromFile {
				where += ": " + s.Key()
			}
			errs = append(errs, fmt.Errorf("%s: %w", where, err))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(env)) {
		if !slices.ContainsFunc(table, func(s *Setting) bool { return s.Env() == name }) && !strings.HasPrefix(name, EnvPrefix+"E2E_") {
			c.Warnings = append(c.Warnings, "the environment's "+name+" is no setting, and ignored")
		}
	}
	errs = append(errs, c.oneLoad())
	return c, errors.Join(errs...)
}

// valueOf is the strongest value of a setting. Empty text counts only as a flag, where it clears.
func valueOf(s *Setting, flags Flags, env map[string]string, files []File) Value {
	if text, given := flags[s.Name]; given {
		return Value{text, FromFlag, "--" + s.Name, flagRank}
	}
	if name := s.Env(); env[name] != "" {
		return Value{env[name], FromEnv, name, envRank}
	}
	for i, f := range slices.Backward(files) {
		if text := f.Values[s.Name]; text != "" {
			return Value{text, FromFile, f.at(f.Lines[s.Name]), fileRank + i}
		}
	}
	text := s.Default
	if text == "" && (s.Name == "chain-link-image" || s.Name == "tools-image") {
		text = Image
	}
	return Value{text, FromDefault, "", defaultRank}
}

// oneLoad settles that rate and sleep-time say the same thing: the stronger origin wins, and two flags are a mistake.
func (c *Config) oneLoad() error {
	rate, sleep := c.values["rate"], c.values["sleep-time"]
	switch {
	case rate.rank < sleep.rank:
		c.values["rate"] = Value{rateOfSleep(sleep.Text), sleep.Origin, sleep.Where, sleep.rank}
	case sleep.rank == defaultRank:
	case rate.rank == flagRank && sleep.rank == flagRank:
		return errors.New("--rate and --sleep-time set the same thing: give one of them")
	case rate.rank == sleep.rank:
		c.Warnings = append(c.Warnings, sleep.Where+": sleep_time is ignored beside rate")
	}
	return nil
}

// Get is a setting's value. An unknown name is a mistake of the program.
func (c *Config) Get(name string) Value {
	v, ok := c.values[name]
	if !ok {
		panic("config: no setting " + name)
	}
	return v
}

// Text is a setting's text.
func (c *Config) Text(name string) string { return c.Get(name).Text }

// Bool is a Boolean setting's value.
func (c *Config) Bool(name string) bool {
	b, _ := boolean(c.Text(name)) // checked already
	return b
}

// Given tells whether a flag set it. Only such settings change a chain that runs already.
func (c *Config) Given(name string) bool { return c.Get(name).Origin == FromFlag }
