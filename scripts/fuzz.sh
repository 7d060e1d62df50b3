#!/usr/bin/env bash
# fuzz [TARGET...] [OPTION...]: fuzz; fails when something is found (--help)
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build fuzz
exec fuzz/local/run.sh "$@"
