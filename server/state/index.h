/*
 * index.h - index.db of one space: derived from git, deletable. Every commit
 * of main and every path it changed, the versions of each page, what lists
 * and the tree need of the pages that exist now, and the commit all of it
 * belongs to. WAL, synchronous=NORMAL: after a crash it catches up from git.
 *
 * A version of a page is a commit on main in which the file at its path
 * changed, appeared or vanished; oldest = 1. When A vanishes and B appears
 * in one commit and B's `aliassen` name A, B continues A's numbers.
 */
#ifndef PLEIN_STATE_INDEX_H
#define PLEIN_STATE_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/err.h"
#include "plein/page.h"
#include "plein/vec.h"

struct index;

/* One commit on main. */
struct index_entry {
	int64_t seq; /* its place on main, 1 = the first */
	char *commit; /* 40 hexadecimal digits */
	int64_t when; /* committer date, seconds since 1970 */
	char *author; /* name */
	char *handle; /* part before @ of the author's address */
	char *note; /* subject of the message */
	char *action; /* "save", "create", …; NULL when not ours */
	char *request; /* idempotency key or NULL */
};

struct index_version {
	char *address; /* the page's, at that version */
	long n; /* ≥ 1 */
	int64_t seq;
	char *commit; /* 40 hexadecimal digits */
	char *blob; /* of its text, 40 digits; NULL when gone */
	bool gone; /* the page vanished here */
	int64_t when;
	char *author; /* name */
	char *handle; /* part before @ of the author's address */
	char *note; /* subject of the message */
	char *request; /* idempotency key or NULL */
};

void
index_version_free(void *v);

/* Open or create. A file that is no index of this form is replaced when
 * `writer`; a reader gets PLEIN_ECORRUPT. */
int
index_open(struct index **out, const char *path, bool writer, struct err *err);

/* Make an empty one, in place of whatever lies at `path`. */
int
index_create(struct index **out, const char *path, struct err *err);

/* A copy of the index at `from` as it is now, in place of what lies at `to`. */
int
index_copy(const char *from, const char *to, struct err *err);

/* One without a file, for index_partial.h; gone when it is closed. */
int
index_create_memory(struct index **out, struct err *err);

/* From here on it keeps no words to be searched for. */
void
index_forgo_words(struct index *x);

/* Nor links, but those of fields: they take most of the time. */
void
index_forgo_texts(struct index *x);

/*
 * Put the index at `from`, which nobody has open, where `to` is. Who has that
 * one open keeps on reading it.
 */
int
index_replace(const char *from, const char *to, struct err *err);

void
index_close(struct index *x);

/* Remove a file that index_create() made, and what SQLite laid beside it. */
void
index_remove(const char *path);

/* The commit the index belongs to into hex[41]; "" when empty. */
int
index_head(struct index *x, char *hex, struct err *err);

/*
 * The last commit that made lists of pages other than they were into hex[41]:
 * a page came or went, or has another title, kind, status, state or place in
 * the agenda. An index that does not know says its head.
 */
int
index_shape(struct index *x, char *hex, struct err *err);

/*
 * From here until index_abort() the index stays as it is now for this
 * handle, whoever writes to it; `hex` as of index_head().
 */
int
index_freeze(struct index *x, char *hex, struct err *err);

/*
 * Does it say what `truth`, made from the same commit, says? What differs is
 * appended to `problems` as English lines (char *, free()), a few for each
 * kind. 0 also when something did.
 */
int
index_compare(struct index *x, struct index *truth, struct vec *problems,
	      struct err *err);

/* Forget everything (then walk git from the start). */
int
index_clear(struct index *x, struct err *err);

/*
 * Within a transaction that begins with an empty index: do without what only
 * readers need; and then make it, before index_due() and the commit.
 */
int
index_drop_sides(struct index *x, struct err *err);

int
index_make_sides(struct index *x, struct err *err);

int
index_begin(struct index *x, struct err *err);

/*
 * Add the next commit of main; e->seq is set. What is added below belongs to
 * it.
 */
int
index_add_entry(struct index *x, struct index_entry *e, struct err *err);

/* One path a commit changed, whatever kind of path it is. */
struct index_change {
	const char *path;
	const char *blob; /* 40 digits, NULL = vanished */
	bool appeared; /* was not there before */
	const char *origin; /* path it was renamed from, or NULL */
};

int
index_add_change(struct index *x, const struct index_entry *e,
		 const struct index_change *c, struct err *err);

