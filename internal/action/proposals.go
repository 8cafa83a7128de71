package action

import (
	"strconv"

	"github.com/chaintui/chaintui/internal/chain"
)

// What a deploy proposes: of a running chain what it is, of the first one what flags, environment and files say. What is
// left as proposed is not changed.
var (
	length = Param{Name: "instances", Label: "Links", Kind: Integer, Help: "number of links", Proposes: true,
		Default: func(s Scene) string { spec := s.spec(); return strconv.Itoa(spec.Len()) }}
	wholeImage = Param{Name: "chain-link-image", Label: "Image", Kind: Text, Help: "image of the links that have none of their own", Proposes: true,
		Default: func(s Scene) string { return s.spec().Image }}
	toolsImage = Param{Name: "tools-image", Label: "Tools image", Kind: Text, Help: "image of the load generator and the built-in collector", Proposes: true,
		Default: func(s Scene) string { return s.spec().ToolsImage }}
	collector = Param{Name: "collector", Label: "Collector", Kind: Text, Help: "builtin, zipkin, or a URL", Proposes: true,
		Default: func(s Scene) string { return s.spec().Collector }}
)

// spec is the newest release's; before there is one, that of a first deploy.
func (s Scene) spec() chain.Spec {
	if r := s.Snapshot.Release(); r != nil {
		return r.Spec
	}
	spec, _ := s.first()
	return spec
}

// first is what a first deploy begins with.
func (s Scene) first() (chain.Spec, chain.Load) {
	if s.First != nil {
		if spec, load, err := s.First(); err == nil {
			return spec, load
		}
	}
	return chain.Default(), chain.Load{Rate: chain.DefaultRate}
}
