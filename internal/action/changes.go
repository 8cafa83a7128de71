package action

import (
	"cmp"
	"strconv"

	"github.com/chaintui/chaintui/internal/chain"
)

const pageChain = "chain"

// changes are the actions that change the cluster.
func changes() []Action {
	return []Action{
		{
			ID: "deploy", Title: "Deploy the chain", Key: "D", Pages: []string{pageChain}, Mutates: true, Asks: true,
			Help:   "Deploys a chain, or changes the running one to what is given.",
			Guard:  guard(changeable, ours),
			Params: []Param{length, wholeImage, rate.proposed(), collector, toolsImage},
			Plan:   plan("deploy"), Run: run("deploy"),
		},
		{
			ID: "resize", Title: "Resize the chain", Key: "r", Pages: []string{pageChain}, Mutates: true, Asks: true,
			Help:   "Grows or shrinks the chain without losing a request; no running pod restarts.",
			Guard:  guard(changeable, deployed, ours),
			Params: []Param{instances},
			Plan:   plan("resize"), Run: run("resize"),
		},
		{
			ID: "redeploy", Title: "Redeploy links", Key: "d", Pages: []string{pageChain}, Mutates: true, Asks: true,
			Help:   "Replaces the pods of the chosen link, or of all, without losing a request.",
			Guard:  guard(changeable, deployed, ours),
			Params: []Param{links},
			Plan:   plan("redeploy"), Run: run("redeploy"),
		},
		{
			ID: "image", Title: "Set an image", Key: "i", Pages: []string{pageChain}, Mutates: true, Asks: true,
			Help:   "Rolls the chosen link, or all, to another image.",
			Guard:  guard(changeable, deployed, ours),
			Params: []Param{links, image},
			Plan:   plan("image"), Run: run("image"),
		},
		{
			ID: "scale", Title: "Scale a link", Key: "s", Pages: []string{pageChain}, Mutates: true, Asks: true,
			Help:   "Sets how many pods share the chosen link's requests.",
			Guard:  guard(changeable, deployed, ours),
			Params: []Param{link, replicas},
			Plan:   plan("scale"), Run: run("scale"),
		},
		{
			ID: "rollback", Title: "Roll back", Key: "u", Pages: []string{pageChain}, Mutates: true, Asks: true,
			Help:   "Makes the chain what an earlier release said; live settings stay.",
			Guard:  guard(changeable, deployed, ours, anotherRelease),
			Params: []Param{release},
			Plan:   plan("rollback"), Run: run("rollback"),
		},
		{
			ID: "pause", Title: "Pause rollouts", Key: "p", Pages: []string{pageChain}, Mutates: true, Asks: true,
			Help:   "Holds the rollout of the chosen link, or of all, where it is.",
			Guard:  guard(changeable, deployed, ours),
			Params: []Param{links},
			Plan:   plan("pause"), Run: run("pause"),
		},
		{
			ID: "resume", Title: "Resume rollouts", Key: "P", Pages: []string{pageChain}, Mutates: true, Asks: true,
			Help:   "Lets paused rollouts go on.",
			Guard:  guard(changeable, deployed, ours, held),
			Params: []Param{links},
			Plan:   plan("resume"), Run: run("resume"),
		},
		{
			ID: "fault", Title: "Inject a fault", Key: "f", Pages: []string{pageChain}, Mutates: true,
			Help:   "Makes links slow or failing on purpose, within a second and without a restart; what is left out is cleared.",
			Guard:  guard(changeable, deployed, ours),
			Params: []Param{links, latency, p50, p90, p99, errorRate, status},
			Run:    run("fault"),
		},
		{
			ID: "load", Title: "Set the load", Key: "L", Pages: []string{pageChain}, Mutates: true,
			Help:   "Sets the requests per second of the load generator, within a second.",
			Guard:  guard(changeable, deployed, ours, loaded),
			Params: []Param{rate},
			Run:    run("load"),
		},
		{
			ID: "clear-fault", Title: "Clear faults", Key: "c", Pages: []string{pageChain}, Mutates: true,
			Help:   "Takes the faults of the chosen link, or of all, back.",
			Guard:  guard(changeable, deployed, ours, faulty),
			Params: []Param{links},
			Run:    run("clear-fault"),
		},
		{
			ID: "adopt", Title: "Adopt the chain", Key: "A", Pages: []string{pageChain}, Mutates: true, Asks: true,
			Help:  "Takes over a chain that the older tool, or kubectl, applied.",
			Guard: guard(changeable, deployed, foreign),
			Plan:  plan("adopt"), Run: run("adopt"),
		},
		{
			ID: "delete", Title: "Delete the chain", Key: "X", Pages: []string{pageChain}, Mutates: true, Asks: true,
			Help:  "Removes the chain and everything that chaintui made for it.",
			Guard: guard(changeable, deployed),
			Plan:  plan("delete"), Run: run("delete"),
		},
		{
			ID: "delete-pod", Title: "Delete a pod", Key: "x", Pages: []string{"pods"}, Mutates: true, Asks: true,
			Help:   "Deletes the chosen pod; its Deployment makes another.",
			Guard:  guard(changeable, deployed, picked),
			Params: []Param{pod},
			Plan:   planDeletePod,
			Run:    deletePod,
		},
	}
}

