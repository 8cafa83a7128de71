package write

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pmezard/go-difflib/difflib"
	"sigs.k8s.io/yaml"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// tidy is an object's YAML without what the server keeps for itself.
func tidy(body []byte, s *Step) (string, error) {
	if body == nil {
		return "", nil
	}
	var object map[string]any
	if err := json.Unmarshal(body, &object); err != nil {
		return "", fmt.Errorf("%s: %w", s.ID, err)
	}
	delete(object, "status")
	delete(object, "apiVersion") // a typed list's items don't tell
	delete(object, "kind")
	if meta, ok := object["metadata"].(map[string]any); ok {
		for _, field := range []string{"managedFields", "resourceVersion", "uid", "creationTimestamp", "generation", "selfLink"} {
			delete(meta, field)
		}
		if annotations, ok := meta["annotations"].(map[string]any); ok {
			delete(annotations, "deployment.kubernetes.io/revision") // the Deployment controller's
			if len(annotations) == 0 {
				delete(meta, "annotations")
			}
		}
	}
	if spec, ok := object["spec"].(map[string]any); ok && spec["paused"] == false {
		delete(spec, "paused") // an apply sends it, and the server leaves it out
	}
	strip(object)
	text, err := yaml.Marshal(object)
	return sanitise.Text(string(text)), err
}

// strip takes null fields away: typed objects write some that the server leaves out.
func strip(v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if value == nil {
				delete(v, key)
				continue
			}
			strip(value)
		}
	case []any:
		for _, value := range v {
			strip(value)
		}
	}
}

func unified(s *Step, before, after string) string {
	if before == after {
		return ""
	}
	from, to := "live/"+s.String(), "planned/"+s.String()
	if before == "" {
		from = "/dev/null"
	}
	if after == "" {
		to = "/dev/null"
	}
	text, err := difflib.GetUnifiedDiffString(difflib.UnifiedDiff{
		A: splitLines(before), B: splitLines(after), FromFile: from, ToFile: to, Context: 3,
	})
	if err != nil { // it only fails when its writer does
		return ""
	}
	return text
}

// splitLines is the text's lines with their ends; none of an empty text.
func splitLines(text string) []string {
	if text == "" {
		return nil
	}
	lines := strings.SplitAfter(text, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
