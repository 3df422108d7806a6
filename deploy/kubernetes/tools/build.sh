#!/bin/sh
# Builds the named programs from their published modules, each once a version, and prints the folder that holds them:
#   build.sh etcd kube-apiserver helm
# Beside other work: `nice -n 19 env GOFLAGS=-p=1 build.sh ...`.
set -eu
cd "$(dirname "$0")"
export CGO_ENABLED=0 GOWORK=off

helm=v3.22.0
coredns=v1.12.4
kubernetes=$(sed -n 's/^\tk8s.io\/kubernetes \(v[0-9.]*\).*/\1/p' go.mod)
etcd=$(sed -n 's/^\tgo.etcd.io\/etcd\/server\/v3 \(v[0-9.]*\).*/\1/p' go.mod)
folder=${XDG_CACHE_HOME:-$HOME/.cache}/reporting/kubernetes/$kubernetes-etcd-$etcd-helm-$helm-coredns-$coredns
mkdir -p "$folder"

# A program appears under its name only when it is whole.
place() { mv "$1" "$folder/$2" && rmdir "$(dirname "$1")"; }

for program in "$@"; do
    [ -x "$folder/$program" ] && continue
    echo "building $program" >&2
    made=$(mktemp -d "$folder/.$program.XXXXXX")
    case $program in
    helm) GOBIN=$made go install -trimpath -ldflags "-s -w" "helm.sh/helm/v3/cmd/helm@$helm" ;;
    coredns) GOBIN=$made go install -trimpath -ldflags "-s -w" "github.com/coredns/coredns@$coredns" ;;
    etcd) go build -trimpath -ldflags "-s -w" -o "$made/etcd" go.etcd.io/etcd/server/v3 ;;
    *)  # The servers report gitVersion, and clients judge by it.
        go build -trimpath -ldflags "-s -w -X k8s.io/component-base/version.gitVersion=$kubernetes" \
            -o "$made/$program" "k8s.io/kubernetes/cmd/$program" ;;
    esac
    place "$made/$program" "$program"
done
echo "$folder"
