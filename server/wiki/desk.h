/*
 * desk.h - what a handler works with: the handles of its thread in one space
 * (wiki/desks.h holds those of a thread together), and what all threads share
 * and none changes.
 */
#ifndef PLEIN_WIKI_DESK_H
#define PLEIN_WIKI_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/conf.h"
#include "plein/err.h"
#include "plein/vec.h"
#include "state/index.h"
#include "state/state.h"
#include "store/repo.h"

#define DATA_CONF "plein.conf"
#define DATA_SPACES "spaces"
/* of the default space; of others: wiki/space.h */
#define DATA_REPO "spaces/agenda.git"
#define DATA_INDEX "spaces/agenda.index.db"
#define DATA_INDEX_NEW "spaces/agenda.index.new"
#define DATA_PAST "spaces/agenda.past.db"
#define DATA_STATE "state.db"
#define DATA_HOSTKEY "hostkey_ed25519"
#define DATA_ADMIN "admin.sock"
#define DATA_LOCK "lock"

struct attempts; /* wiki/attempts.h */
struct batch;
struct bigtexts;
struct kept; /* wiki/kept.h */
struct desks; /* wiki/desks.h */
struct present;
struct pushes;
struct rebuild;
struct space; /* wiki/space.h */
struct speller;
struct standin;
struct uploads;
struct wordlag;
struct pulse; /* wiki/pulse.h */

/* How far what happens in a space was told to others: wiki/tidings.h. */
struct told {
	int64_t seq; /* place on main, or: */
	char shape[REPO_ID_LEN + 1]; /* index_shape() */
};

/* Before the first look, which tells nothing, unless there was no index to
 * look at before. */
#define TOLD_NEW (-1)
#define TOLD_BLIND (-2)

struct desk {
	struct space *space; /* whose content this is about */
	struct desks *office; /* others of this thread; NULL: none */
	struct desk *chief; /* whose state and conf are ours; NULL: we */
	int made; /* space->made, when it was opened */
	bool owns_space;
	struct repo *repo; /* NULL until needed: desk_need_repo() */
	struct index *index;
	struct present *present; /* instead of one: wiki/present.h */
	struct past *past; /* readers only: desk_need_past() */
	struct state *state;
	struct conf *conf;
	char *host_fingerprint; /* "" when there is no host key */
	struct batch *batch; /* writer only, while one runs */
	struct uploads *uploads; /* writer only: wiki/upload.h */
	struct standin *standin; /* the same, while there is no index */
	struct pulse *pulse; /* of the process that serves; else NULL */
	struct vec saved; /* the same: whose drafts go, see draft.h */
	struct told told; /* the same: up to where others heard of it */
	struct vec asked; /* the same: what they hear next, see tidings.h */
	struct vec rounds; /* the same: which were closed, see rounding.h */
	unsigned long index_file, past_file; /* inodes, to notice new ones */
	int edition; /* of plein.conf, see desk_refresh() */
	long long runs; /* of maintenance that the repository has seen */
	bool writer;
	bool made_anew; /* the index, since it was last asked for */
	long gap_max; /* DESK_GAP_MAX */
	long much; /* DESK_MUCH */
	int look_ms; /* STANDIN_MS (wiki/standin.h) */
	size_t part_max; /* bytes of one part of a list (wiki/part.h) */
	size_t news_part; /* NEWSLIST_PART (wiki/newslist.h) */
	struct rebuild *rebuild; /* shared; NULL: an index is made at once */
	struct pushes *pushes; /* shared; NULL: nobody can push */
	struct wordlag *lag; /* shared; NULL: words are written at once */
	struct speller *speller; /* shared; NULL: nobody can spell */
	struct bigtexts *bigtexts; /* shared; NULL: none is kept */
	struct kept *kept; /* the same: answers */
	struct attempts *attempts; /* shared; NULL: nobody counts them */
	const struct vec *streams; /* of the loop only: struct session * */
	const struct vec *gits; /* the same: struct gitwork * */
};

/*
 * Make the desk of one thread, in the current directory (the data folder).
 * The one `writer` clears stale locks, creates what may be missing and brings
 * the index up to date: with `rebuild` in the background if it is new, damaged
 * or more than DESK_GAP_MAX commits behind, and that takes longer than
 * DESK_PATIENCE_MS; else now. Fails only when plein.conf cannot be used;
 * content that is missing or damaged is *trouble (one line; else
 * trouble->code is 0) and the desk serves what is left. desk_close() it in
 * any case.
 */
#define DESK_PATIENCE_MS 1000
#define DESK_GAP_MAX 2000 /* commits an index catches up with at once */
#define DESK_MUCH 500 /* pages; of more what is unread is counted everywhere */

