#!/usr/bin/env bash
# planted [fuzz|laws|fake]... [OPTION...]: plant defects one at a time: do the tests find them? (--help)
#
# sensitivity/README.md explains it.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

[[ " $* " != *" --help "* ]] || exec sensitivity/planted.py --help
need build test bench
build gcc -DQMFORGE_TESTS=ON -- --target laws_test wfp_machine_test
build release -DQMFORGE_BENCH=ON -- --target count
logged build-fuzz fuzz/build.sh
exec sensitivity/planted.py --bench build/release "$@"
