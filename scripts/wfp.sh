#!/usr/bin/env bash
# wfp CLIENT [OPTION...] [-- ARG...]: run a Windows or Linux program on the fake WFP (--help: the options)
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

root=$PWD
cd "${DEV_CALLED_FROM:-$root}"  # paths in the arguments are the caller's
# The fake that the program needs: the PE header of a Windows program has its machine.
client=$(realpath -- "${1:-}" 2> /dev/null || true)
cd "$root"
if [[ -f $client ]]; then
  case $(python3 -c '
import struct, sys
head = open(sys.argv[1], "rb").read(4096)
if head[:2] == b"MZ" and len(head) >= 64:
    at = struct.unpack_from("<I", head, 60)[0]
    print("%04x" % struct.unpack_from("<H", head, at + 4) if at + 6 <= len(head) else "")
' "$client") in
    8664) need wfp && build mingw -- --target qmforge_fwpuclnt ;;
    014c)
      need wfp wfp32
      build mingw-i686 -- --target qmforge_fwpuclnt
      [[ -e /usr/lib/wine/wine || -d build/wine32/lib ]] || logged wine32 tests/windows/fetch_wine32.sh build/wine32
      ;;
    *) if [[ $(head -c 4 "$client") == $'\x7fELF' ]]; then need build && build release -DQMFORGE_TESTS=OFF -- --target qmforge_fwpuclnt; fi ;;
  esac
fi
cd "${DEV_CALLED_FROM:-$root}"
exec "$root/wfp/runner/qmforge-wfp" "$@"