// proposed is the parameter with a default that counts only when it is changed.
func (p Param) proposed() Param {
	p.Proposes = true
	return p
}

// Parameters that several actions share.
var (
	instances = Param{Name: "instances", Label: "Links", Kind: Integer, Help: "number of links",
		Default: func(s Scene) string {
			if n := len(s.Snapshot.Links); n > 0 {
				return strconv.Itoa(n)
			}
			return strconv.Itoa(chain.DefaultLength)
		}}
	image = Param{Name: "chain-link-image", Label: "Image", Kind: Text, Help: "image of the links",
		Default: func(s Scene) string {
			if s.Link >= 0 && s.Link < len(s.Snapshot.Links) {
				return s.Snapshot.Links[s.Link].Image
			}
			if r := s.Snapshot.Release(); r != nil {
				return r.Spec.Image
			}
			return ""
		}}
	rate = Param{Name: "rate", Label: "Requests per second", Kind: Number, Help: "load, in requests per second; 0 pauses it",
		Default: func(s Scene) string {
			if l := s.Snapshot.Live.Load; l != nil {
				return strconv.FormatFloat(l.Rate, 'g', -1, 64)
			}
			_, load := s.first()
			return strconv.FormatFloat(load.Rate, 'g', -1, 64)
		}}
	links = Param{Name: "links", Label: "Links", Kind: Links, Help: "links by index or name; empty for all",
		Default: chosen}
	link = Param{Name: "link", Label: "Link", Kind: Link, Help: "the link, by index or name", Default: chosen}

	replicas = Param{Name: "replicas", Label: "Pods", Kind: Integer, Help: "pods of the link",
		Default: func(s Scene) string {
			if s.Link >= 0 && s.Link < len(s.Snapshot.Links) {
				return strconv.Itoa(int(s.Snapshot.Links[s.Link].Desired))
			}
			return "1"
		}}
	release = Param{Name: "to", Label: "Release", Kind: Integer, Help: "the release to go back to",
		Default: func(s Scene) string {
			if len(s.Snapshot.Releases) < 2 {
				return ""
			}
			return strconv.Itoa(s.Snapshot.Releases[1].Number)
		}}
	pod = Param{Name: "pod", Label: "Pod", Kind: Text, Help: "the pod's name"}

	latency   = Param{Name: "latency", Label: "Added latency", Kind: Duration, Help: "fixed latency added to each request", Default: inForce("latency", "")}
	p50       = Param{Name: "p50", Label: "or p50", Kind: Duration, Help: "latency that half of the requests get at most", Default: inForce("p50", "")}
	p90       = Param{Name: "p90", Label: "   p90", Kind: Duration, Help: "latency that 90 % of the requests get at most", Default: inForce("p90", "")}
	p99       = Param{Name: "p99", Label: "   p99", Kind: Duration, Help: "latency that 99 % of the requests get at most", Default: inForce("p99", "")}
	errorRate = Param{Name: "error-rate", Label: "Error rate", Kind: Percent, Help: "share of requests that fail, such as 30%", Default: inForce("error-rate", "")}
	status    = Param{Name: "status", Label: "Error status", Kind: Integer, Help: "HTTP status of the errors", Default: inForce("status", "500")}
)

// inForce is what a part of the chosen link's fault is now, or otherwise.
func inForce(name, otherwise string) func(Scene) string {
	return func(s Scene) string {
		if s.Link < 0 || s.Link >= len(s.Snapshot.Links) {
			return otherwise
		}
		return cmp.Or(FaultArgs(s.Snapshot.Links[s.Link].Fault)[name], otherwise)
	}
}

// chosen is the link chosen on screen.
func chosen(s Scene) string {
	if s.Link < 0 {
		return ""
	}
	return strconv.Itoa(s.Link)
}
