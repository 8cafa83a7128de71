package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestUsageErrors(t *testing.T) {
	for _, tc := range []struct {
		name string
		env  map[string]string
		args []string
		want string
	}{
		{"no service", nil, nil, "CHAIN_LINK_SERVICE_NAME"},
		{"a variable that can't be read", map[string]string{"CHAIN_LINK_TIMEOUT": "soon"}, nil, `CHAIN_LINK_TIMEOUT="soon"`},
		{"two of them", map[string]string{"CHAIN_LINK_SAMPLE_RATE": "all", "CHAIN_LINK_MAX_IN_FLIGHT": "x"}, []string{"serve"}, `CHAIN_LINK_MAX_IN_FLIGHT="x"`},
		{"sample rate", nil, []string{"--service-name", "a", "--sample-rate", "2"}, "want 0 to 1"},
		{"log level", map[string]string{"CHAIN_LINK_LOG_LEVEL": "loud"}, nil, "log level"},
		{"resolve", nil, []string{"--resolve", "a"}, "name=host:port"},
		{"target", nil, []string{"load", "--target", "head"}, "http://chain-link-service-0/"},
		{"unknown command", nil, []string{"forward"}, "forward"},
		{"unknown flag", nil, []string{"load", "--speed", "1"}, "--speed"},
		{"address", nil, []string{"collect", "--listen", "nowhere"}, "nowhere"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Setenv("CHAIN_LINK_LISTEN", "127.0.0.1:0")
			for k, v := range tc.env {
				t.Setenv(k, v)
			}
			cmd := command()
			cmd.SetArgs(tc.args)
			if err := cmd.ExecuteContext(t.Context()); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v; want one that names %s", err, tc.want)
			}
		})
	}
}

// Help works whatever the environment holds, and names each variable.
func TestHelpNamesVariables(t *testing.T) {
	t.Setenv("CHAIN_LINK_TIMEOUT", "soon")
	for _, tc := range []struct{ command, want string }{
		{"serve", "CHAIN_LINK_SAMPLE_RATE"}, {"load", "CHAIN_LINK_RATE"}, {"collect", "CHAIN_LINK_MAX_SPANS"},
	} {
		var out bytes.Buffer
		cmd := command()
		cmd.SetOut(&out)
		cmd.SetArgs([]string{tc.command, "--help"})
		if err := cmd.Execute(); err != nil || !strings.Contains(out.String(), tc.want) {
			t.Errorf("%s --help: %v\n%s", tc.command, err, out.String())
		}
	}
}

// Flags win over the environment.
func TestFlagsWinOverEnvironment(t *testing.T) {
	t.Setenv("CHAIN_LINK_RATE", "5")
	for _, tc := range []struct {
		args []string
		want string
	}{{nil, "5"}, {[]string{"--rate", "9"}, "9"}} {
		cmd := loadCommand()
		if err := cmd.ParseFlags(tc.args); err != nil {
			t.Fatal(err)
		}
		if got := cmd.Flags().Lookup("rate").Value.String(); got != tc.want {
			t.Errorf("%v: rate %s, want %s", tc.args, got, tc.want)
		}
	}
}
