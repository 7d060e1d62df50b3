#!/usr/bin/env bash
# mutants [OPTION...]: whether the tests notice a changed decoder, validator or encoder (--help)
#
# Builds the tests, and then each source once with all of its mutants in it. tests/mutants/README.md explains it.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build test
build gcc -DQMFORGE_TESTS=ON -- --target mutants_parts
exec tests/mutants/mutants.py --parts build/gcc/tests/mutants/parts.json --folder build/mutants "$@"
