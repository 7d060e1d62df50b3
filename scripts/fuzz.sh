#!/usr/bin/env bash
# fuzz [TARGET...] [--seconds N] [--jobs N] [--sanitizer S]: fuzzes; fails when something is found
#
# See ./dev fuzz --help, and fuzz/README.md.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build fuzz
exec fuzz/desk/main.py "$@"
