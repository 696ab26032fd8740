#!/usr/bin/env bash
# Runs the tests, compares the lock file and says what a pull request opens and closes; writes the report to the summary of the job, and its exit code to the outputs of the step.
# It ends with 0 whatever the policies are: a later step fails the job, after the comment.
set -euo pipefail

netpol_sim() { node "$NETPOL_FOLDER/node_modules/netpol-sim/bin/netpol-sim.cjs" "$@"; }
report=$NETPOL_FOLDER/report.md

# Puts the lines of a text that are not empty into the array `lines`.
lines_of() {
  local line
  lines=()
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    [ -z "$line" ] || lines+=("$line")
  done <<<"$1"
}

# A file as a code block that nothing in it can end, cut where it is too long for a comment.
code_block() {
  local fence='```'
  while grep -qF -- "$fence" "$2"; do fence+='`'; done
  printf '%s%s\n' "$fence" "$1"
  head -c "$3" "$2"
  if [ "$(wc -c <"$2")" -gt "$3" ]; then printf '\n… the rest is in the log\n'; fi
  printf '%s\n' "$fence"
}

cd "${GITHUB_WORKSPACE:-.}"
cd -- "$NETPOL_DIRECTORY"
arguments=()
lines_of "$NETPOL_MANIFESTS"
for path in ${lines[@]+"${lines[@]}"}; do arguments+=(-f "$path"); done
lines_of "$NETPOL_FLAGS"
arguments+=(${lines[@]+"${lines[@]}"})
lines_of "$NETPOL_FILES"

judged_by=()
[ -z "$NETPOL_TESTS_FROM" ] || judged_by=(--tests-from "$NETPOL_TESTS_FROM")

code=0
netpol_sim test ${arguments[@]+"${arguments[@]}"} ${judged_by[@]+"${judged_by[@]}"} -o github \
  -o "text=$NETPOL_FOLDER/test.txt" -o "markdown=$NETPOL_FOLDER/test.md" \
  -- ${lines[@]+"${lines[@]}"} 2>"$NETPOL_FOLDER/test.err" || code=$?
cat "$NETPOL_FOLDER/test.err" >&2
if [ -s "$NETPOL_FOLDER/test.txt" ]; then cat "$NETPOL_FOLDER/test.txt"; fi
if [ -s "$NETPOL_FOLDER/test.md" ]; then
  cat "$NETPOL_FOLDER/test.md" >"$report"
else
  printf '**netpol-sim test: no answer** (exit code %s)\n\n' "$code" >"$report"
  code_block '' "$NETPOL_FOLDER/test.err" 4000 >>"$report"
  # Nothing that was not answered passes
  if [ "$code" = 0 ]; then code=2; fi
fi

if [ -n "$NETPOL_LOCK" ]; then
  lock=0
  netpol_sim matrix ${arguments[@]+"${arguments[@]}"} --check "$NETPOL_LOCK" >"$NETPOL_FOLDER/lock.diff" \
    2>"$NETPOL_FOLDER/lock.err" || lock=$?
  cat "$NETPOL_FOLDER/lock.diff"
  cat "$NETPOL_FOLDER/lock.err" >&2
  {
    printf '\n'
    case $lock in
      0) printf '**The lock file is up to date**\n' ;;
      1)
        printf '**Who may reach whom is not what the lock file says**\n\n'
        code_block diff "$NETPOL_FOLDER/lock.diff" 3000
        ;;
      *)
        printf '**The lock file could not be compared** (exit code %s)\n\n' "$lock"
        code_block '' "$NETPOL_FOLDER/lock.err" 3000
        ;;
    esac
  } >>"$report"
  if [ "$lock" -gt "$code" ]; then code=$lock; fi
fi

if [ -n "$NETPOL_DIFF" ]; then
  gates=()
  [ -z "$NETPOL_FAIL_ON" ] || gates=(--fail-on "$NETPOL_FAIL_ON")
  diff=0
  netpol_sim diff ${arguments[@]+"${arguments[@]}"} ${gates[@]+"${gates[@]}"} -o github \
    -o "text=$NETPOL_FOLDER/diff.txt" -o "markdown=$NETPOL_FOLDER/diff.md" -- "$NETPOL_DIFF" 2>"$NETPOL_FOLDER/diff.err" || diff=$?
  cat "$NETPOL_FOLDER/diff.err" >&2
  if [ -s "$NETPOL_FOLDER/diff.txt" ]; then cat "$NETPOL_FOLDER/diff.txt"; fi
  if [ ! -s "$NETPOL_FOLDER/diff.md" ]; then
    {
      printf '**netpol-sim diff: no answer** (exit code %s)\n\n' "$diff"
      code_block '' "$NETPOL_FOLDER/diff.err" 3000
    } >"$NETPOL_FOLDER/diff.md"
    if [ "$diff" = 0 ]; then diff=2; fi
  fi
  {
    printf '\n'
    cat "$NETPOL_FOLDER/diff.md"
  } >>"$report"
  if [ "$diff" -gt "$code" ]; then code=$diff; fi
fi

cat "$report" >>"$GITHUB_STEP_SUMMARY"
echo "code=$code" >>"$GITHUB_OUTPUT"
