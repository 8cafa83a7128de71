package action

import (
	"os/exec"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A shell reads a quoted word as the word that it was; plain ones are left as they are.
func TestQuote(t *testing.T) {
	for _, word := range []string{
		"demo", "arn:aws:eks:eu-1:12/dev", "/home/a b/config", "", "it's", "$HOME", "`id`", `a"b\c`, "~", "*", "#1", "a;b&c|d>e", "!!", "(x)", "kind-ü",
	} {
		got, err := exec.Command("sh", "-c", "printf %s "+Quote(word)).Output()
		if err != nil || string(got) != word {
			t.Errorf("%q: quoted as %s, which the shell reads as %q, %v", word, Quote(word), got, err)
		}
	}
	for word, want := range map[string]string{"demo": "demo", "user@host:1/x": "user@host:1/x", "a b": "'a b'", "": "''", "a\x1b[2Jb": "ab"} {
		if got := Quote(word); got != want {
			t.Errorf("%q: %s; want %s", word, got, want)
		}
	}
}

func TestCommand(t *testing.T) {
	for _, tc := range []struct {
		id   string
		args Args
		want string
	}{
		{"fault", Args{"links": "1 2", "latency": "150ms"}, "chaintui fault 1 2 --latency 150ms"},
		{"fault", Args{"links": "2"}, "chaintui fault 2 --clear"},
		{"load", Args{"rate": "5"}, "chaintui load 5"},
		{"deploy", Args{"chain-link-image": "a b;c", "instances": "3"}, "chaintui deploy --chain-link-image 'a b;c' --instances 3"},
	} {
		if diff := cmp.Diff(tc.want, Command(tc.id, tc.args)); diff != "" {
			t.Error(diff)
		}
	}
}
