#!/usr/bin/env bash
# format: write all C++ sources as .clang-format says
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need test
git ls-files '*.h' '*.cpp' | xargs clang-format-19 -i
