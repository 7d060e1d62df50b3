#!/usr/bin/env bash
# The README's C++ is code that the tests compile, line for line, and what it links to is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

status=0
while IFS= read -r line; do
  if ! grep -qxF -- "$line" tests/consumer/*.cpp tests/wfp/tutorial_test.cpp; then
    echo "README.md: in no test: $line" >&2
    status=1
  fi
done < <(sed -n '/^```cpp$/,/^```$/{/^```/d;p}' README.md)
for link in $(grep -oE '\]\([^)#]+' README.md | cut -c3- | grep -v '^https\?:'); do
  if [[ ! -e $link ]]; then
    echo "README.md: links to $link, which is not there" >&2
    status=1
  fi
done
exit "$status"
