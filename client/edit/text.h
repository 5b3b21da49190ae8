/*
 * text.h - the text being edited. A gap buffer of UTF-8; every change is an
 * operation (insert or delete at a position), which is what undo reverses
 * and what typing together will send. Knows no screen.
 */
#ifndef PLEIN_EDIT_TEXT_H
#define PLEIN_EDIT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"

struct text;

struct text *
text_new(const char *s, size_t len);

void
text_free(struct text *t);

size_t
text_len(const struct text *t);

/* Bytes that it takes, with all that can be taken back. */
size_t
text_weight(const struct text *t);

/* Bytes [pos, pos + len) appended to `out`. */
void
text_copy(const struct text *t, size_t pos, size_t len, struct buf *out);

/* The byte at pos (< len). */
char
text_at(const struct text *t, size_t pos);

/* Contiguous bytes from pos on, and how many; 0 only at the end. */
const char *
text_span(const struct text *t, size_t pos, size_t *len);

/* Operations. They are recorded for undo. */
void
text_insert(struct text *t, size_t pos, const char *s, size_t len);

void
text_delete(struct text *t, size_t pos, size_t len);

/*
 * Who is told of each operation, those of undo and redo too: `old_len` bytes
 * at `pos` have given way to `new_len` others. One watcher at a time.
 */
struct text_watcher {
	void (*changed)(void *ctx, size_t pos, size_t old_len, size_t new_len);
	void *ctx;
};

void
text_watch(struct text *t, struct text_watcher watcher);

/*
 * A step of undo ends here: what follows is another one. Consecutive typing
 * without a break is one step.
 */
void
text_break(struct text *t);

/* Take back / do again one step; *pos becomes where the cursor belongs.
 * False when there is none. */
bool
text_undo(struct text *t, size_t *pos);

bool
text_redo(struct text *t, size_t *pos);

/* Does it differ from the text at the last text_mark_saved()? */
bool
text_is_changed(const struct text *t);

void
text_mark_saved(struct text *t);

#endif
