package config

import (
	"os"
	"strings"
	"testing"
)

func TestVersionIsTheOneThatIsBuilt(t *testing.T) {
	text, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "k8s.io/kubernetes "+Version+"\n") {
		t.Errorf("go.mod does not ask for k8s.io/kubernetes %s", Version)
	}
	// A staging module of another version would compile and misbehave.
	staging := "v0." + strings.TrimPrefix(Version, "v1.")
	for line := range strings.Lines(string(text)) {
		if _, to, replaced := strings.Cut(line, " => "); replaced && !strings.HasSuffix(strings.TrimSpace(to), " "+staging) {
			t.Errorf("replaced by another version than %s: %s", staging, strings.TrimSpace(line))
		}
	}
}
