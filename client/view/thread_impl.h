/*
 * thread_impl.h - what the files of a discussion share: thread.c shows
 * it, thread_read.c reads it, thread_act.c does what is done with it.
 */
#ifndef PLEIN_VIEW_THREAD_IMPL_H
#define PLEIN_VIEW_THREAD_IMPL_H

#include <jansson.h>
#include <stdbool.h>

#include "plein/buf.h"
#include "view/reading.h"
#include "view/view.h"

struct thread {
	struct view view;
	char *code;
	char *wanted; /* name or number of the remark to go to, or NULL */
	char *splitting; /* name of the one that becomes a discussion, or NULL */
	json_t *head; /* row of thread.list, or NULL */
	json_t *rows; /* of thread.read */
	json_t *coming; /* those that are read anew, until all came; or NULL */
	bool loaded; /* an answer came, good or bad */
	bool more; /* rows come */
	json_t *next; /* of the last answer, while nobody asked on; or NULL */
	bool resume; /* go on with the draft of a remark */
	bool arrived; /* where one begins to read */
	json_int_t place, coming_place; /* what rows and coming are as of */
	int64_t since; /* the cursor stands where it is, in clock_mono_ms() */
	bool laid_out;
	bool part; /* only the beginning is, the rest follows */
	int cols;
	struct buf starts; /* of size_t: the line each row begins on */
	struct reading reading;
};

#define THREAD_PART \
	24 /* rows that a first screen may need, and that are
			   laid out behind where one begins to read */

/* Read it, anew when it is there. */
void
thread_ask(struct thread *t);

/* What follows on the rows that came, if anything does and is not asked for. */
void
thread_ask_next(struct thread *t);

/* Is where one begins to read still to come? Then nothing is shown before. */
bool
thread_waits(const struct thread *t);

/* The row the cursor is in; NULL above the first one. */
const json_t *
thread_focus(const struct thread *t);

/* Row of the cursor from 1; 0: above the first. */
size_t
thread_row(const struct thread *t);

/* The cursor leaves its place: what it stood on for a second, and what is above
 * that, was read. */
void
thread_note_seen(struct thread *t);

/* Tell the wiki what was read: one leaves. */
void
thread_mark_seen(struct thread *t);

/* All that are coming came, and stand in place of the rows. */
void
thread_take_coming(struct thread *t);

/* Rows by the names of their remarks; json_decref() it. */
json_t *
thread_names(const json_t *rows);

/* What was read of the rows that were there before was read of those that are
 * coming, where they are the same. */
void
thread_keep_seen(struct thread *t, const json_t *before);

/* How many are new. */
size_t
thread_unread(const struct thread *t);

/* Put the focus on that row and say so. */
void
thread_go_to(struct thread *t, size_t row);

/* A command that does something with a remark or the whole; false: another. */
bool
thread_act(struct thread *t, enum command cmd, const char *text,
	   struct request *out);

/* Go on with the draft of a remark in it. */
struct request
thread_resume(const struct thread *t);

/* Is the cursor in something that they said? */
bool
thread_may_edit(const struct thread *t);

/* Is there something to do it to? */
bool
thread_can(const struct thread *t, enum command cmd);

#endif
