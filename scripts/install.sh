#!/usr/bin/env bash
# install [TAG...]: install the Debian packages that packages.txt lists (all, or those with a tag)
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

if (($# == 0)); then
  set -- $(sed -n 's/^#   \([a-z]*\) .*/\1/p' packages.txt)
fi
need "$@"
