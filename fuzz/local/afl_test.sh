#!/usr/bin/env bash
# afl_test.sh FOLDER: a target, built with AFL++, runs from the seeds and gives its queue to the corpus. Status 77: no AFL++ here.
set -euo pipefail

command -v afl-fuzz afl-clang-fast++ > /dev/null || { echo 'skipped: afl++ is not installed'; exit 77; }
folder=$1 target=decode_ndr64
rm -rf "$folder"
output=$("$(dirname "${BASH_SOURCE[0]}")/run.sh" --engine afl --folder "$folder" --jobs 1 --seconds 10 --seed 1 "$target") || {
  echo "$output" >&2
  exit 1
}
executions=$(sed -nE "s/^$target: ([0-9]+) executions.*/\\1/p" <<< "$output")
((executions > 100)) && (($(find "$folder/corpus/$target" -type f | wc -l) >= 20)) || { echo "$output" >&2; exit 1; }
echo "$output"
