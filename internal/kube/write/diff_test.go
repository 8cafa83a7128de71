package write

import (
	"strings"
	"testing"

	"github.com/chaintui/chaintui/manifests"
)

func TestOverlaidIsWhatAnApplyWouldLeave(t *testing.T) {
	live := `{"metadata":{"name":"a","uid":"u"},"spec":{"replicas":1,"containers":[{"name":"b","image":"1","tty":true}],"rules":[{"p":1},{"p":2}]}}`
	got, err := overlaid([]byte(live), []byte(`{"spec":{"replicas":2,"containers":[{"name":"b","image":"2"},{"name":"c"}],"rules":[{"p":1}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"metadata":{"name":"a","uid":"u"},"spec":{"containers":[{"image":"2","name":"b","tty":true},{"name":"c"}],"replicas":2,"rules":[{"p":1}]}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestUnified(t *testing.T) {
	s := &Step{ID: manifests.ID{Kind: manifests.Service, Name: "a"}}
	for _, tc := range []struct{ before, after, want string }{
		{`{"a":1,"metadata":{}}`, `{"a":1,"status":{},"metadata":{"uid":"x","resourceVersion":"4"}}`, ""},
		{"", `{"a":1}`, "--- /dev/null\n+++ planned/service/a\n@@ -0,0 +1 @@\n+a: 1\n"},
		{`{"a":1}`, "", "--- live/service/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-a: 1\n"},
		{`{"a":1,"b":2}`, `{"a":1,"b":3}`, "--- live/service/a\n+++ planned/service/a\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n"},
	} {
		before, err := tidy([]byte(tc.before), s)
		if tc.before == "" {
			before, err = "", nil
		}
		if err != nil {
			t.Fatal(err)
		}
		after := ""
		if tc.after != "" {
			if after, err = tidy([]byte(tc.after), s); err != nil {
				t.Fatal(err)
			}
		}
		if got := unified(s, before, after); got != tc.want {
			t.Errorf("got:\n%s\nwant:\n%s", got, tc.want)
		}
	}
}

func TestADiffSteersNoTerminal(t *testing.T) {
	text, err := tidy([]byte(`{"data":{"a":"x\u001b[31m"}}`), &Step{})
	if err != nil || strings.Contains(text, "\x1b") {
		t.Errorf("%q, %v", text, err)
	}
}
