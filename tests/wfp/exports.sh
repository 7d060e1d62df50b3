#!/usr/bin/env bash
# exports.sh DLL: the DLL exports the names that a program asks for, undecorated on 32-bit Windows too, and needs no DLL
# that Windows does not have itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
dump=$(objdump -p "$1")

status=0
while read -r name; do
  if ! grep -qE "\] (\+base\[ *[0-9]+\] [0-9a-f]+ )?$name$" <<< "$dump"; then
    echo "$1: $name is not exported" >&2
    status=1
  fi
done < <(sed -n 's/^  //p' wfp/exports.def)
if grep 'DLL Name' <<< "$dump" | grep -viE 'kernel32|msvcrt|advapi32|ntdll'; then
  echo "$1: the DLL needs another one" >&2
  status=1
fi
exit "$status"
