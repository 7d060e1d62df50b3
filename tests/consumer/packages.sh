#!/usr/bin/env bash
# packages.sh FOLDER: the packages in it do what they are for. They are unpacked into an empty root, and the projects beside
# this file use them from there: by CMake, by pkg-config, and from the source as a part of another project.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source_folder=$(cd "$here/../.." && pwd)
packages=$(cd "$1" && pwd)
work=$packages/check
root=$work/root
rm -rf "$work"
mkdir -p "$root"/var/lib/dpkg/{info,updates} "$root"/etc
touch "$root"/var/lib/dpkg/{status,available}

fail() {
  echo "packages.sh: $*" >&2
  exit 1
}

echo "== install into an empty root"
# What they depend on is not in that root, but here; so is the ldconfig that their scripts call.
dpkg --root="$root" --log="$work/dpkg.log" --force-depends --force-not-root --force-script-chrootless --install "$packages"/*.deb
for file in usr/bin/qmforge usr/bin/qmforge-wfp usr/lib/qmforge/{x86_64,i686}/fwpuclnt.dll usr/include/qmforge/decode.h \
  usr/share/man/man1/qmforge.1.gz usr/share/bash-completion/completions/qmforge usr/share/zsh/site-functions/_qmforge \
  usr/share/fish/vendor_completions.d/qmforge.fish; do
  [[ -e $root/$file ]] || fail "no package has $file"
done

echo "== what each package says"
lintian --fail-on error --allow-root "$packages"/*.deb

echo "== the program"
libraries=$(echo "$root"/usr/lib/*-linux-gnu)
"$root/usr/bin/qmforge" check --count 1000

echo "== exported symbols"
diff "$source_folder/cmake/package/exports.txt" <("$here/exports.sh" "$source_folder/build/package") ||
  fail "the shared libraries export something else than cmake/package/exports.txt says (./dev package --accept)"

echo "== a consumer with CMake"
cmake -G Ninja -S "$here" -B "$work/cmake" -DCMAKE_CXX_COMPILER=g++ -DCMAKE_PREFIX_PATH="$root/usr"
cmake --build "$work/cmake" --target decode_one own_handler own_handler_static
"$work/cmake/decode_one"
"$work/cmake/own_handler"
for component in sim fuzz bench gtest rapidcheck fwpuclnt; do
  cmake -G Ninja -S "$here/components" -B "$work/$component" -DCMAKE_CXX_COMPILER=g++ -DCMAKE_PREFIX_PATH="$root/usr" \
    -DCOMPONENT=$component
  cmake --build "$work/$component"
done

echo "== a consumer with pkg-config"
export PKG_CONFIG_LIBDIR=$libraries/pkgconfig
g++ -std=c++23 "$here/decode_one.cpp" -o "$work/decode_one" $(pkg-config --cflags --libs qmforge)
LD_LIBRARY_PATH=$libraries "$work/decode_one"
g++ -std=c++23 "$here/own_handler.cpp" -o "$work/own_handler" $(pkg-config --cflags --libs qmforge-fwpuclnt)
LD_LIBRARY_PATH=$libraries "$work/own_handler"

echo "== programs on the fake, by qmforge-wfp"
clients=$source_folder/tests/wfp/clients
# runs PROGRAM: it prints what plain.expected holds, the report included.
runs() {
  "$root/usr/bin/qmforge-wfp" "$1" --scenario "$clients/clients.scenario" --time-limit 120 | tr -d '\r' |
    diff "$clients/plain.expected" - || fail "qmforge-wfp $1"
}
mkdir "$work/linux" "$work/windows"
gcc "$clients/plain.c" -o "$work/linux/plain" "-I$root/usr/include/qmforge/windows" $(pkg-config --cflags --libs qmforge-fwpuclnt)
runs "$work/linux/plain"
x86_64-w64-mingw32-gcc-win32 -D_WIN32_WINNT=0x0A00 "$clients/plain.c" -o "$work/windows/plain.exe" \
  "-I$root/usr/include/qmforge/windows" -lfwpuclnt
if command -v wine > /dev/null; then
  runs "$work/windows/plain.exe"
else
  echo "SKIP: the Windows program: there is no Wine here"
fi

echo "== a consumer that has the source in its own build"
cmake -G Ninja -S "$here/subproject" -B "$work/subproject" -DCMAKE_CXX_COMPILER=g++ -DQMFORGE_SOURCE="$source_folder"
cmake --build "$work/subproject" --target decode_one
"$work/subproject/decode_one"

echo "== the archives"
tar -tzf "$packages"/*.tar.gz > "$work/tar"
grep -q '/bin/qmforge$' "$work/tar" || fail "the .tar.gz has no program"
unzip -l "$packages"/*.zip > "$work/zip"
for file in bin/qmforge.exe lib/qmforge/x86_64/fwpuclnt.dll lib/qmforge/i686/fwpuclnt.dll include/qmforge/decode.h LICENSE; do
  grep -q "/$file\$" "$work/zip" || fail "the zip has no $file"
done
