#!/usr/bin/env bash
# docs: write the API reference to build/docs/html; fails if Doxygen warns
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need docs
rm -rf build/docs
# Includes every page that README.md links to: a link to a missing page is a warning.
{
  cat docs/Doxyfile
  echo USE_MDFILE_AS_MAINPAGE = "$PWD/README.md"  # there are others of this name
  echo INPUT = $(git ls-files 'include/*.h' '*.md' ':!.github')
} > build/Doxyfile
logged docs doxygen build/Doxyfile
echo "build/docs/html/index.html"
