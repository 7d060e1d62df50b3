#!/usr/bin/env bash
# pack.sh PROGRAMS OUT TARGET…: copies targets from their build folder, and adds the files that a service needs for each:
# NAME_seed_corpus.zip (corpus/ and fuzz/regressions/), NAME.dict, NAME.options.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
programs=$1 out=$(mkdir -p "$2" && cd "$2" && pwd)
shift 2
for target in "$@"; do
  # Replaced atomically, because the program may be running.
  cp "$programs/$target" "$out/$target.new"
  mv "$out/$target.new" "$out/$target"
  seeds=()
  inputs=$(awk -v name="${target%_fuzzer}" '$1 == name { print $3 }' "$project/fuzz/targets.txt")
  for folder in "corpus/$inputs" "fuzz/regressions/$inputs"; do
    [[ ! -d $project/$folder ]] || seeds+=("$project/$folder")
  done
  rm -f "$out/${target}_seed_corpus.zip"
  # One folder has both: names of seeds begin with `seed-`, those of regressions do not.
  ((!${#seeds[@]})) || find "${seeds[@]}" -type f | LC_ALL=C sort | zip -q -X -j "$out/${target}_seed_corpus.zip" -@
  case $target in
    decode_* | mutate_*) cp "$project/fuzz/dictionaries/message.dict" "$out/$target.dict" ;;
    json_* | manifest_* | answers_*) cp "$project/fuzz/dictionaries/json.dict" "$out/$target.dict" ;;
    wfp_scenario_*) cp "$project/fuzz/dictionaries/scenario.dict" "$out/$target.dict" ;;
  esac
  printf '[libfuzzer]\nmax_len = 4096\n' > "$out/$target.options"
  # For targets without a structure-aware mutator: an engine that starts from an empty corpus, and whose inputs grow
  # slowly, needs long to find a complete message, or a long sequence of calls.
  [[ $target != decode_* && $target != wfp_calls_* ]] || printf 'len_control = 0\n' >> "$out/$target.options"
done
