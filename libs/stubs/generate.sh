#!/bin/sh
# Generates the Python of proto/ into libs/stubs/src: messages, services, and their types.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out="$here/src"
rm -rf "$out.new"
mkdir -p "$out.new"
PATH="$root/.venv/bin:$PATH" "$root/.venv/bin/python" -m grpc_tools.protoc \
    -I "$root/proto" --python_out="$out.new" --grpc_python_out="$out.new" \
    --mypy_out="$out.new" --mypy_grpc_out="$out.new" \
    $(cd "$root/proto" && find reporting -name '*.proto')
rm -rf "$out"
mv "$out.new" "$out"
