package action

// shows are the actions that ask the cluster something and change nothing.
func shows() []Action {
	return []Action{
		{
			ID: "request", Title: "Send one request", Key: "R", Pages: []string{pageChain, "traces"},
			Help:  "Sends a request to the head now and opens its trace as it arrives.",
			Guard: guard(reachable, deployed),
			Run:   request,
		},
		{
			ID: "validate", Title: "Validate the chain", Key: "V", Pages: []string{pageChain},
			Help:  "Proves that the chain works, or names the link that broke first.",
			Guard: guard(reachable, deployed),
			Run:   validateChain,
		},
		{
			ID: "diff", Title: "Show drift", Pages: []string{pageChain},
			Help:  "Compares the cluster with the newest release, and names who changed what.",
			Guard: guard(reachable, deployed, ours),
			Run:   drift,
		},
		{
			ID: "port-forward", Title: "Forward a port", Key: "F", Pages: []string{pageChain},
			Help:  "Opens a local address for the head, the collector or a link; it survives a pod's death.",
			Guard: guard(reachable, deployed),
			Params: []Param{{Name: "target", Label: "To", Kind: Text, Help: "head, collector, or a link",
				Default: func(Scene) string { return "head" }}},
			Run: forward,
		},
	}
}
