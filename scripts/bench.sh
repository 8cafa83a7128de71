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
	cluster) scripts/bench-cluster.sh ;;
	*) echo "bench: no part $part: traces, link, collector, cluster" >&2; exit 2 ;;
	esac
done
