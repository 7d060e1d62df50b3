#!/usr/bin/env bash
# pack.sh PROGRAMS OUT TARGET…: copies targets from the folder that they were built in, and puts beside each what a service
# looks for: NAME_seed_corpus.zip (corpus/ and fuzz/regressions/), NAME.dict, NAME.options.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
programs=$1 out=$(mkdir -p "$2" && cd "$2" && pwd)
shift 2
for target in "$@"; do
  # Put in place at once: the program may be running.
  cp "$programs/$target" "$out/$target.new"
  mv "$out/$target.new" "$out/$target"
  seeds=()
  inputs=$(awk -v name="${target%_fuzzer}" '$1 == name { print $3 }' "$project/fuzz/targets.txt")
  for folder in "corpus/$inputs" "fuzz/regressions/$inputs"; do
    [[ ! -d $project/$folder ]] || seeds+=("$project/$folder")
  done
  rm -f "$out/${target}_seed_corpus.zip"
  # Seeds are called `seed-…` and regressions are not, so that one folder holds both.
  ((!${#seeds[@]})) || find "${seeds[@]}" -type f | LC_ALL=C sort | zip -q -X -j "$out/${target}_seed_corpus.zip" -@
  case $target in
    decode_* | mutate_*) cp "$project/fuzz/dictionaries/message.dict" "$out/$target.dict" ;;
    json_*) cp "$project/fuzz/dictionaries/json.dict" "$out/$target.dict" ;;
  esac
  printf '[libfuzzer]\nmax_len = 4096\n' > "$out/$target.options"
  # Without a mutator that knows the grammar: an engine that begins with nothing, and lets its inputs grow slowly, takes
  # long to come to a message that has all that is announced in it.
  [[ $target != decode_* ]] || printf 'len_control = 0\n' >> "$out/$target.options"
done
