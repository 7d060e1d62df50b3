#!/usr/bin/env bash
# proof [--check]: docs/proof.md, from what its commands print; --check: is it still so?
#
# What takes long is not run again: `./dev test`, `cover` and `mutants` leave their figures in build/, from where they are
# taken into docs/proof/, with the commit that they were measured at; what `planted` and `fuzz` print is put there by hand.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build
build release -- --target qmforge_program
python3 docs/proof/page.py --program build/release/tools/qmforge "$@"
