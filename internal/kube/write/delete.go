package write

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/manifests"
)

// deletion is the action of a deletion's release.
const deletion = "delete"

// MakeDelete plans the deletion of a chain: everything that carries its labels, its releases, and its namespace if a
// deploy created that and nothing of anybody else's is in it, as Current's Shared and Unseen tell. It is pure.
func MakeDelete(c *Current) (*Plan, error) {
	p := &Plan{
		Action: deletion, Namespace: c.Namespace, Base: c.Base(), LiveNow: liveOf(c.Config),
		namespaceID: c.NamespaceID, releaseIDs: c.ReleaseIDs, deletes: true,
	}
	if p.Base != nil {
		p.claim = c.Newest + 1
		if p.Base.Outcome == chain.Pending {
			p.older = p.Base.Number
		}
	}
	p.prune(c, nil)
	foreign := c.foreign()
	if len(p.Steps)+len(p.releaseIDs) == 0 && len(foreign) > 0 {
		return nil, &Foreign{Namespace: c.Namespace, Objects: foreign}
	}
	for _, id := range foreign {
		p.Warnings = append(p.Warnings, id.String()+" is not chaintui's and stays")
	}
	for _, s := range p.Steps {
		if s.Kind == manifests.Deployment && s.Link >= 0 {
			p.Removed = append(p.Removed, s.Link)
		}
	}
	slices.Sort(p.Removed)
	if !c.Ours || c.Terminating {
		return p, nil
	}
	if why := stays(c.Namespace, append(slices.Clone(c.Shared), names(foreign)...), c.Unseen); why != "" {
		p.Warnings = append(p.Warnings, why)
		return p, nil
	}
	p.DeleteNamespace = true
	return p, nil
}

func names(ids []manifests.ID) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = id.String()
	}
	return list
}

// PlanDelete reads the chain and plans its deletion.
func (w *Writer) PlanDelete(ctx context.Context) (*Plan, error) {
	c, err := w.Read(ctx)
	if err != nil {
		return nil, err
	}
	if c.Ours && !c.Terminating {
		all, err := w.look(ctx)
		if err != nil {
			return nil, err
		}
		c.Shared, c.Unseen = strangers(c.Namespace, all.found), all.unseen
	}
	return MakeDelete(c)
}

// deleteAll carries out the plan of a deletion. The releases go last, so that an interrupted one can be told from a
// chain that never was.
func (r *run) deleteAll(ctx context.Context) error {
	if err := r.deleteSteps(ctx); err != nil {
		return err
	}
	if r.wait {
		if err := r.awaitPodsGone(ctx); err != nil {
			return err
		}
	}
	for _, number := range slices.Sorted(maps.Keys(r.releaseIDs)) {
		id := manifests.ID{Kind: manifests.ConfigMap, Name: chain.ReleaseName(number)}
		if err := r.remove(ctx, id, r.releaseIDs[number]); err != nil {
			return err
		}
		r.result.Deleted++
	}
	if r.DeleteNamespace {
		if gone, err := r.deleteNamespace(ctx); gone || err != nil {
			return err
		}
	}
	if r.release.Number == 0 {
		return nil
	}
	return r.remove(ctx, manifests.ID{Kind: manifests.ConfigMap, Name: chain.ReleaseName(r.release.Number)}, "")
}

// deleteNamespace deletes the namespace, unless somebody has put something into it since the plan was made, or the user
// may not: the chain is gone either way.
func (r *run) deleteNamespace(ctx context.Context) (gone bool, err error) {
	all, err := r.look(ctx)
	if err != nil {
		return false, err
	}
	if why := stays(r.namespace, strangers(r.namespace, all.found), all.unseen); why != "" {
		r.result.Notes = append(r.result.Notes, why)
		return false, nil
	}
	if n := newestIn(all.found); n > r.claim { // its objects carry our labels: they are no strangers
		newest, err := r.newer(ctx, n)
		if err != nil {
			return false, kube.Classify(err)
		}
		return false, &Superseded{Release: newest}
	}
	err = r.remove(ctx, manifests.ID{Kind: manifests.Namespace, Name: r.namespace}, r.namespaceID)
	if forbidden, denied := errors.AsType[*kube.Forbidden](err); denied {
		r.result.Notes = append(r.result.Notes, fmt.Sprintf("namespace %s stays: %v", r.namespace, forbidden))
		return false, nil
	}
	if err != nil {
		return false, err
	}
	r.result.Deleted++
	if r.wait {
		return true, r.awaitNamespaceGone(ctx)
	}
	return true, nil
}

// newestIn is the highest number of a release in a namespace; 0 for none.
func newestIn(found []inhabitant) int {
	newest := 0
	for _, o := range found {
		if digits, ok := strings.CutPrefix(o.meta.Name, chain.ReleasePrefix); ok && o.kind == "configmap" {
			if n, err := strconv.Atoi(digits); err == nil {
				newest = max(newest, n)
			}
		}
	}
	return newest
}
