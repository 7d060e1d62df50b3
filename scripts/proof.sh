#!/usr/bin/env bash
# proof [check]: write docs/proof.md from the results of ./dev test, cover and mutants; check: compare only
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

exec scripts/proof.py "${1:-take}"
