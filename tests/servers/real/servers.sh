#!/usr/bin/env bash
# Starts real OAuth servers on this machine, on loopback, to try the page with by hand or by `npm run test:real`.
# See README.md. Each server is a folder here; its server.sh says what it is about (ABOUT), its ports (PORTS), the
# environment variables it knows (EXTRA), and how it is prepared, launched and explained (prepare, launch, info).
set -u
KIT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SERVERS_HOME=${SERVERS_HOME:-$HOME/.cache/playground-servers}
case $SERVERS_HOME in /*) ;; *) SERVERS_HOME=$PWD/$SERVERS_HOME ;; esac
ALL="keycloak spring spring-api mock-oauth2-server hydra zitadel django fastapi mcp"

usage() {
  cat <<END
usage: servers.sh start NAME [--origin http://localhost:4290] [--cors right|wrong|none]
       servers.sh prepare|stop|status|info|log|programs NAME
       servers.sh stop|status all
       servers.sh list
NAME is one of: $ALL
END
  exit 2
}
die() { echo "servers.sh: $*" >&2; exit 1; }

# ---- what the server.sh files use ----

# The Java home to use: the oldest one found that is at least version $1.
find_java() {
  local want=$1 best= bestv=999 home v
  for home in "${JAVA_HOME:-}" "$(readlink -f "$(command -v java)" 2>/dev/null | sed 's|/bin/java$||')" /usr/lib/jvm/*; do
    [ -n "$home" ] && [ -x "$home/bin/java" ] || continue
    v=$("$home/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
    [ -n "$v" ] && [ "$v" -ge "$want" ] && [ "$v" -lt "$bestv" ] && best=$home bestv=$v
  done
  [ -n "$best" ] || die "needs a JDK $want or newer (set JAVA_HOME)"
  echo "$best"
}
need() { local c; for c; do command -v "$c" >/dev/null || die "$NAME needs $c"; done; }
# Succeeds if the sources $@ differ from what was built last, and then copies them to the work folder.
sources_changed() {
  local sum; sum=$(cd "$HERE" && tar cf - --sort=name --mtime=@0 "$@" | cksum)
  [ "$sum" != "$(cat "$DIR/built" 2>/dev/null)" ] || return 1
  (cd "$HERE" && tar cf - "$@") | (cd "$DIR" && tar xf -) && NEW_SUM=$sum
}
built() { echo "$NEW_SUM" >"$DIR/built"; }
# Makes a Python virtual environment in $DIR/$1 with the requirements file $2.
python_env() {
  need python3
  [ -f "$DIR/$1/ready" ] && cmp -s "$2" "$DIR/$1/ready" && return
  rm -rf "${DIR:?}/$1"
  python3 -m venv "$DIR/$1" && "$DIR/$1/bin/pip" install -q --disable-pip-version-check -r "$2" && cp "$2" "$DIR/$1/ready"
}
# Runs a program in the background, in a process group of its own, and remembers its pid.
# usage: background LABEL COMMAND...
background() {
  local label=$1 pid; shift
  setsid "$@" >>"$RUN/$label.log" 2>&1 </dev/null &
  pid=$!; disown "$pid" 2>/dev/null
  echo "$pid $(birth "$pid") $label" >>"$RUN/pids"
}
# Waits until the URL $2 responds with any HTTP status, at most $3 seconds; the log's tail otherwise.
wait_for() {
  local label=$1 url=$2 end=$((SECONDS + $3)) pid
  pid=$(awk -v l="$label" '$NF == l { p = $1 } END { print p }' "$RUN/pids")
  while ! curl -sk -o /dev/null --max-time 3 "$url"; do
    if ! kill -0 "$pid" 2>/dev/null; then echo "$label ended:" >&2; tail -n 30 "$RUN/$label.log" >&2; return 1; fi
    if [ $SECONDS -ge $end ]; then echo "$label does not respond at $url:" >&2; tail -n 30 "$RUN/$label.log" >&2; return 1; fi
    sleep 0.5
  done
}
free_port() {
  local p
  for p; do (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null && die "port $p is taken by another program; $NAME needs it"; done
  return 0
}
# The origin that the server is told to allow, for the CORS mode in use.
allowed_origin() { case $CORS in right) echo "$ORIGIN" ;; wrong) echo "http://localhost:9" ;; esac; }

# ---- pids ----

birth() { ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' '_'; }
# A pid counts only while it is the process that was started, not another one with the same number.
alive() { [ -n "$1" ] && [ "$(birth "$1")" = "$2" ]; }
running() { local pid born label any=1; [ -f "$RUN/pids" ] || return 1; while read -r pid born label; do alive "$pid" "$born" || return 1; any=0; done <"$RUN/pids"; return $any; }
stop() {
  local pid born label i
  [ -f "$RUN/pids" ] || { echo "$NAME: not running"; return; }
  while read -r pid born label; do alive "$pid" "$born" && kill -TERM -- "-$pid" 2>/dev/null; done <"$RUN/pids"
  while read -r pid born label; do
    for i in $(seq 60); do kill -0 -- "-$pid" 2>/dev/null || break; sleep 0.25; done
    alive "$pid" "$born" && kill -KILL -- "-$pid" 2>/dev/null
  done <"$RUN/pids"
  rm -f "$RUN/pids" "$RUN/options"
  echo "$NAME: stopped"
}

prepared() {
  mkdir -p "$RUN" || die "cannot write to $RUN"
  echo "$NAME: preparing (the first time downloads, and builds; log: $RUN/prepare.log)"
  (prepare) >"$RUN/prepare.log" 2>&1 || { tail -n 30 "$RUN/prepare.log" >&2; die "$NAME could not be prepared; whole log: $RUN/prepare.log"; }
}
# The folder with the programs of a server, for whoever sets one up by hand; a server.sh has its own.
programs() { echo "$DIR"; }

load() {
  NAME=$1 EXTRA=
  case " $ALL " in *" $NAME "*) ;; *) usage ;; esac
  HERE=$KIT/$NAME; DIR=$SERVERS_HOME/$NAME; RUN=$DIR/run
  # shellcheck disable=SC1090
  . "$HERE/server.sh"
}

start() {
  local options="$ORIGIN $CORS" began=$SECONDS variable
  for variable in $EXTRA; do [ -z "${!variable:-}" ] || options="$options $variable=${!variable}"; done
  if running && [ "$(cat "$RUN/options" 2>/dev/null)" = "$options" ]; then
    echo "$NAME: runs already"
  else
    need curl setsid ps
    [ -f "$RUN/pids" ] && stop
    # shellcheck disable=SC2086
    free_port $PORTS
    prepared
    rm -f "$RUN"/pids; : >"$RUN/pids"
    for log in "$RUN"/*.log; do [ "$log" = "$RUN/prepare.log" ] || rm -f "$log"; done
    launch || { stop >/dev/null; die "$NAME did not start; logs: $RUN"; }
    echo "$options" >"$RUN/options"
    echo "$NAME: started in $((SECONDS - began)) s"
  fi
  echo; info
}

command=${1:-}; [ $# -gt 0 ] && shift
[ "$command" = list ] && { for n in $ALL; do load "$n"; printf '%-20s %-12s %s\n' "$n" "$(running && echo running || echo -)" "$ABOUT"; done; exit; }
name=${1:-}; [ -n "$name" ] || usage; shift
ORIGIN=http://localhost:4290; CORS=${CORS:-right}
while [ $# -gt 0 ]; do
  case $1 in
    --origin) ORIGIN=${2:?}; ORIGIN=${ORIGIN%/}; shift 2 ;;
    --cors) CORS=${2:?}; shift 2 ;;
    *) usage ;;
  esac
done
case $CORS in right | wrong | none) ;; *) usage ;; esac
each() { if [ "$name" = all ]; then for n in $ALL; do load "$n"; "$@"; done; else load "$name"; "$@"; fi; }
status() {
  if running; then echo "$NAME: running ($(cat "$RUN/options")), pids $(cut -d' ' -f1 "$RUN/pids" | tr '\n' ' ')"
  elif [ -f "$RUN/pids" ]; then echo "$NAME: a part of it has ended; logs: $RUN"; else echo "$NAME: not running"; fi
}
options_in_use() {
  local more=
  if [ -f "$RUN/options" ]; then read -r ORIGIN CORS more <"$RUN/options"; fi
  for more in $more; do declare -g "$more"; done
}
case $command in
  start) load "$name"; start ;;
  prepare) load "$name"; prepared ;;
  programs) load "$name"; programs ;;
  stop) each stop ;;
  status) each status ;;
  info) load "$name"; options_in_use; info ;;
  log) load "$name"; tail -n 40 "$RUN"/*.log ;;
  *) usage ;;
esac
