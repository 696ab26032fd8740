#!/usr/bin/env bash
# Installs netpol-sim into a folder of its own: in the checkout npm would take .npmrc, and npx the program, from the pull request.
set -euo pipefail

folder=$(mktemp -d "$RUNNER_TEMP/netpol-sim.XXXXXX")
version=${NETPOL_VERSION:-$(node -p 'JSON.parse(fs.readFileSync(process.argv[1], "utf8")).version' "$GITHUB_ACTION_PATH/package.json")}
cd "$folder"
echo '{"private":true}' >package.json
npm install --ignore-scripts --no-audit --no-fund "netpol-sim@$version"
echo "folder=$folder" >>"$GITHUB_OUTPUT"
