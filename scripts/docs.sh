#!/usr/bin/env bash
# docs: pages about the public headers, in build/docs/html; fails when Doxygen warns
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need docs
rm -rf build/docs
# Of the pages that README.md leads to, every one: a link to a page that is missing is a warning.
{
  cat docs/Doxyfile
  echo USE_MDFILE_AS_MAINPAGE = "$PWD/README.md"  # there are others of this name
  echo INPUT = $(git ls-files 'include/*.h' '*.md' ':!.github')
} > build/Doxyfile
logged docs doxygen build/Doxyfile
echo "build/docs/html/index.html"
