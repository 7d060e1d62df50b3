#!/usr/bin/env bash
# test.sh PROGRAMS: tests run.sh, with targets that are built already.
set -euo pipefail

programs=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "$*" >&2
  exit 1
}
set -m  # so that a run in the background listens to an interrupt
run=("$here/run.sh" --programs "$programs" --folder "$work" --jobs 1)

# A finding: status 1, the oracle, the decoded bytes, a command that reproduces it, a test case to paste.
status=0
"${run[@]}" canary --seconds 60 --seed 1 > "$work/said" || status=$?
((status == 1)) || fail "the canary's defect was found with status $status: $(cat "$work/said")"
for expected in 'FOUND by canary_fuzzer: oracle canary' 'union-tag-mismatch: localSubNet.type' \
  'TEST(Findings, canary_' 'EXPECT_TRUE(is_right(canary_fuzzer,'; do
  grep -qF "$expected" "$work/said" || fail "the report lacks '$expected': $(cat "$work/said")"
done
again=$(sed -n 's/^Again:  //p' "$work/said")
status=0
said=$(bash -c "$again" 2>&1) || status=$?
((status != 0)) && grep -q 'WRONG ANSWER by oracle canary' <<< "$said" || fail "'$again' does not show it again"

# The case compiles before the end of the innermost namespace, behind the other cases.
case=$(echo "$work"/findings/canary/*/test.cpp)
line=$(grep -n '^}  // namespace$' "$here/../findings_test.cpp" | cut -d: -f1)
sed "$((line - 1))r $case" "$here/../findings_test.cpp" > "$work/findings_test.cpp"
clang++-19 -std=c++23 -fsyntax-only -Wall -Wextra -Werror -I"$here/../../include" -I"$here/.." -I"$here/../../tests" \
  "$work/findings_test.cpp" || fail "the test case does not compile: $(cat "$case")"

# An interrupt ends the run soon, and findings so far are kept.
corpus=$work/corpus/decode_ndr64
"${run[@]}" decode_ndr64 --seconds 600 --seed 1 > "$work/said" &
process=$!
for _ in {1..300}; do
  [[ ! -d $corpus || $(find "$corpus" -type f | wc -l) -lt 20 ]] || break
  sleep 0.1
done
kill -INT "$process"
begin=$SECONDS status=0
wait "$process" || status=$?
((status == 130)) || fail "an interrupted run ends with $status: $(cat "$work/said")"
((SECONDS - begin <= 20)) || fail "an interrupted run ended after $((SECONDS - begin)) s"
(($(find "$corpus" -type f | wc -l) >= 20)) || fail "an interrupted run lost its corpus"

# A complete run leaves a corpus that is not larger, and whose coverage is at least that of the old corpus with the seeds.
covered() { "$programs/decode_ndr64_fuzzer" -max_len=4096 -runs=0 "$@" 2>&1 | sed -nE 's/.*INITED +cov: ([0-9]+) ft: ([0-9]+).*/\1 \2/p'; }
before=$(covered "$corpus" "$here/../../corpus/decode_ndr64" "$here/../regressions/decode_ndr64")
"${run[@]}" decode_ndr64 --seconds 2 --seed 2 > "$work/said" || fail "an undisturbed run ends with $?: $(cat "$work/said")"
after=$(covered "$corpus")
((${after% *} >= ${before% *} && ${after#* } >= ${before#* })) || fail "covered '$before' before, and '$after' after: $(cat "$work/said")"
echo "edges and features: $before before, $after after"
