#!/usr/bin/env bash
# mono.sh LIBRARY: compiles a C# program that reads net events by P/Invoke, and runs it unchanged on the fake with Mono: with
# the dllmap of docs/wfp.md, and a scenario.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
library=$(realpath "$1")
for command in mcs mono; do
  command -v "$command" > /dev/null || { echo "SKIP: $command is not installed"; exit 0; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mcs -out:"$work/pinvoke.exe" tests/wfp/clients/pinvoke.cs
# The document's lines, with this library's path.
sed -n "/^### Mono/,/^### What/s/^    \( *<.*\)/\1/p" docs/wfp.md |
  sed "s|/usr/local/lib/libfwpuclnt.so|$library|" > "$work/pinvoke.exe.config"
{ echo "report report.txt"; cat tests/wfp/clients/clients.scenario; } > "$work/my.scenario"
QMFORGE_WFP_SCENARIO=$work/my.scenario QMFORGE_WFP_QUIET=1 mono "$work/pinvoke.exe" > "$work/output"
{ cat "$work/output"; echo "--- report of the fake"; cat "$work/report.txt"; } | diff -u tests/wfp/clients/pinvoke.expected -
