/*
 * remarkgate.h - may this remark come in by git? By the rules of the screen:
 * its name says who, when, and a digest of what it says, so that nobody can
 * put words under a name of before; its thread is there, or begins with it;
 * and who resolves a thread began it or is an editor. For whose remarks may
 * be touched see remarkrule.h.
 */
#ifndef PLEIN_WIKI_REMARKGATE_H
#define PLEIN_WIKI_REMARKGATE_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/vec.h"
#include "state/index.h"
#include "wiki/verdict.h"

#define REMARKGATE_AHEAD 600 /* seconds a clock may be ahead */

/* One push. */
struct remarkgate {
	struct index *index; /* borrowed: what main holds */
	bool editor;
	struct vec threads; /* of this push: see remarkgate.c */
};

void
remarkgate_release(struct remarkgate *g);

/* A remark that moved along with its page, or with its thread. */
void
remarkgate_move(struct remarkgate *g, const char *path);

/*
 * One that appeared, or (`fresh` false) became another, in a commit of
 * `author` at `when`: what is wrong with it, or FAULT_N.
 */
enum fault_rule
remarkgate_judge(struct remarkgate *g, const char *path, const struct buf *text,
		 bool fresh, const char *author, int64_t when);

#endif
