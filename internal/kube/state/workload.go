package state

import (
	"cmp"
	"slices"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
)

// build makes the workload behind a Service from its objects.
func (b *Builder) build(service string) *Workload {
	w := &Workload{Name: deploymentOf(service), Service: service, Endpoints: b.readyEndpoints(service)}
	w.HasService = len(b.services.of[service]) > 0
	d, exists := b.deployment(service, w.Name)
	newest := b.newestReplicaSet(service, d)
	w.Pods = b.podList(service, newest)
	for i := range w.Pods {
		w.Restarts += w.Pods[i].Restarts
	}
	var v Verdict
	switch pod := barePod(w.Pods); {
	case exists:
		d.Conditions = refusal(d.Conditions, newest)
		w.describe(&d)
		v = Rollout(&d, currentOf(w.Pods))
	case b.denied[Deployments]:
		v = Verdict{Status: Unknown, Message: "you may not list Deployments"}
	case pod != nil && service == chain.LoadGenerator:
		w.Name, w.Exists, w.Bare, w.Desired, w.Replicas, w.Updated = pod.Name, true, true, 1, 1, 1
		w.Created, w.Conditions = pod.Created, pod.Conditions
		if pod.Ready {
			w.ReadyPods = 1
		}
		if len(pod.Containers) > 0 {
			w.Image = pod.Containers[0].Image
		}
		v = bare(pod)
	default:
		v = Verdict{Status: Missing, Message: "there is no Deployment " + w.Name}
	}
	w.Status, w.Reason, w.Message = v.Status, v.Reason, v.Message
	w.Container, w.Pod = v.Container, v.Pod
	w.Since = b.since(service, w, newest)
	return w
}

// refusal are the conditions with the newest ReplicaSet's own words for why it may not create pods. The Deployment
// controller keeps those of an older one for as long as pods are refused.
func refusal(conditions []Condition, newest ReplicaSet) []Condition {
	i := slices.IndexFunc(conditions, func(c Condition) bool { return c.Type == "ReplicaFailure" })
	if i < 0 || newest.Refused == "" {
		return conditions
	}
	conditions = slices.Clone(conditions)
	conditions[i].Message = newest.Refused
	return conditions
}

// describe copies what the Deployment says of itself.
func (w *Workload) describe(d *Deployment) {
	w.Name, w.Exists = d.Name, true
	w.Desired, w.Replicas, w.Updated, w.ReadyPods = d.Desired, d.Replicas, d.Updated, d.Ready
	w.Image, w.Generation, w.Created = d.Image, d.Generation, d.Created
	w.Conditions, w.Spans = d.Conditions, d.Spans
}

// deployment is the one behind the Service: of the name that it should have, or else the first by name.
func (b *Builder) deployment(service, name string) (Deployment, bool) {
	all := b.deployments.of[service]
	d, ok := all[name]
	if !ok && len(all) > 0 {
		return all[slices.Min(keys(all))], true
	}
	return d, ok
}

// deploymentOf is the name that the Deployment behind a Service should have.
func deploymentOf(service string) string {
	if i, ok := chain.Index(service); ok {
		return chain.DeploymentName(i)
	}
	if service == chain.CollectorService {
		return chain.CollectorDeployment
	}
	return service
}

// newestReplicaSet is the one that the Deployment rolls to: of its revision, or else of the highest.
func (b *Builder) newestReplicaSet(service string, d Deployment) ReplicaSet {
	var newest ReplicaSet
	for _, rs := range b.replicaSets.of[service] {
		if rs.Owner != d.UID {
			continue
		}
		if d.Revision != 0 && rs.Revision == d.Revision {
			return rs
		}
		if newest.Name == "" || rs.Revision > newest.Revision ||
			rs.Revision == newest.Revision && rs.Created.After(newest.Created) {
			newest = rs
		}
	}
	return newest
}

// podList is the Service's pods: newest ReplicaSet first, then by name.
func (b *Builder) podList(service string, newest ReplicaSet) []Pod {
	pods := b.pods.of[service]
	if len(pods) == 0 {
		return nil
	}
	if newest.Name == "" { // the user may not read ReplicaSets: the newest pod is of the newest one
		newest.Name = ownerOfNewest(pods)
	}
	link := slices.Index(b.order, service)
	if link < 0 {
		if i, ok := chain.Index(service); ok {
			link = i
		}
	}
	list := make([]Pod, 0, len(pods))
	for _, p := range pods {
		p.Link, p.Current = link, p.Owner != "" && p.Owner == newest.Name
		list = append(list, p)
	}
	slices.SortFunc(list, func(x, y Pod) int {
		if x.Current != y.Current {
			if x.Current {
				return -1
			}
			return 1
		}
		return cmp.Compare(x.Name, y.Name)
	})
	return list
}

func ownerOfNewest(pods map[string]Pod) (owner string) {
	var at time.Time
	for _, p := range pods {
		if p.Owner != "" && (p.Created.After(at) || p.Created.Equal(at) && p.Owner > owner) {
			at, owner = p.Created, p.Owner
		}
	}
	return owner
}

func currentOf(pods []Pod) []Pod {
	n := slices.IndexFunc(pods, func(p Pod) bool { return !p.Current })
	if n < 0 {
		return pods
	}
	return pods[:n]
}

// barePod is a pod without an owner, nil without one.
func barePod(pods []Pod) *Pod {
	for i := range pods {
		if pods[i].Owner == "" {
			return &pods[i]
		}
	}
	return nil
}

// readyEndpoints counts a Service's ready addresses: its slices share them out, and a dual-stack Service has slices of
// each family for the same pods.
func (b *Builder) readyEndpoints(service string) (most int) {
	families := make(map[string]int, 2)
	for _, e := range b.endpoints.of[service] {
		families[e.Family] += e.Ready
		most = max(most, families[e.Family])
	}
	return most
}
