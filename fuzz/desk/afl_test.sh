#!/usr/bin/env bash
# afl_test.sh FOLDER: a target, built with AFL++, runs from the seeds and gives its queue to the corpus. Status 77: no AFL++ here.
set -euo pipefail

command -v afl-fuzz afl-clang-fast++ > /dev/null || { echo 'skipped: afl++ is not installed'; exit 77; }
folder=$1 target=decode_ndr64
rm -rf "$folder"
said=$("$(dirname "${BASH_SOURCE[0]}")/main.py" --engine afl --folder "$folder" --jobs 1 --seconds 10 --seed 1 "$target") || {
  echo "$said" >&2
  exit 1
}
last=$(grep "^$target " <<< "$said" | tail -n 1)
executions=$(sed -nE 's/.* s +([0-9,]+) executions .*/\1/p' <<< "$last" | tr -d ,)
((executions > 100)) && (($(find "$folder/corpus/${target}_fuzzer" -type f | wc -l) >= 20)) || { echo "$said" >&2; exit 1; }
echo "$last"
