/*
 * batch.h - edits that arrived together: one commit each, one move of main,
 * one transaction of the index. Nobody is answered before the move is on
 * stable storage.
 *
 * While a batch runs the index of the writer already holds its versions, in
 * a transaction that is not committed: a second edit of the same page sees
 * the first. If main cannot be moved nothing of it ever happened.
 */
#ifndef PLEIN_WIKI_BATCH_H
#define PLEIN_WIKI_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/page.h"
#include "plein/vec.h"
#include "store/repo.h"
#include "wiki/desk.h"
#include "wiki/method.h"

/* One request of a batch. */
struct task {
	const struct method *method;
	struct call *call;
	int result; /* set by batch_run() */
	bool joined; /* it used the batch: it shares its fate */
};

struct batch_end {
	bool fatal; /* storage is in doubt: acknowledge nothing from now on */
	struct err err; /* what went wrong with the batch; code 0 = nothing */
};

/* Where further tasks come from, that share the syncs of those before. */
struct batch_source {
	/* All of `tasks` (struct task *) have run: append what came meanwhile,
	 * if anything did. */
	void (*more)(void *ctx, struct vec *tasks);
	void *ctx;
};

/*
 * Run the tasks in order on the writer's desk, and those that `source` (may
 * be NULL) adds to them. Each task's result and its call's answer are final
 * when this returns.
 */
void
batch_run(struct desk *d, struct vec *tasks, const struct batch_source *source,
	  struct batch_end *end);

/* One task, alone. */
void
batch_run_one(struct desk *d, struct task *task, struct batch_end *end);

/* A file as an edit makes it. */
struct batch_file {
	const char *path;
	const char *text; /* NULL: it vanishes */
	size_t len;
};

/* An edit, already checked: files that change together, in one commit. */
struct batch_edit {
	const struct batch_file *files;
	size_t n_files;
	const char *address; /* of the page it is about */
	const struct caller *who;
	const char *note; /* NULL or "": the fallback is the subject */
	const char *fallback;
	const char *action; /* "save", "create", … */
	const char *request; /* or NULL */
	bool minor; /* its maker calls it small */
};

/*
 * For handlers: make sure that a batch is open and that the index shows the
 * page as it is now. From here on the task shares the batch's fate.
 */
int
batch_join(struct batch *b, struct err *err);

/*
 * After batch_join(): make sure that the index knows this page. That costs
 * nothing but while an index is being made (wiki/standin.h). `fresh`: to make
 * it is all one wants. PLEIN_EBUSY.
 */
int
batch_show(struct batch *b, const char *address, bool fresh, struct err *err);

/* The same for what it was as of a commit. */
int
batch_show_base(struct batch *b, const char *address, const char *commit,
		struct err *err);

/* The same for its attachments and remarks. */
int
batch_show_files(struct batch *b, const char *address, struct err *err);

/* The same for what is said in a thread, in all threads of a page, in the one a
 * remark is in, and by somebody since then (standin_show_own()). */
int
batch_show_thread(struct batch *b, const char *code, struct err *err);

int
batch_show_talks(struct batch *b, const char *address, struct err *err);

int
batch_show_remark(struct batch *b, const char *name, struct err *err);

int
batch_show_own(struct batch *b, const char *handle, int64_t since,
	       struct err *err);

/* As index_resolve(), of all pages; for addresses that are in use. */
int
batch_resolve(struct batch *b, const char *name, char **address, bool *moved,
	      struct err *err);

/*
 * One commit, known to the index at once: ask there for the number of the
 * version it made (index_version_at()). On failure nothing of the edit
 * stands. PLEIN_ESAME when it changes nothing, else as txn_edit().
 */
int
batch_write(struct batch *b, const struct batch_edit *e, struct repo_id *commit,
	    struct err *err);

#endif
