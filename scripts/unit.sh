#!/usr/bin/env bash
# Unit tests of both modules. The race detector needs cgo and a C compiler; without one it says so, and in CI fails.
set -euo pipefail
cd "$(dirname "$0")/.."
race=(-race)
if ! command -v "${CC:-cc}" >/dev/null; then
	[ -z "${CI:-}" ] || { echo "make test: no C compiler, and CI must not skip the race detector: install gcc and libc6-dev" >&2; exit 1; }
	echo "make test: without the race detector, since there is no C compiler here (Debian: gcc, libc6-dev)" >&2
	race=()
fi
[ ${#race[@]} -eq 0 ] || export CGO_ENABLED=1
scripts/gotest.sh "${race[@]}" ./...
(cd localcluster && ../scripts/gotest.sh "${race[@]}" . ./internal/...)
