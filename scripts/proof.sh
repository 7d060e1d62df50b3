#!/usr/bin/env bash
# proof [compare|check] [--accept REASON]: write docs/proof.md from the results of ./dev test, cover and mutants (--help)
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

exec scripts/proof.py "$@"
