#!/usr/bin/env bash
# fuzz [TARGET...] [OPTION...]: run the fuzz targets; fails if one finds something (--help)
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build fuzz
exec fuzz/local/run.sh "$@"
