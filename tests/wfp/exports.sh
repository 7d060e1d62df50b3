#!/usr/bin/env bash
# exports.sh LIBRARY [IMPORT-LIBRARY]: the fake's DLL, or its shared library, exports the functions of wfp/exports.inc and
# no other. Of a DLL also: the names are undecorated, on 32-bit Windows too; it needs no DLL that Windows does not have
# itself; the table lacks no documented function that mingw-w64's import library has; and on 32-bit Windows the functions
# take as many bytes of parameters as that library says.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
library=$1
import_library=${2:-}
status=0

# none TEXT LINES: says what should not be there.
none() {
  [[ -n $2 ]] || return 0
  echo "$library: $1:" >&2
  echo "$2" >&2
  status=1
}

table=$(sed -nE 's/^CALL\([a-z_]+, ([A-Za-z0-9]+).*/\1/p' wfp/exports.inc | sort)
none "the table has these twice" "$(uniq -d <<< "$table")"

if [[ $library == *.so* ]]; then
  exported=$(nm -D --defined-only "$library" | awk '{print $3}' | grep -E '^(Fwp|IPsec|Ikeext|WSA)' | sort)
else
  dump=$(objdump -p "$library")
  exported=$(sed -nE '/^\[Ordinal\/Name Pointer\] Table/,$ s/^\s+\[ *[0-9]+\] (\+base\[ *[0-9]+\] +[0-9a-f]+ )?([A-Za-z0-9_@]+)$/\2/p' <<< "$dump" | sort)
  none "it needs another DLL" "$(grep 'DLL Name' <<< "$dump" | grep -viE 'kernel32|msvcrt|advapi32|ntdll' || true)"
fi
none "not exported" "$(comm -23 <(echo "$table") <(echo "$exported"))"
none "exported, and not in the table" "$(comm -13 <(echo "$table") <(echo "$exported"))"

if [[ -n $import_library ]]; then
  # What mingw-w64's library has and Microsoft documents nowhere.
  private='^(Fwp[pis]|FwpmEventProvider|FwpmIPsecS2STunnel|IPsecKeyModule|IkeextSaUpdate|W[Ff][Pp]|'
  private+='(FwpmDiagnoseNetFailure|FwpmGetSidFromOnlineId|FwpmIPsecTunnelAddConditions|FwpmNetEventsLost|'
  private+='FwpmProcessNameResolutionEvent|FwpmTraceRestoreDefaults|IPsecGetKeyFromDictator|IPsecKeyDictationCheck|'
  private+='IPsecKeyNotification|IPsecSaInitiateAsync|IkeextGetConfigParameters|IkeextSetConfigParameters)0$|'
  private+='GetUnifiedTraceHandle$|NamespaceCallout$)|Ex$|AndTrackConnection$'
  known=$(nm "$import_library" 2> /dev/null | awk '$2 == "T" {print $3}' | sort -u)
  none "documented, and not in the table" \
    "$(comm -13 <(echo "$table") <(sed -E 's/^_(.*)@[0-9]+$/\1/' <<< "$known" | grep -vE "$private" | sort))"
  if grep -q '@' <<< "$known"; then
    # Its symbols are decorated as long as it is not stripped.
    none "not the bytes of parameters that Windows' function has" \
      "$(comm -13 <(echo "$known") <(nm "$library" | awk '$2 == "T" {print $3}' | grep -E '^_(Fwp|IPsec|Ikeext|WSA)[A-Za-z0-9]+@' |
        grep -v '^_FwpmConnectionPolicy' | sort))"
  fi
fi
exit "$status"
