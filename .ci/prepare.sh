# Sourced by plimsoll-run, plimsoll-test and .ci/run, from the project's folder: packages, configuration, build.
# Everything here speaks on stderr, so that the program's results stay alone on stdout.
# shellcheck shell=bash

say() { printf 'plimsoll: %s\n' "$*" >&2; }

# missing_packages LIST..: the packages of the lists that dpkg does not know as installed, one a line.
missing_packages() {
  local wanted installed
  wanted=$(grep -hv -e '^#' -e '^$' "$@" | sort -u)
  # dpkg-query fails when it does not know one of the names; those are missing like the others.
  # shellcheck disable=SC2086,SC2016
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $wanted 2>/dev/null |
    sed -n 's/ installed$//p' | sort -u) || true
  comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$installed")
}

# install_packages LIST..: installs what is missing. None missing: neither apt nor network.
install_packages() {
  [[ ${PLIMSOLL_OFFLINE:-} == 1 ]] && return
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    [[ -e build/release/build.ninja ]] && return
    say "this is not Debian; plimsoll needs what these packages hold: $(grep -hv '^#' "$@" | xargs)"
    return
  fi
  local missing become=()
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  local line="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      say "packages are missing; run as root: $line"
      exit 2
    fi
    become=(sudo)
    [[ -t 0 ]] || become+=(-n)
  fi
  say "installing ${missing[*]}"
  if ! "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null >&2 ||
    ! "${become[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends "${missing[@]}" </dev/null >&2; then
    say "the packages could not be installed; run as root: $line"
    exit 2
  fi
}

# install_npm: npm gives report.html its charts. An npm from elsewhere will do, and without one all else is built. Tried once,
# before the first configuration.
install_npm() {
  [[ -e build/release/.configured ]] || [[ ${PLIMSOLL_OFFLINE:-} == 1 ]] || command -v npm >/dev/null || ! command -v apt-get >/dev/null && return
  local become=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || { say "npm is not installed: report.html is left out"; return; }
    become=(sudo)
    [[ -t 0 ]] || become+=(-n)
  fi
  say "installing npm, for report.html"
  "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null >&2 &&
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends npm </dev/null >&2 ||
    say "npm could not be installed: report.html is left out"
}

# build_jobs: at most one job per 2 GiB of memory, and no more than processors.
build_jobs() {
  local kib jobs processors limit
  kib=$(sed -n 's/^MemTotal: *\([0-9]*\) kB$/\1/p' /proc/meminfo 2>/dev/null) || true
  limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
  kib=${kib:-2097152}
  [[ $limit =~ ^[0-9]+$ ]] && ((limit / 1024 < kib)) && kib=$((limit / 1024))
  jobs=$((kib / 2097152))
  processors=$(nproc 2>/dev/null || echo 1)
  ((jobs > processors)) && jobs=$processors
  ((jobs < 1)) && jobs=1
  echo "$jobs"
}

# configure_release ON|OFF: configures build/release once; OFF leaves a folder that has tests as it is. Ninja itself sees
# when a CMakeLists.txt changes; the presets it does not watch.
configure_release() {
  local tests=$1 cache=build/release/CMakeCache.txt stamp=build/release/.configured fresh=()
  if [[ -e $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$cache"; then
    fresh=(--fresh)  # the folder was moved or copied
  elif [[ -e $stamp && -e build/release/build.ninja && ! CMakePresets.json -nt $stamp ]]; then
    [[ $tests == OFF ]] && return
    grep -qx 'PLIMSOLL_TESTS:BOOL=ON' "$cache" && return
  fi
  cmake "${fresh[@]}" --preset release "-DPLIMSOLL_TESTS=$tests" >&2
  touch "$stamp"
}

# build_release TARGET
build_release() { cmake --build build/release --target "$1" --parallel "$(build_jobs)" >&2; }
