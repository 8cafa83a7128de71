package main

import (
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"time"

	"github.com/spf13/pflag"

	"github.com/chaintui/chaintui/internal/link/conns"
)

// flags are a command's flags, each with an environment variable beside it. A variable that can't be read is an error
// when the command runs, so that --help always works.
type flags struct {
	set  *pflag.FlagSet
	errs []error
}

func (f *flags) text(into *string, name, env, otherwise, usage string) {
	if v, ok := os.LookupEnv(env); ok {
		otherwise = v
	}
	f.set.StringVar(into, name, otherwise, usage+" ("+env+")")
}

func (f *flags) duration(into *time.Duration, name, env string, otherwise time.Duration, usage string) {
	fromEnv(f, env, &otherwise, time.ParseDuration)
	f.set.DurationVar(into, name, otherwise, usage+" ("+env+")")
}

func (f *flags) number(into *float64, name, env string, otherwise float64, usage string) {
	fromEnv(f, env, &otherwise, func(s string) (float64, error) { return strconv.ParseFloat(s, 64) })
	f.set.Float64Var(into, name, otherwise, usage+" ("+env+")")
}

func (f *flags) integer(into *int, name, env string, otherwise int, usage string) {
	fromEnv(f, env, &otherwise, strconv.Atoi)
	f.set.IntVar(into, name, otherwise, usage+" ("+env+")")
}

func (f *flags) yes(into *bool, name, env, usage string) {
	otherwise := false
	fromEnv(f, env, &otherwise, strconv.ParseBool)
	f.set.BoolVar(into, name, otherwise, usage+" ("+env+")")
}

func fromEnv[T any](f *flags, env string, into *T, parse func(string) (T, error)) {
	text := os.Getenv(env)
	if text == "" {
		return
	}
	v, err := parse(text)
	if err != nil {
		f.errs = append(f.errs, fmt.Errorf("%s=%q: %w", env, text, err))
		return
	}
	*into = v
}

// common are the flags of every command.
type common struct {
	listen     string
	logLevel   string
	resolve    string
	drainDelay time.Duration
}

func (c *common) add(f *flags, listen string) {
	f.text(&c.listen, "listen", "CHAIN_LINK_LISTEN", listen, "address to listen on")
	f.text(&c.logLevel, "log-level", "CHAIN_LINK_LOG_LEVEL", "info", "debug, info, warn or error")
	f.text(&c.resolve, "resolve", "CHAIN_LINK_RESOLVE", "", "connect to these addresses instead of asking DNS: name=host:port,…")
	f.duration(&c.drainDelay, "drain-delay", "CHAIN_LINK_DRAIN_DELAY", time.Second,
		"time between SIGTERM and the closing of the listener, in which requests are served as before")
}

// logger writes JSON on stdout.
func (c *common) logger() (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.logLevel)); err != nil {
		return nil, fmt.Errorf("log level %q: want debug, info, warn or error", c.logLevel)
	}
	log := slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{Level: level}))
	slog.SetDefault(log)
	return log, nil
}

func (c *common) dial() (conns.DialFunc, error) {
	table, err := conns.ParseResolve(c.resolve)
	if err != nil || table == nil {
		return nil, err
	}
	return conns.Resolve(table, nil), nil
}
