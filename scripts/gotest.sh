#!/usr/bin/env bash
# go test with the given arguments. Packages that fail are run once more, one after the other: a test that only failed
# because the machine was starved of CPU passes then, and is named; one that is broken fails again.
set -uo pipefail
log=$(mktemp)
trap 'rm -f "$log"' EXIT
go test "$@" 2>&1 | grep --line-buffered -v 'no test files' | tee "$log"
[ "${PIPESTATUS[0]}" -eq 0 ] && exit 0
mapfile -t failed < <(awk '$1 == "FAIL" && $2 ~ /\// {print $2}' "$log" | sort -u)
if [ ${#failed[@]} -eq 0 ] || grep -q 'build failed\|setup failed' "$log"; then
	exit 1
fi
flags=()
for arg in "$@"; do
	case $arg in -*) flags+=("$arg") ;; esac
done
echo "gotest: failed, once more on their own: ${failed[*]}"
go test "${flags[@]}" -p=1 -count=1 "${failed[@]}"
