# Functions of the scripts of ./dev. Source this file first: it changes to the project's root and makes errors fatal.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export LC_ALL=C.UTF-8

die() {
  echo "./dev: $*" >&2
  exit 1
}

# On a terminal: colours and progress.
interactive() { [[ -t 1 && ${CI:-} != true ]]; }

# need TAG…: installs the missing packages of packages.txt that have one of the tags. Without root, prints the command.
need() {
  local wanted missing
  wanted=$(awk -v tags="$*" '
    BEGIN { n = split(tags, list, " "); for (i = 1; i <= n; ++i) needed[list[i]] = 1 }
    /^[^#]/ && NF { n = split($2, list, ","); for (i = 1; i <= n; ++i) if (list[i] in needed) { print $1; break } }
  ' packages.txt)
  [[ -n $wanted ]] || die "packages.txt: no package has a tag of '$*'"
  command -v dpkg-query > /dev/null || { echo "dpkg is not available; these packages are needed:" $wanted >&2; return 0; }
  missing=$(comm -23 <(sort -u <<< "$wanted") \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u))
  [[ -n $missing ]] || return 0
  if [[ $(id -u) != 0 ]]; then
    echo "These Debian packages are missing. As root, run:" >&2
    echo "  apt-get update && apt-get install --no-install-recommends" $missing >&2
    exit 1
  fi
  echo "Installing" $missing
  mkdir -p build/log
  export DEBIAN_FRONTEND=noninteractive
  logged install sh -c "apt-get update && apt-get install -y --no-install-recommends $(echo $missing)"
}

# logged NAME COMMAND…: runs the command; its output goes to build/log/NAME.log, and is shown when it fails.
logged() {
  local log=build/log/$1.log
  shift
  mkdir -p build/log
  "$@" > "$log" 2>&1 < /dev/null && return
  local status=$?
  tail -n 200 "$log" >&2
  echo "failed ($status): $*" >&2
  return "$status"
}

# build PRESET [CMAKE-OPTION… [-- BUILD-OPTION…]]: configures and builds.
build() {
  local preset=$1 options=()
  shift
  while (($#)) && [[ $1 != -- ]]; do
    options+=("$1")
    shift
  done
  logged "configure-$preset" cmake --preset "$preset" "${options[@]}" || return
  if interactive; then
    cmake --build "build/$preset" --parallel "$(nproc)" "${@:2}"
  else
    logged "build-$preset" cmake --build "build/$preset" --parallel "$(nproc)" "${@:2}"
  fi
}
