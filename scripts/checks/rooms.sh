#!/usr/bin/env bash
# The law of the house: src/ and sim/ never include each other, and neither includes who uses them. Public headers include
# public headers alone.
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

forbid src 'sim/|testing/|tools/|tests/|fuzz/|bench/'
forbid sim 'src/|tools/|tests/|fuzz/|bench/'
forbid tests/reference 'src/|sim/'
forbid include 'src/|tools/|tests/|fuzz/|bench/'
# Headers that lie in src/ and sim/ are included by their path below that room, so a name alone can cross over as well.
for pair in src:sim sim:src tests/reference:src tests/reference:sim; do
  room=${pair%:*} other=${pair#*:}
  while read -r header; do
    [[ -e $room/$header ]] || forbid "$room" "${header//./\\.}[>\"]"
  done < <(git ls-files "$other/*.h" | sed "s,^$other/,,")
done
exit "$status"
