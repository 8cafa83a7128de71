package write

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	appsv1 "k8s.io/api/apps/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/client-go/util/csaupgrade"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/manifests"
)

// Adopt takes over the objects that the original's tool deployed, or kubectl from generate's files. first is what they don't
// tell: the tools' image, policies, and what else is not to be read from them. Every link's pods are replaced whose template
// changes: the original's. A chain that has releases keeps its Spec: the objects in it that have lost their labels are taken
// over again; without any it is ErrAdopted.
func Adopt(c *Current, first chain.Spec) (Intent, error) {
	keep := func(*Base) error { return nil }
	if c.Base() != nil {
		if len(c.foreign()) == 0 {
			return Intent{}, ErrAdopted
		}
		return Intent{Action: words("adopt"), Adopt: true, Spec: keep}, nil
	}
	spec, err := specOf(c, first)
	if err != nil {
		return Intent{}, err
	}
	return Intent{Action: words("adopt"), First: &spec, Adopt: true, Spec: keep}, nil
}

// specOf reads the Spec of a chain without releases from its objects.
func specOf(c *Current, first chain.Spec) (chain.Spec, error) {
	spec := first.Clone()
	order, err := chain.ParseOrder([]byte(c.Config[chain.OrderKey]))
	if err != nil {
		return spec, fmt.Errorf("the chain can't be adopted: %w", err)
	}
	if !slices.Equal(order, chain.NewOrder(len(order))) {
		return spec, fmt.Errorf("the chain can't be adopted: its order is not %s to %s", chain.ServiceName(0), chain.ServiceName(len(order)-1))
	}
	spec.Links = make([]chain.Link, len(order))
	counts := map[string]int{}
	for i := range spec.Links {
		d, err := deployment(c, chain.DeploymentName(i))
		if err != nil {
			return spec, err
		}
		if d == nil {
			continue
		}
		spec.Links[i].Image = imageOf(d)
		counts[imageOf(d)]++
		if r := d.Spec.Replicas; r != nil && *r != 1 {
			spec.Links[i].Replicas = r
		}
		spec.Links[i].Paused = d.Spec.Paused
	}
	spec.Image = commonest(counts, first.Image)
	for i := range spec.Links {
		if spec.Links[i].Image == spec.Image {
			spec.Links[i].Image = ""
		}
	}
	d, err := deployment(c, chain.CollectorDeployment)
	if err != nil {
		return spec, err
	}
	switch {
	case d == nil || imageOf(d) == "":
	case slices.Contains(d.Spec.Template.Spec.Containers[0].Args, "collect"): // of generate's files
		spec.Collector, spec.ToolsImage = chain.Builtin, imageOf(d)
	default:
		spec.Collector, spec.ZipkinImage = chain.Zipkin, imageOf(d)
	}
	if err := readParts(c, &spec); err != nil {
		return spec, err
	}
	err = readTracing(c, &spec)
	return spec, err
}

// readParts reads from what generate's files have made which parts the chain has. The original's tool knows nothing of
// policies, and its load generator may just have ended.
func readParts(c *Current, spec *chain.Spec) error {
	if !c.Objects[manifests.ID{Kind: manifests.Deployment, Name: chain.DeploymentName(0)}].Managed {
		return nil
	}
	spec.NetworkPolicy = false
	for id := range c.Objects {
		spec.NetworkPolicy = spec.NetworkPolicy || id.Kind == manifests.NetworkPolicy
	}
	load, err := deployment(c, chain.LoadGenerator)
	if spec.NoLoad = load == nil; load != nil && imageOf(load) != "" {
		spec.ToolsImage = imageOf(load)
	}
	return err
}

