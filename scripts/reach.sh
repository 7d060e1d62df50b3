#!/usr/bin/env bash
# reach [TARGET...] [OPTION...]: how soon fuzz targets reach, from nothing, what their seeds reach
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build test
SANITIZER=none logged build-reach fuzz/build.sh
exec fuzz/reach.py build/fuzz/libfuzzer-none/out "$@"
