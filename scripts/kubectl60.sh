#!/usr/bin/env bash
# A chain of 60 links by `chaintui deploy`, and the same objects by `kubectl apply --server-side`, in turns on one
# cluster: seconds until everything is available, kubectl's from the moment when it has finished submitting.
#   KUBECTL='bin/localcluster --name dev kubectl' scripts/kubectl60.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/.."
: "${CHAINTUI_E2E_KUBECONFIG:?names the cluster, see CONTRIBUTING.md}" "${CHAINTUI_E2E_IMAGE:?names the image}"
links=${LINKS:-60}
read -ra kubectl <<<"${KUBECTL:-kubectl --kubeconfig $CHAINTUI_E2E_KUBECONFIG}"
chain=(--instances "$links" --no-load --chain-link-image "$CHAINTUI_E2E_IMAGE" --tools-image "$CHAINTUI_E2E_IMAGE")
files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
now() { date +%s.%N; }
since() { echo "$(now) - $1" | bc; }
gone() { "${kubectl[@]}" delete namespace "$1" --wait >/dev/null; }

for round in $(seq "${1:-2}"); do
	namespace=kubectl60-$round
	bin/chaintui generate --namespace "$namespace" "${chain[@]}" --output-directory "$files/$round" >/dev/null
	began=$(now)
	"${kubectl[@]}" apply --server-side -f "$files/$round" >/dev/null
	submitted=$(since "$began") began=$(now)
	"${kubectl[@]}" -n "$namespace" wait deployment --all --for=condition=Available --timeout=5m >/dev/null
	available=$(since "$began")
	gone "$namespace"
	namespace=chaintui60-$round
	began=$(now)
	bin/chaintui deploy --kubeconfig "$CHAINTUI_E2E_KUBECONFIG" --namespace "$namespace" "${chain[@]}" >/dev/null 2>&1
	deployed=$(since "$began")
	gone "$namespace"
	echo "round $round: kubectl submitted in $submitted s, available $available s later; chaintui deploy $deployed s," \
		"$(echo "scale=2; $deployed / $available" | bc) x"
done
