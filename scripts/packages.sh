# shellcheck shell=bash
# Debian packages that a command needs on the machine itself.

# need_packages PACKAGE...: installs those that are missing.
need_packages() {
  local package missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  ((${#missing[@]} > 0)) || return 0
  [[ $EUID -eq 0 ]] || refuse "These Debian packages are missing, and installing them takes root: ${missing[*]}."
  # Interrupted in the middle, dpkg would be left in need of repair.
  step_must_finish=yes
  export DEBIAN_FRONTEND=noninteractive
  read_package_lists
  step "$logs/apt-install" "Installing ${missing[*]}" apt-get install -qy --no-install-recommends "${missing[@]}"
  step_must_finish=no
}

read_package_lists() {
  step "$logs/apt-update" "Reading Debian's package lists" apt-get update -q
}
