package kube

import (
	"regexp"
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// forbidden is how the API server words a missing right (k8s.io/apiserver, handlers/responsewriters, forbiddenMessage):
//
//	pods is forbidden: User "dev" cannot list resource "pods" in API group "" in the namespace "demo": RBAC: …
//	deployments.apps "x" is forbidden: User "dev" cannot patch resource "deployments/scale" in API group "apps" at the cluster scope
var forbidden = regexp.MustCompile(`^[^ ]+ (?:"([^"]*)" )?is forbidden: User "([^"]*)" cannot ([a-z]+) resource "([^"]+)" in API group "([^"]*)" (?:in the namespace "([^"]*)"|at the cluster scope)`)

func parseForbidden(message string) (*Forbidden, bool) {
	m := forbidden.FindStringSubmatch(message)
	if m == nil {
		return nil, false
	}
	f := &Forbidden{Name: m[1], User: m[2], Verb: m[3], Resource: m[4], Namespace: m[6]}
	if group := m[5]; group != "" {
		f.Resource += "." + group
	}
	return f, true
}

// manager is how a cause names a field's other owner (apimachinery, managedfields, printManager):
//
//	conflict with "kubectl-edit" using apps/v1
//	conflict with "kube-controller-manager" with subresource "scale" using apps/v1 at …
var manager = regexp.MustCompile(`^conflicts? with "([^"]*)"`)

func conflict(err error, s metav1.Status) *Conflict {
	c := &Conflict{Err: err}
	if d := s.Details; d != nil {
		for _, cause := range d.Causes {
			if cause.Type != metav1.CauseTypeFieldManagerConflict {
				continue
			}
			if m := manager.FindStringSubmatch(cause.Message); m != nil && !slices.Contains(c.Managers, m[1]) {
				c.Managers = append(c.Managers, m[1])
			}
			if cause.Field != "" && !slices.Contains(c.Fields, cause.Field) {
				c.Fields = append(c.Fields, cause.Field)
			}
		}
	}
	return c
}
