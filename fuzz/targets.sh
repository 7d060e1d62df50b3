#!/usr/bin/env bash
# Prints the names of the targets, but for those about the harness itself, which no service is given.
sed -n '/^# Targets about the harness/q; s/^qmforge_fuzz_target(\([a-z0-9_]*\) .*/\1/p' \
  "$(dirname "${BASH_SOURCE[0]}")/CMakeLists.txt"
