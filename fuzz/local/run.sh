#!/usr/bin/env bash
# Fuzzes locally: builds the targets, runs several at a time, minimises their corpora and reports findings.
#
#   ./dev fuzz [OPTION...] [TARGET...]     decode_ndr20, forge, …; all when none is given
#
#   --seconds N      for each target (60)
#   --jobs N         targets at a time (the number of processors)
#   --sanitizer S    address (default), undefined or none; several with commas
#   --engine E       libfuzzer (default) or afl
#   --seed N         the engine's seed; 0 (default) for another one each time
#   --programs DIR   targets that are built already: the folder they are in
#   --folder DIR     for corpus, findings and logs (build/fuzz)
#
# The corpus is kept in FOLDER/corpus/TARGET, and each finding in FOLDER/findings/TARGET/; neither is lost when Ctrl-C ends
# a run early. Status: 0 no findings, 1 findings, 2 wrong usage, 130 interrupted.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
source "$here/report.sh"

usage() {
  echo "./dev fuzz: $*; see ./dev fuzz --help" >&2
  exit 2
}

targets=() seconds=60 jobs=$(nproc) sanitizer=address engine=libfuzzer seed=0 programs='' folder=$root/build/fuzz
while (($#)); do
  case $1 in
    --help) sed -n '2,/^set /{s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit ;;
    --seconds | --jobs | --seed) [[ ${2:-} =~ ^[0-9]+$ ]] || usage "$1 takes a number"; declare "${1#--}=$2"; shift 2 ;;
    --sanitizer | --engine | --programs | --folder) [[ -n ${2:-} ]] || usage "$1 takes a value"; declare "${1#--}=$2"; shift 2 ;;
    -*) usage "unknown option $1" ;;
    *) targets+=("$1"); shift ;;
  esac
done
((seconds && jobs)) || usage '--seconds and --jobs take a number above 0'
[[ $engine == libfuzzer || $engine == afl ]] || usage "unknown engine $engine"
for target in "${targets[@]}"; do
  grep -q "^$target " "$root/fuzz/targets.txt" || usage "unknown target $target"
