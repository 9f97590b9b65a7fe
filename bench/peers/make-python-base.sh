#!/usr/bin/env bash
# Prints, as a tar archive, the Python image's base: made as docker/base/make-base.sh makes `tiny`, Python for Node. Files of Debian's
# (or Ubuntu's) packages, no shell.   bash bench/peers/make-python-base.sh | docker import - NAME
set -eu -o pipefail
command -v mmdebstrap >/dev/null || { echo 'mmdebstrap is not installed' >&2; exit 1; }
. /etc/os-release
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $VERSION_CODENAME" \
  "Origin: ${ID^}" | head -n 1)
[ -n "$mirror" ] || { echo 'apt-get knows no packages: run apt-get update' >&2; exit 1; }
options=(--quiet --variant=extract '--aptopt=APT::Install-Recommends "false"')
for folder in doc info locale man; do options+=("--dpkgopt=path-exclude=/usr/share/$folder/*"); done
mmdebstrap "${options[@]}" --include=base-files,netbase,libc6,libstdc++6,libgcc-s1,ca-certificates,tzdata,python3 \
  "$VERSION_CODENAME" - "$mirror"
