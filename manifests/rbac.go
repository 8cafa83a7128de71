package manifests

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"

	"sigs.k8s.io/yaml"
)

// Role is the YAML of the least Role that suffices for a chain in the namespace, and of its RoleBinding when a user is
// given. The read-only one allows everything that looks and nothing that changes.
func Role(readOnly bool, namespace, user string) ([]byte, error) {
	file := "role.yaml"
	if readOnly {
		file = "role-read-only.yaml"
	}
	role := read(file)
	role.at("metadata")["namespace"] = namespace
	documents := []tree{role}
	if user != "" {
		binding := read("rolebinding.yaml")
		m := binding.at("metadata")
		m["name"], m["namespace"] = role.name()+"-"+hash(user), namespace // a user's name may hold what an object's may not
		binding.at("roleRef")["name"] = role.name()
		binding["subjects"] = []any{tree{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": user}}
		documents = append(documents, binding)
	}
	var text bytes.Buffer
	for i, d := range documents {
		data, err := json.Marshal(d)
		if err == nil {
			data, err = yaml.JSONToYAML(data)
		}
		if err != nil {
			return nil, fmt.Errorf("role: %w", err)
		}
		if i > 0 {
			text.WriteString("---\n")
		}
		text.Write(data)
	}
	return text.Bytes(), nil
}

// hash is eight hex digits of a name.
func hash(name string) string {
	h := fnv.New32a()
	h.Write([]byte(name))
	return fmt.Sprintf("%08x", h.Sum32())
}
