/*
 * gate.h - may these commits be put on main? Judged while git still keeps
 * them apart, by the rules that hold on the screen (docs/SECURITY.md, pushed
 * commits), and bounded in time, memory and reading.
 */
#ifndef PLEIN_WIKI_GATE_H
#define PLEIN_WIKI_GATE_H

#include <stddef.h>
#include <stdint.h>

#include "store/repo.h"
#include "wiki/caller.h"
#include "wiki/desk.h"
#include "wiki/verdict.h"

struct gate_limits {
	size_t objects;
	size_t folder; /* bytes of a folder or a commit, as git stores them */
	size_t commits;
	size_t paths; /* changed files and folders, all commits together */
	size_t page; /* bytes of one */
	size_t attachment;
	size_t reading; /* bytes of text, all together */
	int ms;
};

extern const struct gate_limits gate_limits_default;

struct gate {
	struct desk *desk;
	const struct caller *who; /* the account that pushes */
	const char *name; /* of git's folder with the new objects */
	const struct gate_limits *limits;
	int64_t now; /* seconds since 1970 */
};

/*
 * Judge the commits from `from` (main; "" = there is none) up to `to`. 0 also
 * when it is refused: the verdict says so. PLEIN_ERULE when `name` is no
 * folder of a push; errors of the stores.
 */
int
gate_judge(const struct gate *g, const struct repo_id *from,
	   const struct repo_id *to, struct verdict *v, struct err *err);

#endif
