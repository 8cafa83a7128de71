package chain

import (
	"fmt"
	"regexp"
)

// Kubernetes's rules for names: a Service is a DNS-1035 label, a namespace a DNS-1123 label, 63 characters at most.
var (
	label1035 = regexp.MustCompile(`^[a-z]([-a-z0-9]*[a-z0-9])?$`)
	label1123 = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?$`)
)

func dns1035(s string) bool { return len(s) <= 63 && label1035.MatchString(s) }

// ValidateNamespace tells whether Kubernetes will take the name for a namespace.
func ValidateNamespace(name string) error {
	if len(name) > 63 || !label1123.MatchString(name) {
		return fmt.Errorf("namespace %q: want at most 63 lower-case letters, digits and dashes, with a letter or digit at both ends", name)
	}
	return nil
}
