package kube

import (
	"context"
	"errors"
	"net/http"
)

// LogIn makes the kubeconfig's credential plugin get its credentials, by one cheap request. Connected without NoPrompt
// the plugin may ask on os.Stdin and os.Stderr. What it got serves every later connection of the same configuration in
// this process. The error is as Classify types it.
func (c *Cluster) LogIn(ctx context.Context) error {
	url, err := c.URL("version")
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	answer, err := c.HTTP.Do(request)
	if err != nil {
		return Classify(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusUnauthorized { // who may not see the version is known at least
		return &Unauthorized{Err: errors.New(answer.Status)}
	}
	return nil
}
