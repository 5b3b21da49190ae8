/*
 * maker.h - the layout while it is made: what has been collected, how deep
 * it is nested and where it goes. Blocks are written from here; layout.c
 * translates what md4c says into these calls, label.c makes links.
 */
#ifndef PLEIN_LAYOUT_MAKER_H
#define PLEIN_LAYOUT_MAKER_H

#include <stdbool.h>
#include <stddef.h>

#include "layout/layout.h"
#include "layout/lines.h"
#include "layout/prose.h"
#include "layout/table.h"
#include "plein/buf.h"

#define CONTAINERS_MAX 32

/* What a label belongs to. */
enum label_kind { LABEL_LINK, LABEL_WIKI, LABEL_IMAGE };

struct container {
	int indent; /* column of its text */
	bool tight;
	char delimiter; /* behind the numbers, '.' or ')'; 0: no numbers */
	unsigned number; /* of the next item */
	bool quote; /* its first text gets a mark, and then its last */
	bool quoted; /* it did */
};

struct maker {
	struct lines lines;
	struct prose prose;
	struct table table;
	const struct layout_wiki *wiki;

	struct container stack[CONTAINERS_MAX];
	size_t depth; /* may exceed the stack */
	struct buf marker; /* "- [x] ", waits for the item's first line */
	int marker_col;
	bool gap; /* a blank line belongs before the next block */
	bool apart; /* nothing is written behind the block before */
	size_t quotes; /* on the stack that wait for their first text */

	int heading; /* level, or 0 */
	bool code_block, table_cell, head_cell;
	int strong, emphasis, code; /* nesting of spans */
	int links; /* nesting of links */
	int link; /* index of the outer one, or -1 */
	enum label_kind label_kind; /* of it */
	size_t label; /* byte of the prose where its label begins */

	const struct layout_text *text; /* whose marks are written, or NULL */
	const char *source; /* what md4c reads: the text, perhaps longer */
	size_t source_len;
	size_t seen; /* bytes of it */
	size_t next_mark, mark_at; /* where that one is in the source */

	size_t cost, budget;
};

void
maker_init(struct maker *m, int width, const struct layout_wiki *wiki);

void
maker_release(struct maker *m);

/*
 * Count work; -1 when there was too much. md4c only stops for a negative
 * result, whatever its header says.
 */
int
maker_spend(struct maker *m, size_t cost);

/* The prose that text is added to now: a table's or the block's. */
struct prose *
maker_prose(struct maker *m);

/* Add text in the present style. */
void
maker_text(struct maker *m, const char *s, size_t len);

void
maker_string(struct maker *m, const char *s);

/* What has been collected becomes lines. */
void
maker_flush(struct maker *m);

/* Around a block that writes its lines itself (code, table, rule). */
void
maker_begin_lines(struct maker *m);

void
maker_end_block(struct maker *m);

/* The innermost container, or the last one the stack holds. */
struct container *
maker_top(struct maker *m);

/* Collected text becomes a code block; lines too long go on below. */
void
maker_end_code(struct maker *m);

/* Already filtered text, as it is, from column `col` on. */
void
maker_write_code(struct maker *m, const char *s, size_t len, int col);

void
maker_rule(struct maker *m);

void
maker_begin_quote(struct maker *m);

/* `delimiter`: '.' or ')' behind numbers that begin at `start`, else 0. */
void
maker_begin_list(struct maker *m, char delimiter, unsigned start, bool tight);

/* `task`: "", "[ ] " or "[x] ". */
void
maker_begin_item(struct maker *m, const char *task);

void
maker_end_item(struct maker *m);

/* A list or quote ends. */
void
maker_end_container(struct maker *m);

#endif
