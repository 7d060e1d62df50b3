#!/usr/bin/env bash
# Every line of the README's C++ is a line of a test, and the files that it links to exist.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

status=0
while IFS= read -r line; do
  if ! grep -qxF -- "$line" tests/consumer/*.cpp tests/wfp/tutorial_test.cpp; then
    echo "README.md: not a line of a test: $line" >&2
    status=1
  fi
done < <(sed -n '/^```cpp$/,/^```$/{/^```/d;p}' README.md)
for link in $(grep -oE '\]\([^)#]+' README.md | cut -c3- | grep -v '^https\?:'); do
  if [[ ! -e $link ]]; then
    echo "README.md: links to $link, which does not exist" >&2
    status=1
  fi
done
exit "$status"
