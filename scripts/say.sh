# shellcheck shell=bash
# What is said to the person who runs a command: one sentence for a refusal, progress for what takes long.

refuse() {
  echo "$1" >&2
  exit 1
}

# step LOG "What is done" COMMAND...
# Runs a command, says how long it takes, and refuses to go on if it fails.
step() {
  local log=$1 what=$2
  attempt "$@" && return
  tail -n 25 "$log" >&2
  refuse "$what failed. The whole log is in $log."
}

# attempt LOG "What is done" COMMAND...: the same, but tells by its status how the command ended.
# The command has a process group of its own, so that it can be ended with all that it started.
attempt() {
  local log=$1 what=$2 started=$SECONDS said=$SECONDS status=0
  shift 2
  mkdir -p "$(dirname -- "$log")"
  echo "$what ..."
  setsid "$@" >"$log" 2>&1 </dev/null &
  step_pid=$!
  while kill -0 "$step_pid" 2>/dev/null; do
    pause 0.2
    if ((SECONDS - said >= 15)); then
      said=$SECONDS
      echo "  ... at it for $((SECONDS - started)) s"
    fi
  done
  wait "$step_pid" || status=$?
  step_pid=''
  ((status != 0)) || echo "  done in $((SECONDS - started)) s"
  return "$status"
}

# A sleep that starts no process: reads what never comes. Here, and nowhere else, a signal to end is obeyed: bash may
# crash when a trap exits from within read, and all that waits, waits here.
# For who serves, being ended is a good end; a script of which a result is expected sets stop_status.
stopping=no stop_status=0
exec {never}<> <(:)
pause() {
  read -rt "$1" -u "$never" _ || true
  [[ $stopping == no ]] || exit "$stop_status"
}

# Ends the step that runs, with all that it started.
end_step() {
  [[ -n ${step_pid:-} ]] || return 0
  if [[ ${step_must_finish:-no} != yes ]]; then kill -TERM -- "-$step_pid" 2>/dev/null || true; fi
  wait "$step_pid" 2>/dev/null || true
}
