#!/usr/bin/env bash
# Every law is stated once in a public header, as `Law NAME:`, and tested once under that name: as a property in
# tests/properties/, or, where instructions are counted, by the gate of the benchmarks.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

stated=$(git grep -hoP '/// Law \K\w+(?=:)' -- include | sort)
tested=$({
  git grep -hoP '^TEST\(Law, \K\w+' -- tests/properties
  git grep -hoP 'Law \K\w+(?=:)' -- bench/gate.py
} | sort)
diff <(echo "$stated") <(echo "$tested") || { echo 'Left: stated in include/; right: tested.' >&2; exit 1; }
