#!/usr/bin/env bash
# format: format all C++ sources
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need test
git ls-files '*.h' '*.cpp' | xargs clang-format-19 -i
