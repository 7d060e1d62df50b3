#!/usr/bin/env bash
# cover: measure the coverage of lines, branches and conditions; fails if a test is missing
#
# Measures include/, src/ and sim/ with the unit and property tests only, in a separate build. Code that no test can reach is
# marked in the source, `// uncovered: REASON`. The figures go to build/coverage/summary.json.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build cover
preset=coverage
folder=$PWD/build/$preset
echo "== build"
build $preset -DQMFORGE_TESTS=ON
echo "== tests"
rm -rf "$folder/profiles"
export LLVM_PROFILE_FILE=$folder/profiles/%m.profraw
logged cover-tests ctest --test-dir "$folder" --parallel "$(nproc)" --output-on-failure --timeout 600 --no-tests=error -LE long
tail -n 3 build/log/cover-tests.log
echo "== coverage"
llvm-profdata-19 merge --sparse "$folder"/profiles/*.profraw --output "$folder/tests.profdata"
# Every program and library of the build that has measured code.
mapfile -t programs < <(ninja -C "$folder" -t targets all |
  sed -nE "s,^(.*): C(XX)?_(EXECUTABLE|SHARED_LIBRARY)_LINKER.*,$folder/\1,p" | xargs grep -lF __llvm_covfun)
status=0
tests/coverage/gate.py . "$folder" "$folder/tests.profdata" include,src,sim "$folder/summary.json" "${programs[@]}" || status=$?
echo "Time: $SECONDS s."
exit "$status"
