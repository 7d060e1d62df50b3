#!/usr/bin/env bash
# test [--all | --quick | --platform NAME]... [--only PRESET] [NAME...] [-- CTEST-OPTION...]: all that must hold
#
# Without an option: clang++ with sanitizers and every test but the program's; g++ -O2 with the program's and those that ask
# for it; the fakes for Windows. --all adds what takes long: the program with sanitizers, all that is built for Windows,
# g++ without optimisation, clang-tidy over every file, the other platforms, the packages, the API page.
# --quick: the tests whose programs or files changed since they last passed, in the build with sanitizers. --platform NAME: one
# platform alone: libcxx portable i686 s390x aarch64 mingw mingw-i686. NAME: tests whose name matches this regular expression,
# in the build with sanitizers or the one of --only.
#
# Builds every preset that has tests, and then makes one run of ctest over all of them, so that there is one summary. What
# the parts are is written in CMakePresets.json, tests/ and cmake/checks.cmake.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

platforms=(libcxx portable i686 s390x aarch64 mingw mingw-i686)
presets=(clang-19 release)
packages=(build test)
ctest_options=(-LE long)
all=
quick=
program=OFF
chosen=()
names=()
# choose PRESET…: these presets alone.
choose() {
  presets=("$@")
  program=ON
  [[ " ${platforms[*]} " != *" $1 "* ]] || packages+=(wine platforms)
}
while (($#)); do
  case $1 in
    --all)
      all=1
      ctest_options=()
      program=ON
      presets=(gcc "${presets[@]}" "${platforms[@]}")
      packages+=(wine platforms package docs)
      ;;
    --quick)
      quick=1
      choose clang-19
      ;;
    --platform)
      [[ " ${platforms[*]} " == *" ${2:-} "* ]] || die "--platform takes one of: ${platforms[*]}"
      chosen+=("$2")
      choose "${chosen[@]}"
      ctest_options=()
      shift
      ;;
    --only)
      [[ " gcc clang-19 release ${platforms[*]} " == *" ${2:-} "* ]] ||
        die "--only takes one of: gcc clang-19 release ${platforms[*]}"
      choose "$2"
      chosen=("$2")
      shift
      ;;
    --)
      shift
      ctest_options+=("$@")
      break
      ;;
    -*) die "test: unknown option '$1'. See ./dev help" ;;
    *) names+=("$1") ;;
  esac
  shift
done
if ((${#names[@]})); then
  ((${#chosen[@]})) || choose clang-19
  # A test that is named is run, however long it takes.
  ctest_options=(-R "$(IFS='|' && echo "${names[*]}")")
fi

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
# targets_of PRESET: options that build no more than the named tests; none where a name is not a program of its own.
targets_of() {
  local known target
  ((${#names[@]})) || return 0
  logged "configure-$1" cmake --preset "$1" -DQMFORGE_TESTS=ON || return 0
  known=$(ninja -C "build/$1" -t targets all)
  for target in "${names[@]}"; do
    grep -qx -- "$target: phony" <<< "$known" || return 0
  done
  printf '%s\n' --target "${names[@]}"
}

mkdir -p build/log
touch build/log/test.start
part packages need "${packages[@]}"
if [[ " ${packages[*]} " == *" wine "* && " ${presets[*]} " == *" mingw-i686 "* ]]; then
  part 'wine32' logged wine32 tests/windows/fetch_wine32.sh build/wine32 || true  # without it, tests are skipped
fi
built=()
failed_builds=()
for preset in "${presets[@]}"; do
  mapfile -t targets < <(targets_of "$preset")
  options=(-DQMFORGE_TESTS=ON)
  [[ $preset != clang-19 ]] || options+=("-DQMFORGE_TOOLS=$program")
  if part "build $preset" build "$preset" "${options[@]}" -- "${targets[@]}"; then
    built+=("$preset")
  else
    failed_builds+=("$preset")
  fi
done

# A test folder whose only content is the presets' own, and a test of each fake for Windows, of which no more is built here.
echo "subdirs(${built[*]})" > build/CTestTestfile.cmake
if [[ -z $quick && ${#chosen[@]} -eq 0 && ${#names[@]} -eq 0 && " ${presets[*]} " != *" mingw "* ]]; then
  declare -A triples=([mingw]=x86_64-w64-mingw32 [mingw-i686]=i686-w64-mingw32)
  for preset in mingw mingw-i686; do
    if part "build $preset (the fake)" build "$preset" -DQMFORGE_TESTS=ON -- --target qmforge_fwpuclnt windows_layout; then
      echo "add_test($preset.wfp_exports $PWD/tests/wfp/exports.sh $PWD/build/$preset/wfp/fwpuclnt.dll
        /usr/${triples[$preset]}/lib/libfwpuclnt.a)" >> build/CTestTestfile.cmake
    else
      failed_builds+=("$preset")
    fi
  done
fi
if [[ $quick && ${#built[@]} -gt 0 ]]; then
  ctest --test-dir build --show-only=json-v1 "${ctest_options[@]}" |
    scripts/lib/affected_tests.py select build/log/passed.json build/Testing/Temporary/CTestCostData.txt > build/log/affected.txt
  if [[ ! -s build/log/affected.txt ]]; then
    echo "Nothing that a test reads has changed since the tests passed."
    exit 0
  fi
  ctest_options+=(-R "^($(sed 's/[.+]/\\&/g' build/log/affected.txt | paste -sd '|'))\$")
fi
status=0
# What it prints is kept: the summary is drawn from it.
run_tests() {
  ctest --test-dir build --parallel "$(nproc)" --output-on-failure --timeout 600 --no-tests=error \
    "${ctest_options[@]}" | tee build/log/ctest.log
}
part tests run_tests || status=$?
scripts/lib/affected_tests.py note build/log/passed.json build/log/ctest.log build/log/test.start

# Does what was measured differ from the page of figures?
[[ -z $all ]] || scripts/proof.py compare || status=1

for preset in "${failed_builds[@]}"; do
  echo "The build '$preset' failed; its tests were not run. See build/log/."
  status=1
done
printf '\nTime: '
printf '%s, ' "${parts[@]}"
echo "in all $SECONDS s."
awk -v failed="${#failed_builds[@]}" -f scripts/lib/summary.awk build/log/ctest.log build/Testing/Temporary/LastTest.log || status=1
exit "$status"
