#!/usr/bin/env bash
# mutants [OPTION...]: change the decoder, validator and encoder: do the tests fail? (--help)
#
# sensitivity/README.md explains it.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build test bench
build gcc -DQMFORGE_TESTS=ON -- --target fast_tests
build release -DQMFORGE_BENCH=ON -- --target count
exec sensitivity/mutants.py --bench build/release "$@"
