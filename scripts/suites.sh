# shellcheck shell=bash
# Runs checks and test suites to the end, whatever fails, and adds up what they counted.

passed=0 failed=0 skipped=0 failures=() shaky=()
results=$repository/.local/test-results

# What takes minutes is no part of a usual run, and does not count as skipped in one.
which=(--filter 'Takes!=minutes')

# read_test_options [--long]
read_test_options() {
  case ${1:-} in
    '') ;;
    --long)
      which=()
      export ARIDIALER_LONG_TESTS=1
      ;;
    *) refuse "./test knows no $1, only --long: what takes minutes is run as well." ;;
  esac
}

# check "What" SECONDS COMMAND...: something that is right or wrong as a whole; counted only when wrong.
check() {
  local what=$1 limit=$2 log
  shift 2
  log=$logs/test-${what//[^a-zA-Z0-9]/-}
  attempt "$log" "$what" timeout -k 10 "$limit" "$@" && return
  fail "$what" "$log"
  return 1
}

fail() {
  failed=$((failed + 1))
  failures+=("$1 (log: $2)")
  echo "FAILED: $1" >&2
  tail -n 60 "$2" >&2
}

# dotnet_suite PROJECT SECONDS
dotnet_suite() {
  local project=$1 log=$logs/test-$1 trx=$results/$1.trx status=0 count total executed wrong names
  run_tests "$project" "$2" "$log" "$trx" "${which[@]}" || status=$?
  if [[ ! -s $trx ]]; then
    fail "$project: ended with status $status and no result" "$log"
    return
  fi
  count=$(grep -o '<Counters [^>]*' "$trx")
  total=$(counter total) executed=$(counter executed) wrong=$(($(counter executed) - $(counter passed)))
  names=$(failed_tests "$trx")
  if ((wrong > 0)); then
    # Browsers, telephones, switches and the other suites share two cores: what failed has one more try, by itself. It is named all the
    # same: what is right at the second try only has been a fault of the product's before.
    mapfile -t -O "${#shaky[@]}" shaky <<<"$names"
    echo "  failed at first: ${names//$'\n'/, }"
    log=$log-again trx=$results/$1-again.trx status=0
    run_tests "$project" "$2" "$log" "$trx" --filter "$(sed 's/(.*//; s/^/FullyQualifiedName~/' <<<"$names" | sort -u | paste -sd '|')" || status=$?
    count=$(grep -o '<Counters [^>]*' "$trx" 2>/dev/null) && (($(counter executed) >= wrong)) &&
      wrong=$(($(counter executed) - $(counter passed)))
    names=$(failed_tests "$trx")
  fi
  add "$project" "$log" "$status" "$((executed - wrong))" "$((total - executed))" "$wrong"
  [[ -z $names ]] || echo "$names"
}

run_tests() {
  local project=$1 limit=$2 log=$3 trx=$4
  shift 4
  rm -f "$trx"
  attempt "$log" "Testing $project" timeout -k 10 "$limit" dotnet test "$repository/tests/$project" --no-build --nologo \
    --logger "trx;LogFileName=$trx" "$@"
}

failed_tests() {
  grep -o '<UnitTestResult [^>]*outcome="Failed"[^>]*' "$1" | grep -o 'testName="[^"]*"' | sed 's/^testName="//; s/"$//' || true
}

counter() {
  [[ $count =~ \ $1=\"([0-9]+)\" ]] && echo "${BASH_REMATCH[1]}"
}

# npm_suite FOLDER SECONDS
npm_suite() {
  local log=$logs/test-$1 json=$results/$1.json status=0 counts
  rm -f "$json"
  attempt "$log" "Testing $1" timeout -k 10 "$2" npm test --prefix "$repository/$1" -- \
    --reporter=default --reporter=json "--outputFile.json=$json" || status=$?
  if [[ ! -s $json ]]; then
    fail "$1: ended with status $status and no result" "$log"
    return
  fi
  counts=$(node -p 'r = JSON.parse(fs.readFileSync(process.argv[1]));
    [r.numPassedTests, r.numPendingTests + r.numTodoTests, r.numFailedTests].join(" ")' "$json")
  # shellcheck disable=SC2086 # three numbers
  add "$1" "$log" "$status" $counts
}

# beside FUNCTION: runs its steps, checks and suites beside what comes next, with what that leaves of the processors. join_beside
# waits for them, shows what they said, and adds up what they counted.
beside() {
  rm -f "$results/beside"
  (
    trap 'stopping=yes' INT TERM
    trap end_step EXIT
    passed=0 failed=0 skipped=0 failures=()
    renice -n 10 "$BASHPID" >/dev/null
    "$1"
    printf '%s\n' "$passed $failed $skipped" ${failures[@]+"${failures[@]}"} >"$results/beside"
  ) >"$logs/beside" 2>&1 &
  beside_pid=$!
}

join_beside() {
  local counts
  while kill -0 "$beside_pid" 2>/dev/null; do pause 0.2; done
  beside_pid=''
  cat "$logs/beside"
  mapfile -t counts < <(cat "$results/beside" 2>/dev/null)
  if ((${#counts[@]} == 0)); then
    fail "What ran beside the rest did not finish" "$logs/beside"
    return 1
  fi
  # shellcheck disable=SC2086 # three numbers
  set -- ${counts[0]}
  passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
  failures+=("${counts[@]:1}")
}

end_beside() {
  [[ -n ${beside_pid:-} ]] || return 0
  kill -TERM "$beside_pid" 2>/dev/null || true
  wait "$beside_pid" 2>/dev/null || true
}

# add NAME LOG STATUS PASSED SKIPPED FAILED
add() {
  echo "  $4 passed, $6 failed, $5 skipped"
  passed=$((passed + $4)) skipped=$((skipped + $5))
  if (($6 > 0)); then
    failures+=("$1: $6 (log: $2)")
    failed=$((failed + $6))
    tail -n 200 "$2" >&2
  elif (($3 != 0)); then
    fail "$1: ended with status $3, though no test failed" "$2"
  elif (($4 == 0)); then
    fail "$1: ran no test" "$2"
  fi
}

# What was done to the product on purpose, and how it took it: written by the tests that did it, each at its end. Of two lines about the
# same, a second try has the last word.
table_of_faults() {
  [[ -s $results/faults.tsv ]] || return 0
  echo 'Faults, and how the product took them:'
  awk -F '\t' '
    { key = $1 FS $2; if (!(key in said)) order[++n] = key; said[key] = $3 (length($4) ? " (" $4 ")" : "") }
    END {
      for (i = 1; i <= n; i++) {
        split(order[i], part, FS)
        printf "  %-22s %s: %s\n", part[1], part[2], said[order[i]]
      }
    }' <(sort -s -t $'\t' -k1,1 "$results/faults.tsv")
}

# The last line is for whoever, or whatever, reads only that.
sum_up() {
  local failure
  for failure in "${shaky[@]}"; do echo "At the second try, if at all: $failure"; done
  for failure in "${failures[@]}"; do echo "FAILED: $failure"; done
  table_of_faults
  echo "All of it took $SECONDS s."
  echo "$passed passed, $failed failed, $skipped skipped"
  ((failed == 0))
}
