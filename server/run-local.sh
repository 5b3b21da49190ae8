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
data=$(cd "$data" && pwd)

# Register a public key the caller has; make one when none will do.
if ! "$pleind" user list "$data" | cut -f1 | grep -qx "$handle"; then
	added=
	home=${HOME:-/nonexistent}
	for key in "$home/.ssh/id_ed25519.pub" "$home/.ssh/id_ecdsa.pub" \
		"$home/.ssh/id_ed25519_sk.pub" "$home/.ssh/id_rsa.pub"; do
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

# What to type. The key's path is whole, so that it works in any folder.
identity='' git_ssh=''
if [ -e "$data/id_ed25519" ]; then
	key=$data/id_ed25519
	case $key in *[!A-Za-z0-9/._+@-]*) key="\"$key\"" ;; esac
	identity=" -i $key"
	git_ssh="GIT_SSH_COMMAND='ssh$identity' "
fi
fingerprint=$(ssh-keygen -lf "$data/hostkey_ed25519.pub" | cut -d' ' -f2)
cat <<END

The wiki in $data. Type in another terminal:

  ssh$identity -p $port localhost
  ${git_ssh}git clone ssh://localhost:$port/agenda

The first time, ssh shows the fingerprint of this wiki and asks for a yes:
$fingerprint

Ctrl-C stops it; make run continues with the same wiki.
Log records follow, one a line.

END

# pleind reads its settings anew at a hangup; here a window closed.
"$pleind" serve "$data" --listen "127.0.0.1:$port" &
wiki=$!
trap 'kill "$wiki" 2>/dev/null || :' HUP INT TERM
status=0
while :; do
	wait "$wiki" && status=0 || status=$?
	kill -0 "$wiki" 2>/dev/null || break
done
[ "$status" -eq 0 ] ||
	echo "make run PORT=2022 DATA=folder: another port, another wiki." >&2
exit "$status"
