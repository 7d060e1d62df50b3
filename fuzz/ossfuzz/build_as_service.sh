#!/usr/bin/env bash
# build_as_service.sh SANITIZER FOLDER [TARGET…]: builds the targets with the environment of the public services, and checks
# them by the rules of the services' build check. The compiler is clang++-19 in place of theirs.
set -euo pipefail

sanitizer=$1 folder=$2
shift 2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# As in OSS-Fuzz' base-builder.
checks=bool,array-bounds,float-divide-by-zero,function,integer-divide-by-zero,return,shift,signed-integer-overflow,vla-bound,vptr
case $sanitizer in
  address) flags="-fsanitize=address -fsanitize-address-use-after-scope" ;;
  undefined) flags="-fsanitize=$checks,unsigned-integer-overflow -fno-sanitize-recover=$checks" ;;
  *) echo "build_as_service.sh: no sanitizer '$sanitizer'" >&2; exit 2 ;;
esac
export CC=clang-19 CXX=clang++-19 SANITIZER=$sanitizer FUZZING_ENGINE=libfuzzer LIB_FUZZING_ENGINE=-fsanitize=fuzzer
export CFLAGS="-O1 -fno-omit-frame-pointer -gline-tables-only -Wno-error -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION $flags -fsanitize=fuzzer-no-link"
export CXXFLAGS=$CFLAGS SRC=$folder/src OUT=$folder/out WORK=$folder/work
export UBSAN_OPTIONS=silence_unsigned_overflow=1

rm -rf "$OUT"
TARGETS="$*" "$here/../build.sh" > "$folder.log" 2>&1 || { tail -n 50 "$folder.log" >&2; exit 1; }
"$here/check_build.sh" "$OUT" "$sanitizer" "$@"
