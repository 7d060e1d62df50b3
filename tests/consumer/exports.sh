#!/usr/bin/env bash
# exports.sh BUILD: what the shared libraries of a build export, one symbol a line, except weak ones: inline functions, which
# each program that uses them has as well. Of the fake, its C++ functions: tests/wfp/exports.sh compares the C ones. Fails where
# a library exports what is not of qmforge.
set -euo pipefail
status=0
for library in "$1"/src/libqmforge_{event,decode}.so "$1"/sim/libqmforge_sim.so "$1"/wfp/libfwpuclnt.so; do
  symbols=$(nm --dynamic --defined-only --demangle "$library" | cut -c18-)
  if foreign=$(grep -vE '^. ((typeinfo|typeinfo name|vtable|guard variable) for )?qmforge::|^T (Fwp|IPsec|Ikeext|WSA)' <<< "$symbols"); then
    printf '%s exports:\n%s\n' "$library" "$foreign" >&2
    status=1
  fi
  sed -nE "s/^[^Ww] (((typeinfo|typeinfo name|vtable|guard variable) for )?qmforge::)/$(basename "$library" .so): \\1/p" <<< "$symbols" |
    LC_ALL=C sort -u
done
exit $status
