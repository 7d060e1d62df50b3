#!/usr/bin/env bash
# Builds the fuzz targets by the rules of the public fuzzing services: with their CC, CXX, CFLAGS, CXXFLAGS and
# LIB_FUZZING_ENGINE, into OUT, with WORK for intermediate files. Beside each program: NAME_seed_corpus.zip, NAME.dict,
# NAME.options.
#
# Local defaults, if none of these is set: clang++-19, libFuzzer and a sanitizer, into build/fuzz/libfuzzer-address/.
#
#   FUZZING_ENGINE   libfuzzer (default), afl
#   SANITIZER        address (default), undefined, coverage or none; several with commas. Local only: a service sets its flags
#                    instead, also for MemorySanitizer, which needs an instrumented C++ library
#   TARGETS          the targets, with blanks between; default: all except those that test the harness itself
#   SRC              not needed: the sources are found relative to this script
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
targets=${TARGETS:-$(awk '$2 == "product" { print $1 "_fuzzer" }' "$project/fuzz/targets.txt")}

# home_flags ENGINE SANITIZER: the flags that a service would set in the environment.
home_flags() {
  local flags="-O1 -g1 -fno-omit-frame-pointer"
  case $2 in
    none) flags="-O2 -g1" ;;
    coverage) flags="-O0 -g1 -fprofile-instr-generate -fcoverage-mapping" ;;
    *) flags+=" -fsanitize=$2 -fno-sanitize-recover=all" ;;
  esac
  case $1 in
    libfuzzer)
      export CC=clang-19 CXX=clang++-19 LIB_FUZZING_ENGINE=-fsanitize=fuzzer
      [[ $2 == coverage ]] || flags+=" -fsanitize=fuzzer-no-link"
      ;;
    afl)
      # afl-clang-fast with clang's own instrumentation, which every clang supports.
      export CC=afl-clang-fast CXX=afl-clang-fast++ AFL_CC=clang-19 AFL_CXX=clang++-19
      export AFL_LLVM_INSTRUMENT=LLVM-NATIVE AFL_QUIET=1 LIB_FUZZING_ENGINE=/usr/lib/afl/libAFLDriver.a
      ;;
    *) echo "build.sh: no engine '$1'" >&2; exit 2 ;;
  esac
  export CFLAGS=$flags CXXFLAGS=$flags
}
if [[ -z ${CXX:-}${CXXFLAGS:-}${LIB_FUZZING_ENGINE:-} ]]; then
  engine=${FUZZING_ENGINE:-libfuzzer} sanitizer=${SANITIZER:-address}
  home_flags "$engine" "$sanitizer"
  : "${OUT:=$project/build/fuzz/$engine-$sanitizer/out}" "${WORK:=$project/build/fuzz/$engine-$sanitizer/work}"
fi
: "${CXX:?}" "${CXXFLAGS:?}" "${LIB_FUZZING_ENGINE:?}" "${OUT:?}" "${WORK:?}"
mkdir -p "$OUT" "$WORK"

# --fresh: CMake would keep the flags of an earlier call.
cmake --fresh -S "$project" -B "$WORK/qmforge" -G Ninja -DCMAKE_BUILD_TYPE=None -DQMFORGE_WERROR=OFF \
  -DQMFORGE_TESTS=OFF -DQMFORGE_TOOLS=OFF -DQMFORGE_EXAMPLES=OFF \
  -DQMFORGE_FUZZ=ON -DQMFORGE_FUZZING_ENGINE="$LIB_FUZZING_ENGINE"
# shellcheck disable=SC2086  # one argument a target
cmake --build "$WORK/qmforge" --parallel "${JOBS:-$(nproc)}" --target $targets
# shellcheck disable=SC2086
"$project/fuzz/pack.sh" "$WORK/qmforge/fuzz" "$OUT" $targets
