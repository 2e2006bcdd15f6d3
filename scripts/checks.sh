# shellcheck shell=bash
# What must be so before anything is changed or started.

check_machine() {
  [[ $(dotnet --list-sdks 2>/dev/null) =~ (^|$'\n')10\. ]] ||
    refuse "AriDialer needs the .NET 10 SDK: 'dotnet --list-sdks' names none."
  [[ -n $(command -v npm) && $(node --version 2>/dev/null) =~ ^v(2[0-9]|[3-9][0-9])\. ]] ||
    refuse "AriDialer needs Node.js 20 or later, with npm."
  [[ -n $foreign_asterisk ]] || check_root
}

check_root() {
  [[ $EUID -eq 0 ]] || refuse "AriDialer starts its own Asterisk in a root of its own, which takes root: run this as root, or name a running Asterisk with --asterisk."
  command -v apt-get >/dev/null || refuse "AriDialer installs Asterisk with apt-get and debootstrap, which this machine lacks: use Debian, docker-compose.yml, or --asterisk."
}

check_disk() {
  mkdir -p "$repository/.local" "$data"
  local needed=200
  [[ -d $repository/.local/asterisk-root || -n $foreign_asterisk ]] || needed=2500
  local place available
  for place in "$repository/.local" "$data"; do
    available=$(df --output=avail -BM "$place" | tail -n 1 | tr -dc 0-9)
    ((available >= needed)) || refuse "The disk of $place has $available MB left; AriDialer needs $needed MB there."
  done
}

check_ports() {
  local port
  for port in "${web_ports[@]}"; do check_port tcp "$port" "the web app" "--urls"; done
  [[ -z $foreign_asterisk ]] || return 0
  check_port udp "$sip_port" "SIP" "--port-base"
  check_port tcp "$sip_port" "SIP" "--port-base"
  check_port tcp "$http_port" "Asterisk's HTTP" "--port-base"
}

# check_port PROTOCOL PORT "what for" FLAG
check_port() {
  local hex
  printf -v hex ':%04X' "$2"
  # Of TCP only what listens (0A); the kernel's tables need no tool.
  if awk -v port="$hex" -v protocol="$1" \
    'substr($2, length($2) - 4) == port && (protocol == "udp" || $4 == "0A") { taken = 1 } END { exit !taken }' \
    "/proc/net/$1" "/proc/net/${1}6" 2>/dev/null; then
    refuse "Port $2 (${1^^}, for $3) is taken by another program: end that one, or choose another with $4."
  fi
}

# One instance for one data directory, for as long as this process lives.
lock_data() {
  exec {data_lock}>"$data/lock"
  flock -n "$data_lock" || refuse "Another AriDialer runs with $data: end it, or give this one another --data."
}

# A foreign Asterisk: there, of the right age, with the right password.
check_foreign_asterisk() {
  [[ -n $foreign_asterisk ]] || return 0
  [[ -n ${ARIDIALER_ARI_USERNAME:-} && -n ${ARIDIALER_ARI_PASSWORD:-} ]] ||
    refuse "With --asterisk, set ARIDIALER_ARI_USERNAME and ARIDIALER_ARI_PASSWORD to a user of its ari.conf."
  local answer
  answer=$(ari "$ARIDIALER_ARI_USERNAME" "$ARIDIALER_ARI_PASSWORD" /ari/asterisk/info?only=system) ||
    refuse "The Asterisk at $foreign_asterisk doesn't answer ARI for $ARIDIALER_ARI_USERNAME: check the address, the user and the password."
  [[ $answer =~ \"version\":\"([^\"]+)\" ]] || refuse "$foreign_asterisk answers, but not as Asterisk does."
  check_version "${BASH_REMATCH[1]}"
}

check_version() {
  local version=${1%%[+~-]*}
  [[ $(printf '%s\n' "$oldest_asterisk" "$version" | sort -V | head -n 1) == "$oldest_asterisk" ]] ||
    refuse "AriDialer needs Asterisk $oldest_asterisk or later (it fixes holes of ARI); this is $version."
}

# ari USER PASSWORD PATH: the password goes in by standard input, where no process list shows it.
ari() {
  curl -sf --max-time 5 -K - "$asterisk_url$3" <<<"user = \"$1:$2\""
}
