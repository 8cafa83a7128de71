#!/usr/bin/env bash
# What has to hold besides the tests: the other systems' builds, and a root module that `go install …@latest` takes.
set -euo pipefail
cd "$(dirname "$0")/.."
for target in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64; do
	echo "check: build for $target"
	GOOS=${target%/*} GOARCH=${target#*/} go build -o /dev/null ./cmd/chaintui
done
(cd localcluster && GOOS=darwin GOARCH=arm64 go vet .)
if grep -q '^replace' go.mod; then
	echo "check: go.mod has a replace directive, which 'go install' refuses" >&2
	exit 1
fi
go mod tidy -diff
go mod verify >/dev/null
echo "check: all good"
