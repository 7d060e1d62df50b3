#!/usr/bin/env bash
# tidy [FILE...]: run clang-tidy over all sources, or over those
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build test
# clang-tidy reads from here how each file is compiled; nothing needs to be built.
logged configure-clang-19 cmake --preset clang-19
if (($# == 0)); then
  mapfile -t files < <(git ls-files 'src/*.cpp' 'sim/*.cpp' 'tools/*.cpp')
  set -- "${files[@]}"
fi
printf '%s\0' "$@" | xargs -0 -n 1 -P "$(nproc)" clang-tidy-19 --quiet --warnings-as-errors='*' -p build/clang-19
