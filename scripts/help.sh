#!/usr/bin/env bash
# help: this list
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

echo "usage: ./dev COMMAND [OPTION...]"
for script in *.sh; do
  # A script's second line is "# name [options]: what it does".
  sed -n '2{s/^# \([^:]*\): /\1\t/p;q}' "$script"
done | while IFS=$'\t' read -r usage what; do printf '  %-46s %s\n' "$usage" "$what"; done
