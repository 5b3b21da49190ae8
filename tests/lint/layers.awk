# Checks each #include against tests/lint/layers.txt.
# usage: awk -f layers.awk layers.txt FILE...
FNR == 1 { file = FILENAME; folder = file; sub(/\/[^\/]*$/, "", folder) }

# The rules.
FILENAME == ARGV[1] && /^only / {
	split($0, half, ":")
	n = split(substr(half[1], 6), names, " ")
	for (i = 1; i <= n; i++)
		home[names[i]] = half[2] " "
	next
}
FILENAME == ARGV[1] && /^[a-z]/ {
	split($0, half, ":")
	may[half[1]] = " " half[1] " " half[2] " "
	next
}
FILENAME == ARGV[1] { next }

# Ours: "plein/x.h" belongs to the core folder with x.c, others by folder.
/^#include "/ && file ~ /^(core|server|client|include)\// {
	split($0, q, "\"")
	target = place_of(q[2])
	if (folder == "include/plein")
		ok = target ~ /^core\// || target == "include/plein"
	else
		ok = target == "include/plein" || \
		     index(may[folder], " " target " ") > 0
	if (!ok)
		offence(q[2] " (" target ") may not be included here")
}

# Foreign ones: one home each.
/^#include </ {
	split($0, q, /[<>]/)
	for (name in home) {
		if (index(q[2], name) != 1 || file ~ /^tests\//)
			continue
		if (index(home[name], " " folder " ") == 0 && \
		    index(home[name], " " file " ") == 0)
			offence("<" q[2] "> has its home in" home[name])
	}
}

function place_of(path,    name, cmd, found) {
	if (path ~ /^plein\//) {
		name = path
		sub(/^plein\//, "", name)
		sub(/\.h$/, ".c", name)
		if (readable("core/base/" name))
			return "core/base"
		if (readable("core/model/" name))
			return "core/model"
		if (readable("core/rpc/" name))
			return "core/rpc"
		return "include/plein"
	}
	if (readable("server/" path) && file ~ /^server\//)
		path = "server/" path
	else if (readable("client/" path) && file ~ /^client\//)
		path = "client/" path
	else
		path = folder "/" path
	sub(/\/[^\/]*$/, "", path)
	return path
}

function readable(path,    line, r) {
	r = (getline line < path) >= 0
	close(path)
	return r
}

function offence(what) {
	print file ":" FNR ": " what
	n_offences++
}

END { exit n_offences > 0 }
