package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/chaintui/chaintui/internal/chain"
)

func resolve(t *testing.T, args, environ []string, file string) (*Config, error) {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", "")
	if file != "" {
		write(t, filepath.Join(home, ".config/chain-link/chain-link-cli.conf"), file)
	}
	flags := Flags{}
	set := pflag.NewFlagSet("test", pflag.ContinueOnError)
	flags.AddFlags(set, Access, Chain, Load, Pods, Run)
	if err := set.Parse(args); err != nil {
		return nil, err
	}
	return Resolve(flags, environ)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

const original = "[DEFAULT]\ninstances = 4\nnamespace = from-file\nchain_link_image = registry/app:1\nsleep_time = 60\n"

func TestStrongestSourceWins(t *testing.T) {
	for _, test := range []struct {
		name    string
		args    []string
		env     []string
		file    string
		setting string
		want    string
		origin  Origin
	}{
		{"default", nil, nil, "", "instances", "3", FromDefault},
		{"file", nil, nil, original, "instances", "4", FromFile},
		{"file without a header", nil, nil, strings.TrimPrefix(original, "[DEFAULT]\n"), "chain-link-image", "registry/app:1", FromFile},
		{"environment over file", nil, []string{"CHAINTUI_INSTANCES=5"}, original, "instances", "5", FromEnv},
		{"flag over environment", []string{"--instances", "6"}, []string{"CHAINTUI_INSTANCES=5"}, original, "instances", "6", FromFlag},
		{"flag over file: the original has it the other way round", []string{"--namespace=mine"}, nil, original, "namespace", "mine", FromFlag},
		{"the original's sleep time is a rate", nil, nil, original, "rate", "0.016666666666666666", FromFile},
		{"rate by flag over the file's sleep time", []string{"--rate", "5"}, nil, original, "rate", "5", FromFlag},
		{"sleep time by flag over rate by environment", []string{"--sleep-time", "0.5"}, []string{"CHAINTUI_RATE=9"}, "", "rate", "2", FromFlag},
		{"an empty variable is none", nil, []string{"CHAINTUI_CONTEXT="}, "", "context", "", FromDefault},
		{"a repeated list grows", []string{"--node-selector", "a=1", "--node-selector=b=2,c=3"}, nil, "", "node-selector", "a=1\nb=2,c=3", FromFlag},
		{"keys know no case, as Python's", nil, nil, "Instances: 7\n", "instances", "7", FromFile},
		{"a colon in a value", nil, nil, "chain_link_image = localhost:5000/app:2\n", "chain-link-image", "localhost:5000/app:2", FromFile},
		{"a hash is no comment within a line", nil, nil, "context = app #2\n", "context", "app #2", FromFile},
		{"one link", []string{"--instances=1"}, nil, "", "instances", "1", FromFlag},
		{"many links", []string{"--instances=500"}, nil, "", "instances", "500", FromFlag},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, err := resolve(t, test.args, test.env, test.file)
			if err != nil {
				t.Fatal(err)
			}
			if v := c.Get(test.setting); v.Text != test.want || v.Origin != test.origin {
				t.Errorf("%s = %q from %s, want %q from %s", test.setting, v.Text, v.Origin, test.want, test.origin)
			}
		})
	}
}

func TestOwnFileOverTheOriginals(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", "")
	write(t, filepath.Join(home, ".config/chain-link/chain-link-cli.conf"), original)
	own := filepath.Join(home, ".config/chaintui/config")
	write(t, own, "# mine\nrate = 7\n")
	c, err := Resolve(Flags{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if v := c.Get("rate"); v.Text != "7" || v.Where != own+":2" {
		t.Errorf("rate is %+v, want 7 of %s:2", v, own)
	}
	if got := c.Text("instances"); got != "4" {
		t.Errorf("instances = %s, want the original file's 4", got)
	}
}

// Each of these ended in a traceback, or in nothing at all, with the original.
func TestWhatIsWrongIsSaidWithItsPlace(t *testing.T) {
	for _, test := range []struct {
		name string
		args []string
		env  []string
		file string
		want []string
	}{
		{"no links", []string{"--instances", "0"}, nil, "", []string{"--instances", "1 to 1000"}},
		{"no links by file", nil, nil, "instances = 0\n", []string{"chain-link-cli.conf:1: instances: 0"}},
		{"no integer", []string{"--instances=many"}, nil, "", []string{"--instances", `"many"`}},
		{"no integer by file", nil, nil, "[DEFAULT]\nnamespace = x\ninstances = abc\n", []string{"chain-link-cli.conf:3: instances", `"abc"`}},
		{"no integer by environment", nil, []string{"CHAINTUI_INSTANCES=1.5"}, "", []string{"CHAINTUI_INSTANCES", `"1.5"`}},
		{"too large for an integer", []string{"--instances=99999999999999999999"}, nil, "", []string{"1 to 1000"}},
		{"no DNS label", []string{"-n", "Not_A_Label"}, nil, "", []string{"namespace", `"Not_A_Label"`}},
		{"two loads", []string{"--rate=1", "--sleep-time=2"}, nil, "", []string{"--rate and --sleep-time"}},
		{"never", []string{"--sleep-time=0"}, nil, "", []string{"--sleep-time", "more than 0"}},
		{"no number", []string{"--rate=NaN"}, nil, "", []string{"--rate"}},
		{"no INI", nil, nil, "instances\n", []string{"chain-link-cli.conf", "instances = 3"}},
		{"no text", nil, nil, "a = 1\n\x00", []string{"chain-link-cli.conf:2", "no text file"}},
		{"all at once", nil, []string{"CHAINTUI_INSTANCES=0"}, "namespace = A\n", []string{"CHAINTUI_INSTANCES", "namespace"}},
		{"no such file", []string{"--config-file", "/does/not/exist"}, nil, "", []string{"/does/not/exist", "no such file"}},
		{"a folder", []string{"--config-file", "/"}, nil, "", []string{"configuration file /", "directory"}},
		{"no image", []string{"--chain-link-image", ":"}, nil, "", []string{"--chain-link-image", `image ":": want [registry/]name[:tag]`}},
		{"no image by file", nil, nil, "chain_link_image = App:1\n", []string{"chain-link-cli.conf:1: chain_link_image", "lower case"}},
		{"no image of tools by environment", nil, []string{"CHAINTUI_TOOLS_IMAGE=https://a/b"}, "", []string{"CHAINTUI_TOOLS_IMAGE"}},
		{"no image of Zipkin", []string{"--zipkin-image", "a//b"}, nil, "", []string{"--zipkin-image"}},
		{"a toleration", []string{"--toleration", "gpu:Never"}, nil, "", []string{"NoSchedule"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := resolve(t, test.args, test.env, test.file)
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q lacks %q", err, want)
				}
			}
		})
	}
}

