#!/usr/bin/env bash
# fetch_wine32.sh FOLDER: unpacks Wine's 32-bit Windows DLLs below FOLDER, as FOLDER/lib/i386-windows.
#
# Debian's wine64 can run 32-bit programs with them. To install them the usual way would make i386 a second architecture
# of the whole system, with a hundred libraries that must match its own to the last revision. This takes the one package,
# 95 MB, and changes nothing outside FOLDER: apt gets a state of its own there.
set -euo pipefail
[[ -d $1/lib ]] && exit
rm -rf "$1"
mkdir -p "$1/apt/lists/partial" "$1/apt/cache/archives/partial" "$1/package"
cd "$1"
version=$(dpkg-query -W -f '${Version}' libwine:amd64)
options=(-o APT::Architectures::=amd64 -o APT::Architectures::=i386 -o APT::Sandbox::User=root
  -o Dir::State::lists="$PWD/apt/lists" -o Dir::Cache="$PWD/apt/cache")
# One index that cannot be had (a mirror in the middle of an update) need not be the one that counts.
apt-get "${options[@]}" update || true
apt-get "${options[@]}" download "libwine:i386=$version"
dpkg-deb -x libwine_*_i386.deb package
mv package/usr/lib/i386-linux-gnu/wine lib
rm -rf libwine_*_i386.deb package apt
