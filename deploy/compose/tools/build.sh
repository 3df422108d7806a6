#!/bin/sh
# Builds a program from its published modules, once a version, and prints its path:
#   build.sh docker-compose    three minutes of two quiet cores
#   build.sh collector         one minute
set -eu
program=$1
cd "$(dirname "$0")/$program"
export CGO_ENABLED=0 GOWORK=off

case $program in
docker-compose)
    module=github.com/docker/compose/v2 package=$module/cmd stamp=$module/internal.Version ;;
collector)
    module=go.opentelemetry.io/collector/otelcol package=. stamp=main.version ;;
esac
version=$(sed -n "s#^\(require \|\t\)$module \(v[0-9.]*\)\$#\2#p" go.mod)
folder=${XDG_CACHE_HOME:-$HOME/.cache}/reporting/$program/$version
mkdir -p "$folder"
if [ ! -x "$folder/$program" ]; then
    echo "building $program $version" >&2
    # It appears under its name only when it is whole.
    made=$(mktemp "$folder/.$program.XXXXXX")
    go build -trimpath -ldflags "-s -w -X $stamp=$version" -o "$made" "$package"
    chmod 0755 "$made"
    mv "$made" "$folder/$program"
fi
echo "$folder/$program"