func TestUnknownIsWarned(t *testing.T) {
	c, err := resolve(t, nil, []string{"CHAINTUI_COLOUR=red", "PATH=/bin"}, "instances = 2\ncolour = red\n[other]\ninstances = 9\n")
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(c.Warnings, "\n")
	for _, want := range []string{`chain-link-cli.conf:2: unknown key "colour"`, "section [other]", "CHAINTUI_COLOUR"} {
		if !strings.Contains(all, want) {
			t.Errorf("warnings lack %q:\n%s", want, all)
		}
	}
	if c.Text("instances") != "2" {
		t.Errorf("instances = %s, want those of the default section", c.Text("instances"))
	}
}

func TestFirstDeployTakesAllLaterOnesOnlyFlags(t *testing.T) {
	c, err := resolve(t, []string{"--sample-rate", "25%", "--toleration=gpu=yes:NoSchedule", "--pod-annotation", "note=a, b"}, nil, original)
	if err != nil {
		t.Fatal(err)
	}
	first := c.Spec()
	if first.Len() != 4 || first.Image != "registry/app:1" || first.SampleRate != 0.25 || first.Pods.Annotations["note"] != "a, b" {
		t.Errorf("first deploy: %+v", first)
	}
	running := chain.Default()
	running.Resize(8)
	running.Image = "other"
	running.Pods.CPURequest = "7m"
	changed := c.Change(&running)
	if running.Len() != 8 || running.Image != "other" || running.Pods.CPURequest != "7m" {
		t.Errorf("the file changed a running chain: %+v", running)
	}
	if running.SampleRate != 0.25 || len(running.Pods.Tolerations) != 1 || len(changed) != 3 {
		t.Errorf("flags did not change it: %+v, %v", running, changed)
	}
	if c.LoadGiven() {
		t.Error("the file's sleep time counts as given")
	}
}

func TestPodsOfOneLink(t *testing.T) {
	c, err := resolve(t, []string{"--cpu-request=50m", "--node-selector=disk=ssd"}, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	before := chain.Default()
	spec := before.Clone()
	c.ChangeLink(&spec, 1)
	if spec.PodsOf(1).CPURequest != "50m" || spec.PodsOf(1).NodeSelector["disk"] != "ssd" || spec.PodsOf(0).CPURequest != "" {
		t.Errorf("links: %+v", spec.Links)
	}
	if before.Links[1].Pods.CPURequest != "" {
		t.Error("the Spec that was copied changed too")
	}
}

func TestDefaultsAreTheDomains(t *testing.T) {
	c, err := resolve(t, nil, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	got, want := c.Spec(), chain.Default()
	if got.Len() != want.Len() || got.Collector != want.Collector || got.ZipkinImage != want.ZipkinImage ||
		got.SampleRate != want.SampleRate || got.NetworkPolicy != want.NetworkPolicy || got.PodSecurity != want.PodSecurity || got.NoLoad {
		t.Errorf("Spec of no settings: %+v, want %+v", got, want)
	}
	if c.Load().Rate != chain.DefaultRate {
		t.Errorf("load %v, want %v", c.Load().Rate, chain.DefaultRate)
	}
}

func TestReadingNeverWrites(t *testing.T) {
	if _, err := resolve(t, []string{"--instances=5"}, nil, ""); err != nil {
		t.Fatal(err)
	}
	home, _ := os.UserHomeDir()
	if entries, _ := os.ReadDir(home); len(entries) != 0 {
		t.Errorf("it wrote %v", entries)
	}
}
