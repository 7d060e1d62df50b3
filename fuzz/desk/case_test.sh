#!/usr/bin/env bash
# case_test.sh PROGRAMS: the test case that is printed with a finding compiles where it is to be pasted.
set -euo pipefail

programs=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$root/fuzz/desk/main.py" --programs "$programs" --folder "$work" --jobs 1 canary --seconds 60 --seed 1 > "$work/said" && exit 1
cases=("$work"/findings/canary_fuzzer/*/test.cpp)
((${#cases[@]} == 1)) && grep -q '^TEST(Findings, canary_' "${cases[0]}" || { cat "$work/said" >&2; exit 1; }

# Before the end of the innermost namespace, behind the other cases.
line=$(grep -n '^}  // namespace$' "$root/fuzz/findings_test.cpp" | cut -d: -f1)
sed "$((line - 1))r ${cases[0]}" "$root/fuzz/findings_test.cpp" > "$work/findings_test.cpp"
clang++-19 -std=c++23 -fsyntax-only -Wall -Wextra -Werror -I"$root/include" -I"$root/fuzz" -I"$root/tests" \
  "$work/findings_test.cpp"
echo "compiles: $(grep '^TEST(Findings, canary_' "${cases[0]}")"
