package chain

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReleaseComesBackAsItWasWritten(t *testing.T) {
	r := Release{
		Number: 4, Spec: complete(3), Action: "resize 6 → 3", Author: "kubernetes-admin", Outcome: Healthy,
		Time: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC),
	}
	text, err := r.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := ParseRelease(ReleaseName(4), map[string]string{ReleaseKey: text})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, got); diff != "" {
		t.Error(diff)
	}
}

func TestParseReleaseRefusesWhatIsNone(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"chain-link-services", `{}`, "no release's name"},
		{"chain-link-release-0", `{}`, "no release's name"},
		{"chain-link-release-2", ``, "lacks the key"},
		{"chain-link-release-2", `{`, "release 2:"},
		{"chain-link-release-2", `{"number":3,"spec":{"links":[{}]}}`, "says that it is number 3"},
		{"chain-link-release-2", `{"number":2}`, "has no links"},
	} {
		data := map[string]string{}
		if tc.text != "" {
			data[ReleaseKey] = tc.text
		}
		if _, err := ParseRelease(tc.name, data); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s %q: error %v; want one with %q", tc.name, tc.text, err, tc.want)
		}
	}
}
