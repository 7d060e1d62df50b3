#!/bin/bash -eu
# The fuzzing services call this script; it runs the one that is also used locally.
"$SRC/qmforge/fuzz/build.sh"
