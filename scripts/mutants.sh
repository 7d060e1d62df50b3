#!/usr/bin/env bash
# mutants [OPTION...]: change the sources in one place at a time: do the tests fail? (--help)
#
# sensitivity/README.md explains it.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

[[ " $* " != *" --help "* ]] || exec sensitivity/mutants.py --help
need build test bench
targets=$(sensitivity/mutants.py --targets "$@")
build gcc -DQMFORGE_TESTS=ON -- --target $targets
build release -DQMFORGE_BENCH=ON -- --target count
exec sensitivity/mutants.py --bench build/release "$@"
