#!/usr/bin/env bash
# docs/wfp.md: every faked call has a row in the table of calls, every behaviour names a test, and the test exists; every
# hostile mode has a test of its name.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

status=0
report() {
  echo "docs/wfp.md: $*" >&2
  status=1
}
# The rows of the table whose header begins with `| $1 | $2`, without their outer bars.
table() { awk -v head="| $1 | $2" 'index($0, head) == 1 { on = 1; next } /^[^|]|^$/ { on = 0 } on && !/^\|---/' docs/wfp.md; }
# `FwpmNetEventEnum0 … 5` in full.
in_full() {
  sed -E 's/ … /…/g' | tr -s ', ' '\n' | while read -r name; do
    if [[ $name == *…* ]]; then
      stem=${name%?…*}
      for ((version = 0; version <= ${name##*…}; ++version)); do echo "$stem$version"; done
    else
      echo "$name"
    fi
  done
}

faked=$(sed -nE 's/^CALL\(faked, ([A-Za-z0-9]+)\)/\1/p' wfp/exports.inc | sort)
listed=$(table call 'behaviour | test' | cut -d'|' -f2 | grep -o 'Fwpm.*' | in_full | sort -u)
missing=$(comm -23 <(echo "$faked") <(echo "$listed"))
[[ -z $missing ]] || report "no row in the table of calls:" $missing

tests=$(sed -nE 's/^(TEST|TEST_F|RC_GTEST_PROP)\([A-Za-z]+, ([A-Za-z0-9]+).*/\2/p' tests/wfp/*.cpp | sort)
while IFS='|' read -r _ call behaviour test _; do
  test=${test// /}
  if [[ $test == \[*\]\(../*\) ]]; then
    file=${test#*(../}
    [[ -e ${file%)} ]] || report "$test does not exist"
  elif ! grep -qx -- "$test" <<< "$tests"; then
    report "no test '$test' for:$call$behaviour"
  fi
done < <(table call 'behaviour | test')
# Outside the table, test names are in parentheses.
for test in $(grep -oE '[(, ][A-Z][a-z]*[A-Z][A-Za-z]+[A-Z][A-Za-z]+[A-Z][A-Za-z0-9]+[),]' docs/wfp.md | grep -oE '[A-Za-z]+' | grep '[a-z]' | grep -vE '^(Fwpm|IPsec)'); do
  grep -qx -- "$test" <<< "$tests" || report "no test '$test'"
done

modes=$(tr '\n' ' ' < include/qmforge/wfp/hostile.h | grep -oE 'ModeDescription\{ *Mode::[A-Za-z]+, *"[a-z-]+"' | grep -oE '"[a-z-]+"' | tr -d '"')
for mode in $modes; do
  test=$(sed -E 's/(^|-)(.)/\U\2/g' <<< "$mode")
  grep -q "^TEST_F(Hostile, $test)" tests/wfp/hostile_test.cpp || report "the mode $mode has no test $test"
done
exit "$status"