done
((${#targets[@]})) || mapfile -t targets < <(awk '$2 == "product" { print $1 }' "$root/fuzz/targets.txt")

# build ENGINE: prints the folder with the targets.
build() {
  local log=$folder/log/build-$1.log
  env -u CC -u CXX -u CFLAGS -u CXXFLAGS -u LIB_FUZZING_ENGINE -u OUT -u WORK FUZZING_ENGINE="$1" SANITIZER="$sanitizer" \
    TARGETS="${targets[*]/%/_fuzzer}" JOBS="$jobs" "$root/fuzz/build.sh" > "$log" 2>&1 < /dev/null ||
    { tail -n 50 "$log" >&2; echo "./dev fuzz: the build failed; see $log" >&2; exit 1; }
  echo "$root/build/fuzz/$1-$sanitizer/out"
}

mkdir -p "$folder/log" "$folder/corpus"
folder=$(cd "$folder" && pwd)
scratch=$(mktemp -d "$folder/run-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19 UBSAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19
export UBSAN_OPTIONS=print_stacktrace=1
programs=${programs:-$(build libfuzzer)}
[[ $engine == libfuzzer ]] || afl_programs=$(build afl)

# set_target NAME: what belongs to a target, for all functions below.
set_target() {
  target=$1 program=$programs/${1}_fuzzer corpus=$folder/corpus/$1 found=$scratch/$1 log=$folder/log/$1.log
  mkdir -p "$corpus" "$found"
  inputs=() options=(-timeout=20 -rss_limit_mb=2048 -max_len=4096)
  folder_of_inputs=$(awk -v name="$1" '$1 == name { print $3 }' "$root/fuzz/targets.txt")
  local given
  for given in "$root/corpus/$folder_of_inputs" "$root/fuzz/regressions/$folder_of_inputs"; do
    [[ ! -d $given ]] || inputs+=("$given")
  done
  [[ ! -f $program.dict ]] || options+=("-dict=$program.dict")
  [[ ! -f $program.options ]] || mapfile -t -O "${#options[@]}" options < <(sed -n 's/^\([a-z_]*\) = /-\1=/p' "$program.options")
}

run_libfuzzer() {
  "$program" "${options[@]}" -max_total_time="$seconds" -seed="$seed" -print_final_stats=1 -artifact_prefix="$found/" \
    "$corpus" "${inputs[@]}"
}

# The queue goes into the corpus, which libFuzzer merges. afl-fuzz takes no empty input.
run_afl() {
  local words=() given=$scratch/$target-in out=$scratch/$target-afl
  mkdir "$given"
  find "$corpus" "${inputs[@]}" -type f -size +0 -exec cp -t "$given" {} +
  [[ ! -f $program.dict ]] || words=(-x "$program.dict")
  ((!seed)) || words+=(-s "$seed")
  AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_FORKSRV_INIT_TMOUT=30000 \
    AFL_BENCH_UNTIL_CRASH=1 afl-fuzz -i "$given" -o "$out" -V "$seconds" -G 4096 "${words[@]}" -- "$afl_programs/${target}_fuzzer"
  local input name
  for input in "$out"/default/{queue,crashes}/id:*; do
    [[ -f $input ]] || continue
    name=$(sha1sum < "$input" | cut -c1-40)
    if [[ $input == */crashes/* ]]; then cp "$input" "$found/crash-$name"; else cp "$input" "$corpus/$name"; fi
  done
  grep -E '^(execs_done|edges_found)' "$out/default/fuzzer_stats"
}

# Keeps the fewest inputs with the same coverage, including the repository's own. They are in place before others are removed.
minimise() {
  local small=$scratch/$target-small input
  mkdir "$small"
  "$program" "${options[@]}" -merge=1 "$small" "$corpus" "${inputs[@]}" > "$log.merge" 2>&1 || { echo 'not minimised'; return; }
  cp "$small"/* "$corpus/"
  for input in "$corpus"/*; do
    [[ -e $small/${input##*/} ]] || rm "$input"
  done
  echo "$(find "$corpus" -type f | wc -l) inputs in the corpus"
}

# One target, in its own process group: an interrupt ends the engine, and its findings are still reported.
fuzz() {
  trap : INT
  set_target "$1"
  local status=0 artifact
  "run_$engine" > "$log" 2>&1 || status=$?
  local interrupted=false
  [[ ! -e $scratch/interrupted ]] || interrupted=true
  for artifact in $(find "$found" -type f ! -name 'slow-unit-*' | head -n 3); do
    report "$artifact" > "$scratch/report-$target-${artifact##*/}" 2>> "$log"
  done
  if compgen -G "$scratch/report-$target-*" > /dev/null; then echo "$target: FOUND something"; return; fi
  if $interrupted; then echo "$target: interrupted"; return; fi
  ((!status)) || { { echo "$target ended with $status:"; tail -n 30 "$log"; } > "$scratch/report-$target-ended"; return; }
  echo "$target: $(sed -n 's/^stat::number_of_executed_units: *\(.*\)/\1 executions/p; s/^execs_done *: \(.*\)/\1 executions/p' "$log"), $(minimise)"
}

children=()
interrupt() {
  touch "$scratch/interrupted"
  for child in "${children[@]}"; do kill -INT -- "-$child" 2> /dev/null || true; done
}
trap interrupt INT TERM
set -m  # a process group for each child
for target in "${targets[@]}"; do
  while (($(jobs -rp | wc -l) >= jobs)); do wait -n || true; done
  [[ ! -e $scratch/interrupted ]] || break
  fuzz "$target" < /dev/null &
  children+=($!)
done
next=$((SECONDS + 15))
while [[ -n $(jobs -rp) ]]; do
  sleep 0.2
  ((SECONDS >= next)) || continue
  next=$((SECONDS + 15))
  for target in "${targets[@]}"; do
    [[ ! -d $scratch/$target ]] || printf '%-18s %s\n' "$target" "$(tail -n 1 "$folder/log/$target.log")"
  done
done
if compgen -G "$scratch/report-*" > /dev/null; then
  cat "$scratch"/report-*
  exit 1
fi
[[ ! -e $scratch/interrupted ]] || { echo "Interrupted. The corpus is in $folder/corpus."; exit 130; }
echo 'Nothing found.'
