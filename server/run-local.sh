#!/bin/sh
# Serve a wiki on this machine, for looking and trying: made from
# repo-template/ the first time, continued afterwards.
# usage: run-local.sh PROGRAMS DATA PORT
set -eu

programs=$1 data=$2 port=$3
pleind=$programs/pleind

# The caller's handle: the login name where it can be one.
handle=$(id -un | tr 'A-Z_' 'a-z-' | tr -cd 'a-z0-9.-' | cut -c1-32)
case $handle in
'' | root | git | gast | guest | nieuw | new | beheer | [.-]* | *[.-])
	handle=beheerder ;;
esac
name=$(getent passwd "$(id -u)" | cut -d: -f5 | cut -d, -f1)
case $name in '' | root) name=$handle ;; esac

[ -e "$data/plein.conf" ] ||
	"$pleind" init "$data" --template repo-template

# Register every public key the caller has; make one when none will do.
identity=
if ! "$pleind" user list "$data" | cut -f1 | grep -qx "$handle"; then
	added=
	for key in "$HOME/.ssh/id_ed25519.pub" "$HOME/.ssh/id_ecdsa.pub" \
		"$HOME/.ssh/id_ed25519_sk.pub" "$HOME/.ssh/id_rsa.pub"; do
		if [ -z "$added" ] && [ -r "$key" ] && "$pleind" user add \
			"$data" "$handle" --name "$name" --role beheerder \
			--key "$key"; then
			added=$key
		fi
	done
	if [ -z "$added" ]; then
		[ -e "$data/id_ed25519" ] || ssh-keygen -q -t ed25519 -N '' \
			-C "$handle" -f "$data/id_ed25519"
		"$pleind" user add "$data" "$handle" --name "$name" \
			--role beheerder --key "$data/id_ed25519.pub"
	fi
fi
[ ! -e "$data/id_ed25519" ] || identity=" -i $data/id_ed25519"

git_ssh=
[ -z "$identity" ] || git_ssh="GIT_SSH_COMMAND='ssh$identity' "
cat <<END

The wiki in $data. Type in another terminal:

  ssh$identity -p $port localhost
  ${git_ssh}git clone ssh://localhost:$port/agenda

Ctrl-C stops it; make run continues with the same wiki.
Log records follow, one a line.

END
exec "$pleind" serve "$data" --listen "127.0.0.1:$port"
