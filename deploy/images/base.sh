#!/bin/sh
# A slim Debian with Python and nothing else, for where no image can be pulled: base.sh IMAGE
#
# What the upstream `python:3.11-slim-bookworm` gives, from this machine's own package source: minbase, Python,
# certificates, time zones; the security updates of the day; no documentation, no package lists.
set -eu
image=$1
release=bookworm
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
root=$folder/root

sources=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Identifier: Packages')
source_of() { printf '%s\n' "$sources" | awk -v name="$1" '$2 == name { print $1; exit }'; }
mirror=$(source_of "$release")
[ -n "$mirror" ] || { echo "base.sh: apt knows no source of Debian $release" >&2; exit 1; }

mkdir -p "$root/etc/dpkg/dpkg.cfg.d"
cat > "$root/etc/dpkg/dpkg.cfg.d/slim" <<'END'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/man/*
path-exclude /usr/share/info/*
path-exclude /usr/share/locale/*
path-exclude /usr/share/lintian/*
END
debootstrap --variant=minbase --include=python3,ca-certificates,tzdata,netbase "$release" "$root" "$mirror"
for name in "$release" "$release-updates" "$release-security"; do
    from=$(source_of "$name")
    [ -z "$from" ] || echo "deb $from $name main"
done > "$root/etc/apt/sources.list"
cp /etc/resolv.conf "$root/etc/resolv.conf"
chroot "$root" apt-get update -q
DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get upgrade -q -y --no-install-recommends
chroot "$root" apt-get clean
# debootstrap unpacks its first packages without dpkg's exclusions.
find "$root/usr/share/doc" -mindepth 2 ! -name copyright -type f -delete
rm -rf "$root/var/lib/apt/lists" "$root/var/cache" "$root/var/log" "$root"/usr/share/man "$root"/usr/share/info \
    "$root"/usr/share/locale "$root"/usr/share/lintian "$root/etc/resolv.conf" "$root/etc/hostname"
mkdir -p "$root/var/lib/apt/lists/partial" "$root/var/cache/apt/archives/partial" "$root/var/log/apt"
tar -C "$root" --numeric-owner -c . | podman import --change 'CMD ["python3"]' \
    --change "LABEL org.opencontainers.image.title=\"Debian $release with Python\"" - "$image"
