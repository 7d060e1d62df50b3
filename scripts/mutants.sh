#!/usr/bin/env bash
# mutants [OPTION...]: whether the tests notice a changed decoder, validator or encoder (--help)
#
# sensitivity/README.md explains it.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build test
build gcc -DQMFORGE_TESTS=ON -- --target fast_tests
exec sensitivity/mutants.py "$@"
