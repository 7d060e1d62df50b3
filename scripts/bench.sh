#!/usr/bin/env bash
# bench [--check | --accept REASON]: speed here; the gate on instruction counts
#
# Without an option: all benchmarks and the peers in one run, and the table of their ratios. bench/README.md explains it.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

preset=release
gate() {
  local compiler
  compiler=$(sed -n 's/^QMFORGE_BENCH_COMPILER:[^=]*=//p' build/$preset/CMakeCache.txt)
  bench/gate.py --program build/$preset/bench/qmforge-count --compiler "$compiler" "$@"
}

need build bench
case ${1:-} in
  "")
    logged libndr tests/interop/libndr/build.sh "$PWD/build/engines" || echo "libndr cannot be had here; see build/log/libndr.log"
    build $preset -DQMFORGE_BENCH=ON -- --target benchmarks
    bench/table.py build/$preset/bench/qmforge-bench build/bench
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
  *) die "bench: what is '$1'? See ./dev help" ;;
esac
