#!/usr/bin/env bash
# Keeps one comment with the report on the pull request. Never fails the job: the report is in its summary, too.
set -euo pipefail

if [[ ! $NETPOL_COMMENT_ID =~ ^[A-Za-z0-9._-]+$ ]]; then
  echo '::error::comment-id may have letters, digits, dots, dashes and underscores only'
  exit 2
fi
event() { node -p 'const event = JSON.parse(fs.readFileSync(process.env.GITHUB_EVENT_PATH, "utf8")); '"$1"; }
number=$(event 'Number(event.pull_request?.number ?? 0)')
[ "$number" != 0 ] || exit 0

is_fork=$(event 'event.pull_request.head.repo?.full_name !== event.repository.full_name')
if [ "$is_fork" = true ] && [ "$GITHUB_EVENT_NAME" = pull_request ]; then
  echo '::notice::the token of a pull request from a fork may not write comments: the report is in the summary of the job'
  exit 0
fi

# A comment of somebody else is never changed, whatever it holds.
NETPOL_LOGIN=$(gh api graphql -f query='{viewer{login}}' --jq .data.viewer.login) || NETPOL_LOGIN='github-actions[bot]'
NETPOL_MARKER="<!-- netpol-sim comment $NETPOL_COMMENT_ID -->"
export NETPOL_LOGIN NETPOL_MARKER
body=$NETPOL_FOLDER/comment.md
{
  printf '%s\n' "$NETPOL_MARKER"
  # GitHub takes 65,536 characters
  if [ "$(wc -c <"$NETPOL_FOLDER/report.md")" -le 65000 ]; then
    cat "$NETPOL_FOLDER/report.md"
  else
    for part in "$NETPOL_FOLDER/test.md" "$NETPOL_FOLDER/diff.md"; do
      if [ -s "$part" ]; then printf '%s\n\n' "$(head -n 1 "$part")"; fi
    done
    printf 'The report is too long for a comment: all of it is in the summary of the job.\n'
  fi
  printf '\n<sub>commit %s</sub>\n' "$(event 'String(event.pull_request.head.sha).replace(/[^0-9a-f]/g, "")')"
} >"$body"

comments="repos/$GITHUB_REPOSITORY/issues/$number/comments"
mine='.[] | select(.user.login == env.NETPOL_LOGIN and (.body | startswith(env.NETPOL_MARKER))) | .id'
write_comment() {
  local ids id
  ids=$(gh api --paginate "$comments?per_page=100" --jq "$mine") || return
  id=${ids%%$'\n'*}
  if [ -n "$id" ]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" -F "body=@$body"
  else
    gh api --silent --method POST "$comments" -F "body=@$body"
  fi
}
write_comment ||
  echo '::warning::the comment could not be written: the job needs the permission pull-requests: write; the report is in its summary'