struct desk_setup {
	bool writer;
	struct rebuild *rebuild; /* borrowed, or NULL */
	struct pushes *pushes; /* the same */
	struct pulse *pulse; /* of the process that serves; or NULL */
	struct wordlag *lag; /* borrowed, or NULL */
	struct speller *speller; /* the same */
	struct bigtexts *bigtexts; /* the same */
	struct kept *kept; /* the same */
	struct attempts *attempts; /* the same */
	struct space *space; /* the same; NULL: the default one */
	struct desk *chief; /* borrow state and conf of it; or NULL */
	struct desks *office; /* it belongs to, or NULL */
	struct spacelist *list; /* the spaces there are; NULL: the default */
	const struct vec *streams, *gits; /* for the loop; else NULL */
};

/* Alone in a process, without a rebuild. */
extern const struct desk_setup desk_writer, desk_reader;

int
desk_open(struct desk *d, const struct desk_setup *setup, struct err *trouble,
	  struct err *err);

void
desk_close(struct desk *d);

/* Open the content anew: it is another one. What is damaged there shows when
 * it is needed. */
void
desk_renew(struct desk *d);

/* This thread's desk for a space (NULL: the default one); `d` itself when it
 * belongs to no others. */
struct desk *
desk_at(struct desk *d, struct space *s);

/* The i-th of this thread, or NULL; `d` alone when it belongs to no others. */
struct desk *
desk_nth(struct desk *d, size_t i);

/* The spaces there are; NULL when nobody knows but of the default one. */
struct spacelist *
desk_list(const struct desk *d);

/*
 * The handle is there on 0. Otherwise PLEIN_ECORRUPT or PLEIN_EIO; the next
 * call tries again, so a repaired wiki needs no restart.
 */
int
desk_need_repo(struct desk *d, struct err *err);

/* PLEIN_EBUSY too, while the index is being made. */
int
desk_need_index(struct desk *d, struct err *err);

/* Is it? Then what can be had from git alone should come from there. */
bool
desk_lacks_index(const struct desk *d);

/*
 * For the writer: have `index` be one in memory that belongs to `main`
 * (wiki/standin.h), until desk_stand_down(); what it knows is kept for the
 * next time if `keep`.
 */
int
desk_stand_in(struct desk *d, const struct repo_id *main, struct err *err);

void
desk_stand_down(struct desk *d, bool keep);

/* Is it one now? */
bool
desk_is_standing_in(const struct desk *d);

/*
 * For versions by their number, which never change: an index that is behind
 * will do. Else as desk_need_index().
 */
int
desk_need_numbers(struct desk *d, struct err *err);

/* The same, with the words of all that was saved; in vain only for the latest
 * and when the writer has no time. */
int
desk_need_words(struct desk *d, struct err *err);

/* PLEIN_EBUSY when no old texts were taken in yet. */
int
desk_need_past(struct desk *d, struct err *err);

/* The place on main, as the index tells it, up to which they were; 0: none.
 * Then `past` may not be there. */
int64_t
desk_past_reach(struct desk *d);

int
desk_need_state(struct desk *d, struct err *err);

/*
 * Before work begins. Read plein.conf again when `edition` is not the one
 * this desk has read; what cannot be read leaves the old values. Open the
 * repository anew when it was maintained since: an open one goes on holding the
 * packs that were replaced, their descriptors and their room on the disk.
 */
void
desk_refresh(struct desk *d, int edition);

/*
 * For the writer: bring the index to the tip of main; put in place one that
 * was finished in the background. One that must be made from the start, or
 * is more than DESK_GAP_MAX commits behind, is begun there (PLEIN_EBUSY), or
 * without a `rebuild` made now.
 */
int
desk_catch_up(struct desk *d, struct err *err);

/*
 * For the writer: make the index anew although there is one. With a
 * `rebuild` that is only begun (PLEIN_EBUSY when it is already) and the old
 * one serves meanwhile; else it is done when this returns. Without a `rebuild`
 * a desk is there for one question: when the index was missing and was made for
 * that, it is not made twice.
 */
int
desk_reindex(struct desk *d, struct err *err);

/*
 * For the writer: how many pages have words that wait, and write them. None
 * while there is no index; one that is damaged is made anew (PLEIN_EBUSY).
 */
long
desk_unsettled(struct desk *d);

int
desk_settle(struct desk *d, struct err *err);

/*
 * For the writer, after a push that never settled: what it moved is synced,
 * and a lock that its git left is taken away. *mended is false while another
 * git may be holding one. A failure means that storage is in doubt.
 */
int
desk_mend(struct desk *d, bool *mended, struct err *err);

/*
 * Check rights and parameters and run one method here and now; one of the
 * writer's is a batch or a group of its own. The result is in `c` (wiki/call.h).
 */
struct call;
struct caller;
int
desk_call(struct desk *d, const char *method, struct call *c);

#endif
