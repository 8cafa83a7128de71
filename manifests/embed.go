// Package manifests holds a chain's objects as plain Kubernetes YAML, one file a kind, and sets in them what varies:
// names, images, replicas, what users add. It talks to no cluster: the writer applies what it returns, and Generate
// writes it to a folder.
package manifests

import (
	"embed"
	"fmt"
	"sync"

	"sigs.k8s.io/yaml"
)

//go:embed *.yaml
var files embed.FS

var (
	parsedMu sync.Mutex
	parsed   = map[string][]byte{}
)

// source is an embedded file as JSON. YAML is slow to parse, and a chain has hundreds of links.
func source(name string) []byte {
	parsedMu.Lock()
	defer parsedMu.Unlock()
	if data, ok := parsed[name]; ok {
		return data
	}
	text, err := files.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("manifests: %v", err))
	}
	data, err := yaml.YAMLToJSONStrict(text)
	if err != nil {
		panic(fmt.Sprintf("manifests: %s: %v", name, err)) // a test reads every file
	}
	parsed[name] = data
	return data
}
