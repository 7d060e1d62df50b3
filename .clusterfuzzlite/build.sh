#!/bin/bash -eu
# What a service calls; the work is done by the script that is used at home as well.
"$SRC/qmforge/fuzz/build.sh"
