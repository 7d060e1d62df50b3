#!/usr/bin/env bash
# wine.sh PREFIX PROGRAM [ARGUMENT…]: runs a Windows program under Wine, which keeps its files in the folder PREFIX and
# makes them on first use, in some ten seconds. Where the program cannot be run, says so in a line `SKIP: …`; the status
# is 77 then.
set -euo pipefail
prefix=$1
program=$2
shift 2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

skip() {
  echo "SKIP: $*"
  exit 77
}

command -v wine > /dev/null || skip "there is no Wine here; ./dev test --all installs it"
if objdump -f "$program" | grep -q pei-i386 && [[ ! -e /usr/lib/wine/wine ]]; then
  # Wine's 64-bit half runs 32-bit programs too, if it is shown Windows' 32-bit DLLs.
  export WINEDLLPATH=$root/build/wine32/lib
  [[ -d $WINEDLLPATH ]] || skip "this Wine runs no 32-bit programs; ./dev test --all fetches what it lacks"
fi
export WINEPREFIX=$prefix WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml='
mkdir -p "$(dirname "$prefix")"
trap 'wineserver -k || true' EXIT
wine "$program" "$@"
