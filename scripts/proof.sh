#!/usr/bin/env bash
# proof [check]: write docs/proof.md from what ./dev test, cover and mutants left in build/; check: is it still so?
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

exec scripts/proof.py "${1:-take}"
