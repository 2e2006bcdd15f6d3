# shellcheck shell=bash
# What is said to the person who runs a command: one sentence for a refusal, progress for what takes long.

refuse() {
  echo "$1" >&2
  exit 1
}

# step LOG "What is done" COMMAND...
# Runs a command in a process group of its own, says how long it takes, and shows the end of its log if it fails.
step() {
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
  if ((status != 0)); then
    tail -n 25 "$log" >&2
    refuse "$what failed (after $((SECONDS - started)) s). The whole log is in $log."
  fi
  echo "  done in $((SECONDS - started)) s"
}

# A sleep that starts no process: reads what never comes.
exec {never}<> <(:)
pause() {
  read -rt "$1" -u "$never" _ || true
}

# Ends the step that runs, with all that it started.
end_step() {
  [[ -n ${step_pid:-} ]] || return 0
  if [[ ${step_must_finish:-no} != yes ]]; then kill -TERM -- "-$step_pid" 2>/dev/null || true; fi
  wait "$step_pid" 2>/dev/null || true
}
