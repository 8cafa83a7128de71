#!/usr/bin/env bash
# What has to hold besides the tests: the other systems' builds, nothing unused linked in, and a root module that
# `go install …@latest` takes.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for target in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64; do
	echo "check: build for $target"
	GOOS=${target%/*} GOARCH=${target#*/} go build -o /dev/null ./cmd/chaintui
done
# Where a method may be called by a name that only the run knows, as a template does, the linker keeps every method of every
# type: half as much again of the file, and 13 MB more of memory. A function's name stays in a stripped program.
CGO_ENABLED=0 go build -o "$scratch/chaintui" ./cmd/chaintui
grep -qaF 'github.com/spf13/cobra.(*Command).ExecuteC' "$scratch/chaintui" # names are there to be found
if grep -qaF 'text/template.(*state).evalField' "$scratch/chaintui"; then
	echo "check: chaintui runs text/template, with which nothing unused can be left out; 'go build -ldflags=-dumpdep' says by whom (ReflectMethod)" >&2
	exit 1
fi
# client-go's clientset registers every API group's types when the program starts, for one kind that it is asked for, and
# kubectl's packages bring it along: 11 MB of memory and 10 ms of every start.
if go list -deps ./cmd/chaintui | grep -E '^k8s\.io/(client-go/kubernetes|kubectl)(/|$)' >&2; then
	echo "check: chaintui links these; internal/kube has clients of what it needs" >&2
	exit 1
fi
(cd localcluster && GOOS=darwin GOARCH=arm64 go vet .)
if grep -q '^replace' go.mod; then
	echo "check: go.mod has a replace directive, which 'go install' refuses" >&2
	exit 1
fi
go mod tidy -diff
go mod verify >/dev/null
echo "check: all good"
