#!/bin/sh
# Variables that can change and live outside a function, by object file,
# against the list of those that are allowed. usage: globals.sh OBJ LIST
set -u
obj=$1 list=$2
found=$(mktemp)
trap 'rm -f "$found"' EXIT
# Writable data and bss; what is constant after relocation does not count.
for o in $(cd "$obj" && find core server client -name '*.o' | sort); do
	objdump -t "$obj/$o" | awk -v file="${o%.o}.c" '
		$4 ~ /^(\.data|\.bss|\.tbss|\.tdata)(\..*)?$/ &&
		$4 !~ /\.rel\.ro/ && $3 == "O" {
			sub(/\.[0-9]+$/, "", $NF); print file ": " $NF }
		$3 ~ /^(\.data|\.bss)/ && $2 == "O" {
			sub(/\.[0-9]+$/, "", $NF); print file ": " $NF }'
done | sort -u >"$found"
sed 's/[[:space:]]*#.*//; /^$/d' "$list" | sort -u |
	diff - "$found" | awk '
	/^>/ { print substr($0, 3) ": a variable that is not in globals.txt"
		n++ }
	/^</ { print substr($0, 3) ": in globals.txt but not in the program"
		n++ }
	END { exit n > 0 }'
