#!/usr/bin/env bash
# bench [--clang] [--check | --accept REASON | --report]: speed here; the gate on instruction counts; a page of both
#
# Without an option: all benchmarks and the peers in one run, and the table of their ratios. --clang has all of it compiled
# by clang++ instead of g++. bench/README.md explains it.
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

# Fetches the report's two packages, unless those that the lock file names are there.
fetch_report_packages() {
  mkdir -p build/report
  cmp -s bench/report/package-lock.json build/report/fetched.json && return
  command -v npm > /dev/null || need npm
  cp bench/report/package.json bench/report/package-lock.json bench/report/.npmrc build/report/
  logged npm npm ci --prefix build/report --ignore-scripts --no-audit --no-fund
  cp bench/report/package-lock.json build/report/fetched.json
}

if [[ ${1:-} != --report ]]; then need build bench; fi
case ${1:-} in
  "")
    logged libndr tests/interop/libndr/build.sh "$PWD/build/engines" || echo "libndr cannot be had here; see build/log/libndr.log"
    build $preset -DQMFORGE_BENCH=ON -- --target benchmarks
    bench/table.py build/$preset/bench/qmforge-bench $folder
    ;;
  --check)
    build $preset -DQMFORGE_BENCH=ON -- --target count
    gate check
    ;;
  --accept)
    [[ -n ${2:-} ]] || die "--accept wants a reason: it goes into the history"
    build $preset -DQMFORGE_BENCH=ON -- --target count
    gate accept "$2"
    ;;
  --report)
    need report
    fetch_report_packages
    bench/report/report.py $folder build/report/node_modules/chart.js/dist/chart.umd.min.js
    cd build/report
    node ../../bench/report/look.mjs ../../$folder
    ;;
  *) die "bench: what is '$1'? See ./dev help" ;;
esac
