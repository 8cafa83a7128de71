#!/usr/bin/env bash
# Tests on a real Kubernetes: the local cluster under a name of its own, so that a demo beside it goes on, or the
# cluster that CHAINTUI_E2E_KUBECONFIG names. Elsewhere one line says what was skipped; in CI nothing may be.
set -euo pipefail
cd "$(dirname "$0")/.."
name=e2e
if [ -z "${CHAINTUI_E2E_KUBECONFIG:-}" ]; then
	if [ "$(uname -s)" != Linux ] || [ "$(id -u)" != 0 ]; then
		[ -z "${CI:-}" ] || { echo "make test: the local cluster needs Linux and root" >&2; exit 1; }
		echo "make test: skipped the e2e tests: the local cluster needs Linux and root; name another with CHAINTUI_E2E_KUBECONFIG" >&2
		exit 0
	fi
	make --no-print-directory bin/localcluster
	launcher=("$PWD/bin/localcluster" --name "$name")
	export CHAINTUI_E2E_LAUNCHER="${launcher[*]}"
	trap '"${launcher[@]}" down' EXIT
	"${launcher[@]}" up
	CHAINTUI_E2E_KUBECONFIG=$("${launcher[@]}" kubeconfig)
	export CHAINTUI_E2E_KUBECONFIG
	make --no-print-directory image
	"${launcher[@]}" load "dist/link-$(go env GOARCH).tar"
	# Zipkin itself, as an image made of this machine's Java. Where that can't be made, the test that needs it says so.
	if [ -z "${CHAINTUI_E2E_ZIPKIN_IMAGE:-}" ] && ! command -v java >/dev/null; then
		echo "make test: without Java no image of a real Zipkin: its e2e test is skipped (Debian: openjdk-17-jre-headless, maven)" >&2
	elif [ -z "${CHAINTUI_E2E_ZIPKIN_IMAGE:-}" ]; then
		zipkin=openzipkin/zipkin-slim:3.6.1
		[ -s dist/zipkin.tar ] || { go run ./internal/collector/zipkinimage -name "$zipkin" -o dist/zipkin.tar.part && mv dist/zipkin.tar.part dist/zipkin.tar; } || true
		if [ -s dist/zipkin.tar ]; then
			"${launcher[@]}" load dist/zipkin.tar
			export CHAINTUI_E2E_ZIPKIN_IMAGE=$zipkin
		fi
	fi
fi
CHAINTUI_E2E_IMAGE=${CHAINTUI_E2E_IMAGE:-$(cat dist/image.ref)}
export CHAINTUI_E2E_IMAGE
# One package after the other: they share the cluster's one node, and what they measure should be theirs.
mapfile -t packages < <(grep -rlE '^//go:build .*\be2e\b' --include='*_test.go' cmd internal manifests | xargs -r -n1 dirname | sort -u | sed 's|^|./|')
scripts/gotest.sh -count=1 -p=1 -timeout=30m -tags=e2e "${packages[@]}"
[ -z "${launcher:-}" ] || (cd localcluster && ../scripts/gotest.sh -count=1 -timeout=20m -tags=e2e ./e2e)
