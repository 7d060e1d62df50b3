#!/usr/bin/env bash
# package [--check | --accept]: make Debian packages, a .tar.gz and a zip for Windows in build/packages
#
# --check: installs the packages in an empty root and builds small projects with them; runs lintian; compares the exported
# symbols. --accept: writes the exported symbols to cmake/package/exports.txt, to compare with.
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

need build package
packages=$PWD/build/packages
rm -rf "$packages"
echo "== build for Windows"
build package-mingw
build package-mingw-i686 -- --target qmforge_fwpuclnt
echo "== build"
build package "-DQMFORGE_DLL_X86_64=$PWD/build/package-mingw/wfp/fwpuclnt.dll" \
  "-DQMFORGE_DLL_I686=$PWD/build/package-mingw-i686/wfp/fwpuclnt.dll"
echo "== packages"
logged cpack-linux cpack --config build/package/CPackConfig.cmake -G 'DEB;TGZ'
logged configure-zip cmake --preset package-mingw "-DQMFORGE_DLL_I686=$PWD/build/package-mingw-i686/wfp/fwpuclnt.dll"
logged cpack-windows cpack --config build/package-mingw/CPackConfig.cmake -G ZIP
rm -rf "$packages/_CPack_Packages"
(cd "$packages" && ls -l)

case ${1:-} in
  "") ;;
  --check) exec tests/consumer/packages.sh "$packages" ;;
  --accept) tests/consumer/exports.sh build/package > cmake/package/exports.txt ;;
  *) die "package: unknown option '$1'. See ./dev help" ;;
esac
