#!/usr/bin/env bash
# bench [--clang] [--check | --accept REASON | --counts FILE | --report]: run the benchmarks, the gate on instruction counts, or write a page of both
#
# --counts writes the instruction counts in the form that github-action-benchmark reads (customSmallerIsBetter).
# Without an option: all benchmarks and the peers in one run, and the table of their ratios. --clang compiles with clang++
# instead of g++. bench/README.md explains it.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

preset=release
folder=build/bench
if [[ ${1:-} == --clang ]]; then
  preset=release-clang-19
  folder=build/bench-clang
  shift
fi
gate() {
  local compiler
  compiler=$(sed -n 's/^QMFORGE_BENCH_COMPILER:[^=]*=//p' build/$preset/CMakeCache.txt)
  bench/gate.py --program build/$preset/bench/qmforge-count --compiler "$compiler" "$@"
}

if [[ ${1:-} != --report ]]; then need build bench; fi
case ${1:-} in
  "")
    logged libndr tests/interop/libndr/build.sh "$PWD/build/engines" || echo "libndr is not available; see build/log/libndr.log"
    build $preset -DQMFORGE_BENCH=ON -- --target benchmarks
    bench/table.py build/$preset/bench/qmforge-bench $folder
    ;;
  --check)
    build $preset -DQMFORGE_BENCH=ON -- --target count
    gate check
    ;;
  --accept)
    [[ -n ${2:-} ]] || die "--accept requires a reason, which is written to the history"
    build $preset -DQMFORGE_BENCH=ON -- --target count
    gate accept "$2"
    ;;
  --counts)
    [[ -n ${2:-} ]] || die "--counts requires the name of a file"
    build $preset -DQMFORGE_BENCH=ON -- --target count
    gate publish "$2"
    ;;
  --report)
    need report
    bench/report.py $folder /usr/share/javascript/chart.js/chart.min.js
    browser=(chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars)
    page=file://$PWD/$folder/report.html
    for width in 1280 360; do
      logged report-$width "${browser[@]}" --window-size=$width,3000 --screenshot="$PWD/$folder/report-$width.png" "$page"
    done
    "${browser[@]}" --dump-dom "$page" 2> /dev/null | grep -q 'data-drawn="[1-9]' || die "the page draws no chart"
    ;;
  *) die "bench: unknown option '$1'. See ./dev help" ;;
esac