/*
 * A page as it became in a commit. Without `info` only its version is added:
 * what the page says is due later (index_due(), index_fill()), so that a walk
 * over a long history reads just the texts that are left in the end.
 */
struct index_content {
	const struct page_info *info;
	const char *blob; /* 40 digits */
	const char *text;
	size_t len;
	const char *from; /* address it was renamed from, or NULL */
};

/*
 * Add one version of the page at `address`; `now` NULL when it vanished. The
 * page it was renamed from vanishes in this commit, whether or not that is
 * added too. *n (may be NULL) becomes its number.
 */
int
index_add(struct index *x, const struct index_entry *e, const char *address,
	  const struct index_content *now, long *n, struct err *err);

/* A page whose newest version was added without its content. */
struct index_due {
	char *address;
	char *blob;
	long n;
	int64_t when;
	char *handle;
};

void
index_due_free(void *d);

/* Those with a version above place `seq` on main, that exist. */
int
index_due(struct index *x, int64_t seq, struct vec *out, struct err *err);

int
index_fill(struct index *x, const struct index_due *due,
	   const struct index_content *now, struct err *err);

/* The last place on main the index knows; 0 when it is empty. */
int
index_last(struct index *x, int64_t *seq, struct err *err);

/* The index now belongs to this commit; commits the transaction. */
int
index_commit(struct index *x, const char *head, struct err *err);

/*
 * The same, ahead of the words of pages: those wait in the index, as safe as
 * the rest, until index_settle(). search.h does not know them before.
 */
int
index_commit_ahead(struct index *x, const char *head, struct err *err);

void
index_abort(struct index *x);

/* How many pages have words that wait. */
int
index_unsettled(struct index *x, long *n, struct err *err);

/* Write those where search.h looks: a transaction of its own. */
int
index_settle(struct index *x, struct err *err);

/* Newest version of a page; PLEIN_ENOTFOUND when there never was one. */
int
index_latest(struct index *x, const char *address, struct index_version **out,
	     struct err *err);

/* Version n, or by commit id; PLEIN_ENOTFOUND. */
int
index_version(struct index *x, const char *address, long n,
	      struct index_version **out, struct err *err);

int
index_version_at(struct index *x, const char *address, const char *commit,
		 struct index_version **out, struct err *err);

/* The version as of a commit of main, which need not have touched the page;
 * PLEIN_ENOTFOUND. */
int
index_version_as_of(struct index *x, const char *address, const char *commit,
		    struct index_version **out, struct err *err);

/* The version that this person made under this request; PLEIN_ENOTFOUND. */
int
index_version_by(struct index *x, const char *address, const char *handle,
		 const char *request, struct index_version **out,
		 struct err *err);

/* How many versions somebody made, and when the last. */
struct index_contributions {
	int64_t n, last;
};

int
index_contributions(struct index *x, const char *handle,
		    struct index_contributions *out, struct err *err);

/*
 * Newest first, below version `before` (0 = from the newest), at most `limit`
 * (0 = all): struct index_version * appended.
 */
int
index_log(struct index *x, const char *address, long before, long limit,
	  struct vec *out, struct err *err);

/* The same by place on main: those up to and including `seq`. */
int
index_log_until(struct index *x, const char *address, int64_t seq, long limit,
		struct vec *out, struct err *err);

/* From this place on main a page had this address. */
struct index_address {
	int64_t seq;
	char *address;
};

void
index_address_free(void *a);

/* The addresses of a page between two places on main, the newest first; the
 * oldest may reach back before `from`: struct index_address * appended. */
int
index_addresses(struct index *x, const char *address, int64_t from,
		int64_t until, struct vec *out, struct err *err);

/* A page as lists see it. */
struct index_page {
	struct page_info info; /* body is 0 */
	long n; /* its version now */
	int64_t when;
	char *handle; /* who made that version */
};

void
index_page_free(void *p);

/* All pages that exist, struct index_page * appended, in address order. */
int
index_pages(struct index *x, struct vec *out, struct err *err);

/* One page that exists; PLEIN_ENOTFOUND. */
int
index_page(struct index *x, const char *address, struct index_page **out,
	   struct err *err);

/*
 * The address behind a name: an address, an alias (*moved becomes true), or
 * a title, ignoring case and accents. PLEIN_ENOTFOUND; PLEIN_EUSAGE when
 * several pages have that title.
 */
int
index_resolve(struct index *x, const char *name, char **address, bool *moved,
	      struct err *err);

#endif
