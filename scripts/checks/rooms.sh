#!/usr/bin/env bash
# Who may include whom (ARCHITECTURE.md). The linker keeps the reader and the simulator apart; headers do not link.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

status=0
# forbid ROOM PATTERN: no file of ROOM includes a path that PATTERN matches.
forbid() {
  if git grep -nE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]([^>\"]*/)?($2)" -- "$1"; then
    echo "$1 must not include what is shown above" >&2
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
  echo 'include/ and kits/ must not include what is shown above' >&2
  status=1
fi
exit "$status"
