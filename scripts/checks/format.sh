#!/usr/bin/env bash
# All C++ sources have the format of .clang-format.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
git ls-files '*.h' '*.cpp' | xargs clang-format-19 --dry-run -Werror
