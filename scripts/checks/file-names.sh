#!/usr/bin/env bash
# Every file name in the repository is legal on Windows: no reserved character or device name, no trailing dot or space, no
# two names that differ in case alone, and no path too long to be cloned into a folder of ordinary depth.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

status=0
report() {
  if [[ -n $2 ]]; then
    printf '%s:\n%s\n' "$1" "$2" >&2
    status=1
  fi
}
names=$(git -c core.quotePath=off ls-files)
report 'reserved characters' "$(grep -nP '[<>:"\\|?*\x01-\x1f]' <<< "$names" || true)"
report 'reserved names' "$(grep -niE '(^|/)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|/|$)' <<< "$names" || true)"
report 'trailing dot or space' "$(grep -nE '[. ](/|$)' <<< "$names" || true)"
report 'longer than 150 characters' "$(grep -nE '.{151}' <<< "$names" || true)"
report 'differ in case alone' "$(sort -f <<< "$names" | uniq -Di)"
exit "$status"
