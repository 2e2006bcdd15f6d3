# shellcheck shell=bash
# Starts Asterisk and the web app, waits until they are healthy, starts the one that dies again, ends both.

asterisk_pid='' web_pid='' setting_up=no
# When each died lately, and when it is to be started again, in seconds since the start.
declare -A deaths=([asterisk]='' [web]='') due=([asterisk]='' [web]='')

start_asterisk() {
  local flags=(--data "$data" --sip-bind "$sip_bind" --sip-port "$sip_port" --http-port "$http_port")
  [[ $demo == yes ]] && flags+=(--demo)
  setsid setpriv --pdeathsig TERM "$repository/scripts/asterisk" start "${flags[@]}" {data_lock}>&- &
  asterisk_pid=$!
}

start_web() {
  (
    exec {data_lock}>&- {app_lock}<"$app"
    flock -s "$app_lock"
    export ASPNETCORE_URLS=$urls Data__Directory=$data Asterisk__Url=$asterisk_url
    # Speech to try speech engines out with: Asterisk's own.
    export Transcription__SampleFile=${Transcription__SampleFile:-$asterisk_root/usr/share/asterisk/sounds/en_US_f_Allison/all-circuits-busy-now.g722}
    if [[ -n $foreign_asterisk ]]; then
      export Asterisk__Username=$ARIDIALER_ARI_USERNAME Asterisk__Password=$ARIDIALER_ARI_PASSWORD
    else
      export Asterisk__Username=aridialer Asterisk__PasswordFile=$data/secrets/ari-password
    fi
    if [[ $demo == yes ]]; then
      export Demo__Enabled=true Trunk__DialString='Local/{number}@aridialer-demo-network'
      export ARIDIALER_DEMO_PASSWORD=$demo_password
    fi
    cd "$app" || exit
    exec setsid setpriv --pdeathsig TERM dotnet AriDialer.Web.dll
  ) &
  web_pid=$!
}

# wait_healthy PID SECONDS "name" "where to look" COMMAND...
wait_healthy() {
  local pid=$1 limit=$2 name=$3 hint=$4 started=$SECONDS
  shift 4
  until "$@" >/dev/null 2>&1; do
    alive "$pid" || refuse "$name ended while starting. $hint"
    ((SECONDS - started < limit)) || refuse "$name isn't healthy after $limit s. $hint"
    pause 0.1
  done
}

asterisk_healthy() {
  ARIDIALER_HTTP_PORT=$http_port ARIDIALER_ARI_PASSWORD_FILE=$data/secrets/ari-password "$repository/asterisk-config/healthy"
}

# A wildcard address listens on loopback too, and the certificate of https is for another name than loopback's.
web_healthy() {
  local url=$first_url
  [[ $url =~ ^(https?://)(\*|\+|0\.0\.0\.0|\[::\])(.*)$ ]] && url=${BASH_REMATCH[1]}127.0.0.1${BASH_REMATCH[3]}
  curl -sfk --max-time 5 "$url/health/ready"
}

start_all() {
  if [[ -z $foreign_asterisk ]]; then
    start_asterisk
    wait_healthy "$asterisk_pid" 30 Asterisk "See $data/asterisk/log." asterisk_healthy
  fi
  start_web
  wait_healthy "$web_pid" 90 "The web app" "What it said stands above." web_healthy
}

# The two stand for themselves: calls go on while the web app is away, however long that is.
supervise() {
  while true; do
    pause 0.5
    [[ -z $asterisk_pid ]] || keep asterisk "Asterisk" "$asterisk_pid"
    keep web "The web app" "$web_pid"
  done
}

# keep KEY "name" PID: starts what has ended again, after a while.
keep() {
  alive "$3" && return
  if [[ -z ${due[$1]} ]]; then
    back_off "$1" "$2"
  elif ((SECONDS >= due[$1])); then
    due[$1]=''
    "start_$1"
  fi
}

# back_off KEY "name": after 1, 2, 4, … s, 32 at the most, by its deaths within five minutes. An Asterisk that ends five times within one
# minute is the end of it; the web app never is, or it would take calls along that go on without it.
back_off() {
  local recent=() time within=300 count delay
  [[ $1 == web ]] || within=60
  for time in ${deaths[$1]} "$SECONDS"; do
    if ((SECONDS - time < within)); then recent+=("$time"); fi
  done
  deaths[$1]=${recent[*]}
  count=${#recent[@]}
  [[ $1 == web ]] || ((count < 5)) || refuse "$2 ended five times within a minute; AriDialer gives up. See $data/asterisk/log and what stands above."
  delay=$((1 << (count > 6 ? 5 : count - 1)))
  due[$1]=$((SECONDS + delay))
  echo "$2 ended unasked; it is started again in $delay s." >&2
}

# A process that ended but whose status nobody has read yet is not alive; inside a trap bash leaves them so.
alive() {
  local state
  state=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  state=${state##*) }
  [[ $state != Z* ]]
}

end_all() {
  trap '' INT TERM
  stopping=no
  end_step
  [[ $setting_up == no ]] || rm -rf "$repository"/.local/asterisk-root.new "$repository"/.local/app/*.new
  # The web app first: it would call the loss of Asterisk a fault.
  local pid started
  for pid in $web_pid $asterisk_pid; do
    started=$SECONDS
    kill -TERM "$pid" 2>/dev/null || true
    while alive "$pid" && ((SECONDS - started < 12)); do pause 0.1; done
    # A process group of its own each: nothing of it stays.
    kill -KILL -- "-$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
}
