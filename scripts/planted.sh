#!/usr/bin/env bash
# planted [--laws] [--bug B]... [OPTION...]: plant defects, one at a time: which fuzz targets find it, which laws fail
#
# fuzz/planted/ has the defects, the programs that plant them, and the results; `./dev planted --help` lists the options.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build test bench
if [[ ${1:-} == --laws ]]; then
  shift
  exec fuzz/planted/laws.py "$@"
fi
exec fuzz/planted/hunt.py "$@"
