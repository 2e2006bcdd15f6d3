# shellcheck shell=bash
# Asterisk's own root: Debian 12 has no Asterisk, Debian's unstable suite has a new enough one.

asterisk_packages=asterisk,asterisk-core-sounds-en,asterisk-core-sounds-en-gsm,asterisk-core-sounds-en-g722,asterisk-moh-opsound-g722
oldest_asterisk=22.10.1
asterisk_root=$repository/.local/asterisk-root

make_asterisk_root() {
  if [[ ! -d $asterisk_root ]]; then
    local mirror
    mirror=$(debian_mirror)
    if [[ -z $mirror ]]; then
      read_package_lists
      mirror=$(debian_mirror)
    fi
    [[ -n $mirror ]] || refuse "apt's sources name no Debian mirror, from which Asterisk could be installed."
    rm -rf "$asterisk_root.new"
    # In namespaces of its own, so that what debootstrap mounts goes when it is interrupted.
    step "$logs/debootstrap" "Making Asterisk's root with debootstrap (about a minute, 500 MB)" \
      unshare --mount --pid --fork --kill-child --propagation private \
      debootstrap --variant=minbase "--include=$asterisk_packages" sid "$asterisk_root.new" "$mirror"
    rm -rf "$asterisk_root.new"/var/cache/apt/archives/*.deb
    # Where scripts/asterisk mounts an instance's own files.
    mkdir -p "$asterisk_root.new/aridialer"
    : >"$asterisk_root.new/etc/hosts"
    check_version "$(root_version "$asterisk_root.new")"
    mv "$asterisk_root.new" "$asterisk_root"
  fi
  check_version "$(root_version "$asterisk_root")"
}

root_version() {
  chroot "$1" asterisk -V | cut -d' ' -f2
}

# The mirror that this machine's own apt uses; empty before the package lists were read once.
debian_mirror() {
  # shellcheck disable=SC2016 # $(…) is apt's own notation
  apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL) $(COMPONENT)' 'Created-By: Packages' |
    awk '$2 == "Debian" && $3 == "Debian" && $4 == "main" && !found { print $1; found = 1 }'
}
