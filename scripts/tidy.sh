#!/usr/bin/env bash
# tidy [--changed | FILE...]: run clang-tidy on all sources, on changed sources, or on the given files
#
# Changed files are those that differ from the commit before the last one, or from the commit that QMFORGE_BASE names. For a
# changed header, one source that includes it is checked: findings in the header show there.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build test
sources=('src/*.cpp' 'sim/*.cpp' 'kits/*.cpp' 'tools/*.cpp')
case ${1:-} in
  --changed)
    base=${QMFORGE_BASE:-HEAD^}
    if ! git rev-parse -q --verify "$base^{commit}" > /dev/null; then
      echo "SKIP: there is no commit $base to compare with"
      exit 77
    fi
    mapfile -t files < <({
      git diff --name-only --diff-filter=d "$base" -- "${sources[@]}"
      git ls-files --others --exclude-standard -- "${sources[@]}"
      git diff --name-only --diff-filter=d "$base" -- 'include/*.h' 'src/*.h' 'sim/*.h' 'tools/*.h' | while read -r header; do
        git grep -lF "$(basename "$header")\"" -- "${sources[@]}" | head -n 1
      done
    } | sort -u)
    ;;
  "") mapfile -t files < <(git ls-files "${sources[@]}") ;;
  *) files=("$@") ;;
esac
((${#files[@]})) || exit 0
# clang-tidy reads from here how each file is compiled; nothing is built.
logged configure-tidy cmake --preset tidy
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy-19 --quiet --warnings-as-errors='*' -p build/tidy
