#!/usr/bin/env bash
# For each version of npm that is named: installs and starts a fresh clone, and ends what it started.
set -euo pipefail
# Each job gets a process group of its own, which can be ended as a whole.
set -m
place=$(mktemp -d)
server=
end() {
  if [ -n "$server" ]; then kill -- "-$server" 2>/dev/null || true; fi
  rm -rf "$place"
}
trap end EXIT

for version in "$@"; do
  npm install --silent --no-save --prefix "$place/npm-$version" "npm@$version"
  npm="$place/npm-$version/node_modules/.bin/npm"
  git clone --quiet . "$place/clone-$version"
  cd "$place/clone-$version"

  "$npm" install
  if ! git diff --exit-code; then
    echo "npm $("$npm" --version) install changed files of the clone" >&2
    exit 1
  fi

  : >"$place/out"
  PORT=0 KMS_DATA_DIR="$place/data-$version" KMS_ENV_FILE='' "$npm" --silent start >"$place/out" 2>"$place/err" &
  server=$!
  for _ in $(seq 120); do
    if grep -q '^console: ' "$place/out" || ! kill -0 "$server" 2>/dev/null; then break; fi
    sleep 1
  done
  url=$(sed -n 's/^console: //p' "$place/out")
  if [ -z "$url" ]; then
    echo "npm $("$npm" --version) start printed no address:" >&2
    cat "$place/out" "$place/err" >&2
    exit 1
  fi
  status=$(node -e 'fetch(process.argv[1]).then((answer) => console.log(answer.status))' "$url/keys")
  kill "$server"
  { wait "$server" || true; } 2>/dev/null
  server=
  echo "npm $("$npm" --version): installed, lock file unchanged, console answers $status"
  [ "$status" = 200 ]
  cd - >/dev/null
done