// readTracing reads from the head's variables, which generate's files set, which share of the requests is traced, and
// whether the spans go to a collector elsewhere.
func readTracing(c *Current, spec *chain.Spec) error {
	d, err := deployment(c, chain.DeploymentName(0))
	if err != nil || d == nil || len(d.Spec.Template.Spec.Containers) == 0 {
		return err
	}
	for _, v := range d.Spec.Template.Spec.Containers[0].Env {
		switch v.Name {
		case "CHAIN_LINK_SAMPLE_RATE":
			if rate, err := strconv.ParseFloat(v.Value, 64); err == nil && rate >= 0 && rate <= 1 {
				spec.SampleRate = rate
			}
		case chain.SpansVariable:
			if collector, ok := chain.CollectorOutside(v.Value, c.Namespace); ok {
				spec.Collector = collector
			}
		}
	}
	return nil
}

func deployment(c *Current, name string) (*appsv1.Deployment, error) {
	o, ok := c.Objects[manifests.ID{Kind: manifests.Deployment, Name: name}]
	if !ok {
		return nil, nil
	}
	d := new(appsv1.Deployment)
	if err := json.Unmarshal(o.Body, d); err != nil {
		return nil, fmt.Errorf("%s: %w", o.ID, err)
	}
	return d, nil
}

func imageOf(d *appsv1.Deployment) string {
	if len(d.Spec.Template.Spec.Containers) == 0 {
		return ""
	}
	return d.Spec.Template.Spec.Containers[0].Image
}

// commonest is the image of most links; otherwise when there is none.
func commonest(counts map[string]int, otherwise string) string {
	best := ""
	for image, n := range counts {
		if image != "" && (n > counts[best] || n == counts[best] && image < best || best == "") {
			best = image
		}
	}
	if best == "" {
		return otherwise
	}
	return best
}

// takeOver moves the ownership of an object's fields from whoever wrote them by update to chaintui's applies, so that
// these can change and remove them (client-go's csaupgrade; see KEP-555).
func (w *Writer) takeOver(ctx context.Context, id manifests.ID) error {
	if err := w.allowed(false); err != nil {
		return err
	}
	return w.patiently(ctx, "take over "+id.String(), func(ctx context.Context) error { // again when a status came in between
		data, err := raw(w.api(id.Kind).Get().Namespace(w.namespace).Resource(id.Kind.Resource().Resource).Name(id.Name).
			SetHeader("Accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1").Do(ctx))
		if err != nil {
			return err
		}
		object := new(metav1.PartialObjectMetadata)
		if err := json.Unmarshal(data, object); err != nil {
			return err
		}
		patch, err := csaupgrade.UpgradeManagedFieldsPatch(object, updaters(object.ManagedFields), chain.Manager)
		if err != nil || patch == nil {
			return err
		}
		return w.api(id.Kind).Patch(types.JSONPatchType).Namespace(w.namespace).Resource(id.Kind.Resource().Resource).
			Name(id.Name).SetHeader("Accept", metadataOnly).Body(patch).Do(ctx).Error()
	})
}

// updaters are the managers that wrote an object by update. The controllers' own writes are to subresources, or to
// fields that chaintui does not send.
func updaters(fields []metav1.ManagedFieldsEntry) sets.Set[string] {
	names := sets.New[string]()
	for _, f := range fields {
		if f.Operation == metav1.ManagedFieldsOperationUpdate && f.Subresource == "" && f.Manager != "kube-controller-manager" {
			names.Insert(f.Manager)
		}
	}
	return names
}

// deleteBarePod deletes the original's load generator, which a Deployment of that name replaces.
func (r *run) deleteBarePod(ctx context.Context) error {
	if err := r.allowed(false); err != nil {
		return err
	}
	uid := r.barePod
	err := r.patiently(ctx, "delete pod/"+chain.LoadGenerator, func(ctx context.Context) error {
		err := r.cluster.Client.Pods(r.namespace).Delete(ctx, chain.LoadGenerator, metav1.DeleteOptions{
			Preconditions: &metav1.Preconditions{UID: &uid},
		})
		if apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
			return nil
		}
		return err
	})
	if err == nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.result.Deleted++
	}
	return err
}
