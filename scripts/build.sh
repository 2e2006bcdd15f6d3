# shellcheck shell=bash
# The bundle for the browser and the web app, each built when its inputs changed.

# inputs_of FOLDER_OR_FILE...: one hash of all the files, without what is built from them.
inputs_of() {
  (cd "$repository" && find "$@" -type d \( -name node_modules -o -name bin -o -name obj -o -name dist \) -prune -o -type f -print0 |
    sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
}

build_bundle() {
  local assets=$repository/wwwroot-assets stamp=$repository/.local/bundle hash
  hash=$(inputs_of wwwroot-assets)
  if [[ ! -d $repository/src/AriDialer.Web/wwwroot/dist || $(cat "$stamp" 2>/dev/null) != "$hash" ]]; then
    rm -f "$stamp"
    step "$logs/npm-ci" "Fetching the browser's packages" npm ci --prefix "$assets" --no-audit --no-fund
    step "$logs/npm-build" "Building the browser's bundle" npm run build --prefix "$assets"
    echo "$hash" >"$stamp"
  fi
  bundle_hash=$hash
}

publish_app() {
  local hash
  hash=$(inputs_of src Directory.Build.props Directory.Packages.props global.json)
  # shellcheck disable=SC2034 # used by supervise.sh
  app=$repository/.local/app/$hash-$bundle_hash
  prune_apps
  [[ -d $app ]] && return
  rm -rf "$app.new"
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  step "$logs/dotnet-publish" "Building the web app" \
    dotnet publish "$repository/src/AriDialer.Web" -c Release -o "$app.new" --nologo -nodeReuse:false
  mv "$app.new" "$app"
}

# Earlier builds go, unless an instance still runs from one: it holds a lock there.
prune_apps() {
  local old
  for old in "$repository"/.local/app/*; do
    [[ -d $old && $old != "$app" ]] || continue
    if flock -n "$old" true; then rm -rf "$old"; fi
  done
}
