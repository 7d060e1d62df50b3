#!/usr/bin/env bash
# test [--all] [--only PRESET] [-- CTEST-OPTION...]: all that must hold (--all: and what takes long)
#
# Builds every preset that has tests, and then makes one run of ctest over all of them, so that there is one summary. What
# the parts are is written in CMakePresets.json, tests/ and cmake/checks.cmake.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

presets=(gcc clang-19 release mingw)
packages=(build test)
ctest_options=(-LE long)
while (($#)); do
  case $1 in
    --all)
      ctest_options=()
      presets+=(mingw-i686)
      packages+=(wine)
      ;;
    --only)
      [[ " ${presets[*]} " == *" ${2:-} "* ]] || die "--only takes one of: ${presets[*]}"
      presets=("$2")
      shift
      ;;
    --)
      shift
      ctest_options+=("$@")
      break
      ;;
    *) die "test: what is '$1'? See ./dev help" ;;
  esac
  shift
done

parts=()
# part NAME COMMAND…: runs it and notes how long it took.
part() {
  local name=$1 start=$SECONDS status=0
  shift
  echo "== $name"
  "$@" || status=$?
  parts+=("$name $((SECONDS - start)) s")
  return "$status"
}

part packages need "${packages[@]}"
if [[ " ${packages[*]} " == *" wine "* ]]; then
  part 'wine32' logged wine32 tests/windows/fetch_wine32.sh build/wine32 || true  # without it, tests are skipped
fi
built=()
failed_builds=()
for preset in "${presets[@]}"; do
  if part "build $preset" build "$preset" -DQMFORGE_TESTS=ON; then
    built+=("$preset")
  else
    failed_builds+=("$preset")
  fi
done

# A test folder whose only content is the presets' own.
echo "subdirs(${built[*]})" > build/CTestTestfile.cmake
status=0
# What it prints is kept: the summary is drawn from it.
run_tests() {
  ctest --test-dir build --parallel "$(nproc)" --output-on-failure --timeout 600 --no-tests=error \
    "${ctest_options[@]}" | tee build/log/ctest.log
}
part tests run_tests || status=$?

for preset in "${failed_builds[@]}"; do
  echo "The build '$preset' failed; its tests were not run. See build/log/."
  status=1
done
printf '\nTime: '
printf '%s, ' "${parts[@]}"
echo "in all $SECONDS s."
awk -v failed="${#failed_builds[@]}" -f scripts/lib/summary.awk build/log/ctest.log build/Testing/Temporary/LastTest.log || status=1
exit "$status"
