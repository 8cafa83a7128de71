#!/usr/bin/env bash
# From nothing to a chain of six links that was proven to work, and one of its traces. On the local cluster by
# default; on a cluster of the user's own with CONTEXT=<kubeconfig context>. Never touches the user's current context.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] && [ -z "${NO_COLOR:-}" ] || say() { printf '\n%s\n' "$*"; }
arch=$(go env GOARCH)
namespace=${NAMESPACE:-chain-link}

own_cluster_hint() {
	cat >&2 <<-'HINT'
		The local cluster needs Linux and root. On a cluster of your own, say which context of your kubeconfig it is:
		    make demo CONTEXT=kind-dev                          kind and minikube get the image loaded
		    make demo CONTEXT=prod IMAGE=registry/name:tag      elsewhere, push dist/link-*.tar's image and name it
	HINT
}

# load_image gives kind's and minikube's nodes the image; other clusters have to find IMAGE in a registry.
load_image() {
	case $1 in
	kind-*) kind load image-archive "dist/link-$arch.tar" --name "${1#kind-}" ;;
	minikube*) minikube -p "$1" image load "dist/link-$arch.tar" ;;
	*)
		echo "demo: $1 is neither kind's nor minikube's: name an image that it can pull, IMAGE=registry/name:tag" >&2
		exit 2
		;;
	esac
}

if [ -n "${CONTEXT:-}" ]; then
	access=(--context "$CONTEXT")
elif [ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ]; then
	say "1. A Kubernetes on this machine"
	make --no-print-directory bin/localcluster
	bin/localcluster --name "$CLUSTER" up
	access=(--kubeconfig "$(bin/localcluster --name "$CLUSTER" kubeconfig)")
else
	own_cluster_hint
	exit 2
fi

say "2. chaintui, and the image of the links"
if [ -n "${CONTEXT:-}" ] && [ -n "${IMAGE:-}" ]; then
	image=$IMAGE
	make --no-print-directory build IMAGE="$image"
else
	make --no-print-directory image
	image=$(cat dist/image.ref)
	make --no-print-directory build IMAGE="$image"
	if [ -n "${CONTEXT:-}" ]; then load_image "$CONTEXT"; else bin/localcluster --name "$CLUSTER" load "dist/link-$arch.tar"; fi
fi
chaintui=(bin/chaintui "${access[@]}" --namespace "$namespace")

say "3. Six links, a collector, and five requests a second"
"${chaintui[@]}" deploy --instances 6 --rate 5 --collector builtin --chain-link-image "$image" --tools-image "$image"

say "4. Does it work?"
"${chaintui[@]}" validate

say "5. What is there"
"${chaintui[@]}" status
echo
"${chaintui[@]}" traces show latest

# On a terminal the dashboard comes first; what to try next stands there when it is left.
if [ -t 0 ] && [ -t 1 ] && [ -z "${CI:-}" ]; then "${chaintui[@]}"; fi

say "What next"
cat <<NEXT
  ${chaintui[*]} fault 2 --latency 150ms   make link 2 slow, and find it in the next trace
  ${chaintui[*]} traces show slowest
  ${chaintui[*]} resize 8                  two links more, without losing a request
  ${chaintui[*]}                           the dashboard
  make down                                ends it all$([ -z "${CONTEXT:-}" ] || echo " (here: ${chaintui[*]} delete)")
NEXT
