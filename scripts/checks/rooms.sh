#!/usr/bin/env bash
# Which directory may include which (ARCHITECTURE.md). The linker keeps reader and simulator apart, but not their headers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

status=0
# forbid DIRECTORY PATTERN: no file of DIRECTORY includes a path that PATTERN matches.
forbid() {
  if git grep -nE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]([^>\"]*/)?($2)" -- "$1"; then
    echo "$1 must not have the includes above" >&2
    status=1
  fi
}
users='tools/|tests/|fuzz/|bench/'
forbid src/event "decode/|inspect\\.h|qmforge/(decode|validate)\\.h|sim/|wfp/|$users"
forbid src/decode "sim/|wfp/|$users"
forbid sim "decode/|qmforge/(decode|inspect|validate)\\.h|wfp/|$users"
forbid wfp "src/|decode/|event/text/|$users"
forbid tests/reference 'src/|sim/'
forbid include 'src/|tools/|tests/'
forbid kits 'src/|tools/|tests/'
# qmforge/fuzz/ and qmforge/bench/ are headers of the kits; fuzz/ and bench/ use them.
if git grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"](fuzz|bench|kits)/' -- include kits; then
  echo 'include/ and kits/ must not have the includes above' >&2
  status=1
fi
exit "$status"
