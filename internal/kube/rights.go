package kube

import (
	"context"

	authz "k8s.io/api/authorization/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"golang.org/x/sync/errgroup"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// Right is what a user may do to a kind of objects in the cluster's namespace.
type Right struct {
	Verb        string // such as list
	Group       string // API group; empty for core
	Resource    string // such as pods
	Subresource string // such as log; mostly empty
}

func (r Right) String() string {
	resource := r.Resource
	if r.Group != "" {
		resource += "." + r.Group
	}
	if r.Subresource != "" {
		resource += "/" + r.Subresource
	}
	return r.Verb + " " + resource
}

// reviews is how many rights are asked for at once.
const reviews = 16

// Missing tells which of the rights the user lacks in the cluster's namespace, in their order.
func (c *Cluster) Missing(ctx context.Context, rights []Right) ([]Right, error) {
	allowed := make([]bool, len(rights))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(reviews)
	for i, r := range rights {
		group.Go(func() error {
			var err error
			allowed[i], err = c.Client.access(ctx, authz.ResourceAttributes{
				Namespace: c.Namespace, Verb: r.Verb, Group: r.Group, Resource: r.Resource, Subresource: r.Subresource,
			})
			return Classify(err)
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var missing []Right
	for i, r := range rights {
		if !allowed[i] {
			missing = append(missing, r)
		}
	}
	return missing, nil
}

// WhoAmI is the API server's name for the user; the kubeconfig's, of a server too old to tell (before 1.28).
func (c *Cluster) WhoAmI(ctx context.Context) (string, error) {
	answer, err := c.Client.self(ctx)
	switch {
	case apierrors.IsNotFound(err) || apierrors.IsForbidden(err):
		return sanitise.Line(c.User), nil
	case err != nil:
		return "", Classify(err)
	}
	return sanitise.Line(answer.Status.UserInfo.Username), nil
}
