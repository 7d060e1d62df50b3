#!/usr/bin/env bash
# check_build.sh PROGRAMS [SANITIZER [TARGET…]]: checks built targets by the rules and thresholds of OSS-Fuzz'
# bad_build_check, which runs in the service's containers:
#
#   - the targets exist, with seeds, options and, if they have one, a dictionary that libFuzzer can read;
#   - they run from another folder than they were built in, and need only the system's libraries;
#   - they run four times from an empty corpus, and all of the code under test is instrumented for coverage;
#   - their seeds do not crash them;
#   - they are compiled with the sanitizer, and with no other.
#
# SANITIZER: address, undefined or memory; without it, programs that have both of the first two.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
programs=$1 sanitizer=${2:-both}
shift $(($# > 1 ? 2 : 1))
targets=("$@")
((${#targets[@]})) || mapfile -t targets < <(awk '$2 == "product" { print $1 "_fuzzer" }' "$project/fuzz/targets.txt")

fail() {
  echo "$*" >&2
  exit 1
}

# A folder that neither the compiler nor the linker has seen.
moved=$(mktemp -d)
trap 'rm -rf "$moved"' EXIT
"$project/fuzz/pack.sh" "$programs" "$moved" "${targets[@]}"
cd "$moved"

# at_least WHAT COUNT LIMIT, at_most WHAT COUNT LIMIT
at_least() { (($2 >= $3)) || fail "$target: $1: $2, and $3 are the least"; }
at_most() { (($2 <= $3)) || fail "$target: $1: $2, and $3 are the most"; }

for target in "${targets[@]}"; do
  [[ -x $target ]] || fail "$target is not there"
  grep -q 'max_len = [1-9]' "$target.options" || fail "$target.options gives no max_len"
  options=(-max_len=4096 -timeout=25 -rss_limit_mb=2560)
  [[ ! -f $target.dict ]] || options+=("-dict=$target.dict")

  foreign=$(ldd "$target" | grep -vE 'linux-vdso|ld-linux|lib(c|m|stdc\+\+|gcc_s|dl|rt|pthread|resolv)\.so' || true)
  [[ -z $foreign ]] || fail "$target needs libraries that the services' machines lack: $foreign"

  mkdir empty
  "./$target" "${options[@]}" -seed=1337 -runs=4 empty > log 2>&1 || fail "$target does not run: $(cat log)"
  grep -q 'Done 4 runs' log || fail "$target does not run four times: $(cat log)"
  edges=$(sed -nE 's/^INFO: Loaded [0-9]+ modules? +\(([0-9]+) (inline 8-bit counters|guards)\).*/\1/p' log)
  at_least "instrumented edges" "${edges:-0}" 100
  rm -r empty

  mkdir seeds
  unzip -q "${target}_seed_corpus.zip" -d seeds
  at_least seeds "$(find seeds -type f | wc -l)" 5
  "./$target" "${options[@]}" -runs=0 seeds > log 2>&1 || fail "$target ends on one of its seeds: $(cat log)"
  rm -r seeds

  # Calls into the sanitizers' runtime libraries, the library's own calls included.
  objdump -d --no-show-raw-insn "$target" > code
  calls() { grep -cE "callq? +[0-9a-f]+ <__$1" code || true; }
  asan=$(calls asan) ubsan=$(calls ubsan) msan=$(calls msan)
  case $sanitizer in
    address) at_least asan "$asan" 1000; at_most ubsan "$ubsan" 200; at_most msan "$msan" 3 ;;
    undefined) at_most asan "$asan" 0; at_least ubsan "$ubsan" 168; at_most msan "$msan" 3 ;;
    memory) at_most asan "$asan" 0; at_most ubsan "$ubsan" 200; at_least msan "$msan" 1000 ;;
    both) at_least asan "$asan" 1000; at_least ubsan "$ubsan" 168; at_most msan "$msan" 3 ;;
  esac
  echo "$target: $edges edges, calls of asan $asan, ubsan $ubsan, msan $msan"
done
