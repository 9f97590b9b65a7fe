#!/usr/bin/env bash
# A Docker daemon for tests and CI on machines that have none running. Needs root, and apt-get if Docker is missing.
#   DOCKER_HOST=$(bash docker/engine.sh start)   prints the address: of a daemon that answers already, or of a new one
#   bash docker/engine.sh stop                   ends the new one, with its images; others are left alone
set -eu -o pipefail

# A new folder each time, so that the address is new too: what was built at an old one is gone with it.
states=${TMPDIR:-/tmp}/chorus-engine
state=$(ls -d "$states".* 2>/dev/null | head -n 1 || true)
use_state() {
  state=$1
  socket=unix://$state/docker.sock
  pidfile=$state/docker.pid
}
use_state "$state"

say() { printf 'engine: %s\n' "$*" >&2; }
fail() {
  say "NO CONTAINER ENGINE: $*"
  exit 1
}

answers() { DOCKER_HOST=$1 timeout 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }
is_running() { [ -s "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2>/dev/null; }

# The address the Docker client would use by itself.
own_address() {
  printf '%s' "${DOCKER_HOST:-$(docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null || true)}"
}

install_docker() {
  command -v apt-get >/dev/null || fail 'Docker is not installed, and without apt-get this script cannot install it'
  say 'installing docker.io'
  # A list that cannot be refreshed (a foreign repository, say) does not matter if docker.io can be had.
  apt-get update -q >&2 || say 'apt-get update failed; trying with the lists that are there'
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends docker.io >&2 ||
    fail 'apt-get could not install docker.io'
}

start() {
  local own
  own=$(own_address)
  for address in "$own" ${state:+"$socket"}; do
    if [ -n "$address" ] && answers "$address"; then
      say "$address answers"
      printf '%s\n' "$address"
      return
    fi
  done
  [ "$(id -u)" = 0 ] || fail 'no Docker daemon answers, and only root can start one'
  export PATH=$PATH:/usr/sbin:/sbin
  command -v dockerd >/dev/null && command -v docker >/dev/null || install_docker

  is_running && fail "its daemon runs and does not answer: see $state/dockerd.log, then: bash docker/engine.sh stop"
  stop
  use_state "$(mktemp -d "$states.XXXXXX")"
  # Images are built and run with the host's network or none: no bridge, and so no iptables.
  setsid dockerd --data-root "$state/data" --exec-root "$state/exec" --pidfile "$pidfile" -H "$socket" \
    --bridge none --iptables=false >"$state/dockerd.log" 2>&1 </dev/null &
  local pid=$!
  for _ in $(seq 300); do
    if answers "$socket"; then
      say "dockerd $(DOCKER_HOST=$socket docker version --format '{{.Server.Version}}') at $socket"
      printf '%s\n' "$socket"
      return
    fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  tail -n 15 "$state/dockerd.log" >&2
  fail "dockerd did not start (it needs overlayfs and cgroups); its last lines are above"
}

stop() {
  [ -n "$state" ] || return 0
  if is_running; then
    local pid
    pid=$(cat "$pidfile")
    kill "$pid"
    for _ in $(seq 300); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    say 'stopped'
  fi
  # Docker leaves its network namespace mounted.
  umount "$state/exec/netns/default" 2>/dev/null || true
  rm -rf "$state"
}

case ${1:-} in
  start) start ;;
  stop) stop ;;
  *)
    say 'usage: engine.sh (start | stop)'
    exit 2
    ;;
esac
