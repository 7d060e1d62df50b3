#!/usr/bin/env bash
# exports.sh BUILD: what the shared libraries of a build export, one symbol a line. What the standard library's templates
# add is not listed: every C++ library exports those that it instantiates.
set -euo pipefail
for library in "$1"/src/libqmforge_{event,decode}.so "$1"/sim/libqmforge_sim.so; do
  nm --dynamic --defined-only --demangle "$library" | cut -c18- | grep -E '^. ((typeinfo|typeinfo name|vtable) for )?qmforge::' |
    grep -v '^[Ww] ' | sed "s/^. /$(basename "$library" .so): /" | LC_ALL=C sort -u
done
