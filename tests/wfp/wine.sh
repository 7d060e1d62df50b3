#!/usr/bin/env bash
# wine.sh BUILD…: the sample loggers under Wine, with the fwpuclnt.dll that lies beside them in each Windows build, and what
# the DLL exports. Wine makes its prefix on first use, which takes some seconds.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'wineserver -k || true; rm -rf "$work"' EXIT
export WINEPREFIX=$work/prefix WINEDEBUG=-all

for build in "$@"; do
  folder=$(cd "$build/sim/wfp" && pwd)
  # The names that a program asks for, undecorated on 32-bit Windows too, and no DLL that Windows does not have itself.
  objdump -p "$folder/fwpuclnt.dll" > "$work/exports"
  while read -r name; do
    grep -qE "\] (\+base\[ *[0-9]+\] [0-9a-f]+ )?$name$" "$work/exports" || { echo "$folder: $name is not exported" >&2; exit 1; }
  done < <(sed -n 's/^  //p' "$root/sim/wfp/exports.def")
  if grep 'DLL Name' "$work/exports" | grep -viE 'kernel32|msvcrt|advapi32|ntdll'; then
    echo "$folder: the DLL needs another one" >&2
    exit 1
  fi
  # Without its 32-bit half, which is a foreign architecture's package, Wine runs 64-bit programs alone.
  if objdump -f "$folder/fwpuclnt.dll" | grep -q pei-i386 && [[ ! -e /usr/lib/wine/wine ]]; then
    echo "$folder: exports checked; this Wine does not run 32-bit programs"
    continue
  fi
  for sample in logger logger_wrong; do
    cmake -DLAUNCHER=wine -DPROGRAM="$folder/qm_$sample.exe" -DSCENARIO="$root/examples/wfp/logger.scenario" \
      -DEXPECTED="$root/examples/wfp/$sample.expected" -DWORK="$work/$sample" -P "$root/tests/wfp/run_sample.cmake"
    echo "$folder: qm_$sample printed what it should"
  done
done
