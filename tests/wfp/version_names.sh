#!/usr/bin/env bash
# version_names.sh COMPILER: names without a version stand for the newest version that the target system has.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# expect WHAT-THE-NAMES-ARE [OPTION…]
expect() {
  local expected=$1
  shift
  found=$(printf '%s\n' '#include <windows.h>' '#include <fwpmu.h>' \
    'NAMES FWPM_NET_EVENT FwpmNetEventEnum FwpmNetEventSubscribe FWPM_NET_EVENT_IKEEXT_QM_FAILURE FwpmFreeMemory' |
    "$compiler" -E -P -x c++ -Iinclude/qmforge/windows "$@" - | sed -n 's/^NAMES //p')
  [[ $found == "$expected" ]] || { echo "$*: $found instead of $expected" >&2; status=1; }
}

compiler=$1
status=0
names() { echo "FWPM_NET_EVENT$1 FwpmNetEventEnum$1 FwpmNetEventSubscribe$2 FWPM_NET_EVENT_IKEEXT_QM_FAILURE$3 FwpmFreeMemory0"; }
expect "$(names 5 4 1)" -D_WIN32_WINNT=0x0A00
expect "$(names 2 1 0)" -D_WIN32_WINNT=0x0602
expect "$(names 2 1 0)" -D_WIN32_WINNT=0x0603
expect "$(names 1 0 0)" -D_WIN32_WINNT=0x0601
expect "FWPM_NET_EVENT0 FwpmNetEventEnum0 FwpmNetEventSubscribe FWPM_NET_EVENT_IKEEXT_QM_FAILURE0 FwpmFreeMemory0" \
  -D_WIN32_WINNT=0x0600
expect "$(names 5 4 1)" -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A000006
expect "$(names 4 3 1)" -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A000005
expect "$(names 3 2 0)" -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A000002
exit "$status"
