#!/usr/bin/env bash
# Every benchmark of the project, one after the other: Go benchmarks of what is pure, and side-by-side measurements of
# what is compared. Only ratios of one run mean something; docs/benchmarks.md keeps results with machine and date.
#   scripts/bench.sh [traces|link|collector|cluster …]     all of them by default
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- traces link collector cluster
for part in "$@"; do
	echo "== $part"
	case $part in
	traces) go test -run '^$' -bench . -benchmem ./internal/traces/... ;;
	link) go run ./internal/link/bench ;;
	collector)
		if command -v java >/dev/null; then
			go run -tags zipkin ./internal/collector/contract/ingest
		else
			echo "bench: no Java, so no Zipkin to compare with (Debian: openjdk-17-jre-headless, maven)" >&2
		fi
		;;
	cluster)
		if [ -n "${CHAINTUI_E2E_KUBECONFIG:-}" ]; then
			make --no-print-directory build
			go test -count=1 -v -tags e2e,bench -run 'TestSubmitting500Links' ./internal/kube/write
			if [ -n "${KUBECTL:-}" ] || command -v kubectl >/dev/null; then scripts/kubectl60.sh; fi
			CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o bin/bare ./internal/ui/bench/bare
			go run ./internal/ui/bench -links 5 -pods 4
			go run ./internal/ui/bench
		else
			echo "bench: no cluster: name one with CHAINTUI_E2E_KUBECONFIG and CHAINTUI_E2E_IMAGE (see CONTRIBUTING.md)" >&2
		fi
		;;
	*) echo "bench: no part $part: traces, link, collector, cluster" >&2; exit 2 ;;
	esac
done
