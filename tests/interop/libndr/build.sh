#!/bin/sh
# build.sh FOLDER: builds FOLDER/libndr_engine, or says in FOLDER/libndr_engine.unavailable why it cannot be had here.
#
# libndr comes with the package samba-dev, but its IDL compiler, pidl, is in no binary package: it is taken out of the
# source package. Where that is fetched from is derived from the machine's own package sources, in lists of our own
# inside FOLDER; nothing is installed and nothing outside FOLDER is written. What has been fetched stays there.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"
exec 9> lock
flock 9  # two builds may share the folder

unavailable() {
  rm -f libndr_engine
  echo "$1" > libndr_engine.unavailable
  echo "libndr engine: left out: $1" >&2
  exit 0
}

# Package sources as they are in /etc/apt, but of source packages: in the one-line and in the deb822 format.
derive_source_lists() {
  rm -rf apt
  mkdir -p apt/sources apt/state/lists/partial apt/cache/archives/partial
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ ! -f "$file" ] || sed -n 's/^[[:space:]]*deb[[:space:]]/deb-src /p' "$file"
  done > apt/sources/all.list
  for file in /etc/apt/sources.list.d/*.sources; do
    [ ! -f "$file" ] || sed 's/^[Tt]ypes:.*/Types: deb-src/' "$file" > "apt/sources/$(basename "$file")"
  done
}

apt() {
  apt-get -qq -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$PWD/apt/sources" \
    -o Dir::State="$PWD/apt/state" -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache="$PWD/apt/cache" \
    -o Acquire::Retries=2 -o APT::Sandbox::User="$(id -un)" "$@"
}

fetch_pidl() {
  derive_source_lists
  apt update > apt/log 2>&1 && apt source --download-only --tar-only samba >> apt/log 2>&1 || return 1
  mkdir -p pidl.part
  tar -xf samba_*.orig.tar.* -C pidl.part --strip-components=2 --wildcards '*/pidl'
  mv pidl.part pidl
  rm -rf samba_*.orig.tar.* apt
}

for tool in apt-get cc cpp perl; do
  command -v "$tool" > /dev/null || unavailable "there is no $tool"
done
[ -f /usr/include/samba-4.0/ndr.h ] || unavailable "the package samba-dev is not installed"
perl -MParse::Yapp::Driver -e 1 2> /dev/null || unavailable "the package libparse-yapp-perl is not installed"
if [ ! -d pidl ]; then
  fetch_pidl || unavailable "the source package samba cannot be fetched (apt-get's words are in $PWD/apt/log)"
fi

perl -Ipidl/lib pidl/pidl --quiet --outputdir=. --header --ndr-parser -- "$here/qm_failure.idl" 2> pidl.log || {
  cat pidl.log >&2
  exit 1
}
# What pidl and Samba's headers hold is not ours to warn about.
cc -std=gnu17 -O1 -w -D_PUBLIC_= -I. -I/usr/include/samba-4.0 -c ndr_qm_failure.c
cc -std=gnu17 -O1 -g -Wall -Wextra -Werror -I. -isystem /usr/include/samba-4.0 \
  "$here/engine.c" "$here/json.c" ndr_qm_failure.o -lndr -ltalloc -lsamba-util -o libndr_engine.new
mv libndr_engine.new libndr_engine
rm -f libndr_engine.unavailable
