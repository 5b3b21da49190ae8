/* reading.c - see reading.h. Jumps say where they led; steps do not. */
#include "view/reading.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"

void
reading_init(struct reading *r)
{
	memset(r, 0, sizeof(*r));
	r->reader.link = -1;
}

void
reading_release(struct reading *r)
{
	reader_release(&r->reader);
	look_release(&r->look);
}

void
reading_where(const struct reading *r, struct buf *out)
{
	struct buf heading = BUF_INIT;

	buf_printf(out, _("line %zu of %zu"), r->reader.scroll.at,
		   r->reader.layout.n_lines);
	if (reader_heading_above(&r->reader, &heading))
		buf_printf(out, _(", under %s"), heading.ptr);
	buf_release(&heading);
}

/* --- steps --- */

/* False when it is no movement. */
static bool
move(struct reader *r, enum command cmd)
{
	if (!scroll_move(&r->scroll, cmd))
		return false;
	reader_moved(r);
	return true;
}

/* --- links --- */

/* What Enter does there. */
static const char *
describe_link(const struct layout_link *link, const struct context *c)
{
	if (link->outside)
		return _(". Outside the wiki. Enter shows the address.");
	if (link->missing && context_allows(c, CMD_NEW))
		return _(", missing page. Enter makes it.");
	if (link->missing)
		return _(", missing page.");
	if (link->image)
		return _(". A picture. Enter says how to get it.");
	return _(". Enter opens it.");
}

static void
say_link(const struct reader *r, struct context *c)
{
	const struct layout_link *link = &r->layout.links[r->link];
	const char *what = describe_link(link, c);
	size_t n, all;

	if (reader_number_link(r, &n, &all))
		context_announce(c, _("Link %zu of %zu: %s%s"), n, all,
				 link->label, what);
	else
		context_announce(c, _("Link: %s%s"), link->label, what);
}

static void
jump_to_link(struct reader *r, struct context *c, int by)
{
	if (reader_next_link(r, by))
		say_link(r, c);
	else
		context_say(c, "%s", _("There are no links here."));
}

void
reading_focus_link(struct reading *r, struct context *c, int link)
{
	reader_focus_link(&r->reader, link);
	say_link(&r->reader, c);
}

/* --- headings --- */

/* Deeper ones are indented. */
static void
add_heading(struct question *q, const struct reader *r, size_t at, int highest)
{
	int indent = 2 * (reader_heading_level(r, at) - highest);
	struct buf text = BUF_INIT, line = BUF_INIT;

	buf_printf(&text, "%*s", indent, "");
	reader_heading_text(r, at, &text);
	buf_printf(&line, "%zu", at);
	question_add(q, text.ptr, CMD_CONTENTS, line.ptr);
	buf_release(&text);
	buf_release(&line);
}

/* The focus is on the one that is read. */
static struct request
list_headings(const struct reader *r)
{
	struct request request = request_of(REQUEST_ASK);
	int highest = reader_highest_level(r);
	size_t at = 0;

	request.question = question_new(_("Contents"), NULL);
	while ((at = reader_next_heading(r, at + 1))) {
		add_heading(request.question, r, at, highest);
		if (at <= r->scroll.at)
			request.question->focus =
				request.question->n_answers - 1;
	}
	return request;
}

void
reading_jump(struct reading *r, struct context *c, size_t line)
{
	struct buf where = BUF_INIT;

	scroll_jump(&r->reader.scroll, line);
	reader_moved(&r->reader);
	reading_where(r, &where);
	context_announce(c, _("Jumped to %s."), where.ptr);
	buf_release(&where);
}

static struct request
go_to_heading(struct reading *reading, struct context *c, const char *line)
{
	const struct reader *r = &reading->reader;

	if (line) {
		reading_jump(reading, c, strtoul(line, NULL, 10));
	} else if (reader_next_heading(r, 0)) {
		return list_headings(r);
	} else {
		context_say(c, "%s", _("This page has no headings."));
	}
	return request_of(REQUEST_NONE);
}

/* --- words --- */

static void
say_hit(const struct reading *r, struct context *c, size_t n, size_t all)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, _("Found %zu of %zu: "), n, all);
	reading_where(r, &line);
	context_announce(c, "%s.", line.ptr);
	buf_release(&line);
}

/* Under the cursor will do for other words than before. */
static void
look_for(struct reading *r, struct context *c, int by)
{
	size_t n, all;

	if (reader_find(&r->reader, r->look.words, by, by > 0 && r->look.fresh,
			&n, &all))
		say_hit(r, c, n, all);
	else
		context_say(c, _("Nothing found for %s."), r->look.words);
}

bool
reading_seek(struct reading *r, struct context *c, const char *words,
	     const char *before)
{
	struct buf both = BUF_INIT;
	size_t n, all;

	look_set(&r->look, words);
	buf_printf(&both, "%s%s", before, words);
	if (*before) /* from there on, the words are the next */
		(void)reader_find(&r->reader, both.ptr, 1, true, &n, &all);
	buf_release(&both);
	if (!reader_find(&r->reader, words, 1, true, &n, &all))
		return false;
	say_hit(r, c, n, all);
	return true;
}

/* --- all of them --- */

bool
reading_run(struct reading *r, struct context *c, enum command cmd,
	    const char *text, struct request *out)
{
	int by;

	*out = request_of(REQUEST_NONE);
	if (move(&r->reader, cmd))
		return true;
	if (look_run(&r->look, cmd, text, &by, out)) {
		if (by)
			look_for(r, c, by);
		return true;
	}
	if (cmd == CMD_LEFT || cmd == CMD_RIGHT)
		reader_walk(&r->reader, cmd == CMD_LEFT ? -1 : 1);
	else if (cmd == CMD_NEXT || cmd == CMD_PREVIOUS)
		jump_to_link(&r->reader, c, cmd == CMD_NEXT ? 1 : -1);
	else if (cmd == CMD_CONTENTS)
		*out = go_to_heading(r, c, text);
	else
		return false;
	return true;
}

/* --- in words --- */

/* Is this the last span of its link? */
static bool
ends_link(const struct layout_line *line, size_t i)
{
	return i + 1 == line->n_spans ||
	       line->spans[i + 1].link != line->spans[i].link;
}

static void
tell_line(const struct layout *l, const struct layout_line *line,
	  struct telling *t)
{
	int col = line->n_spans ? line->spans[0].col : 0;
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < line->n_spans; i++) {
		const struct layout_span *span = &line->spans[i];

		for (; col < span->col; col++)
			buf_char(&text, ' ');
		buf_add(&text, l->text + span->text, span->len);
		col = span->col + span->width;
		if (span->link >= 0 && ends_link(line, i))
			buf_printf(&text, _(" (link %d)"), span->link + 1);
	}
	telling_add(t, line->heading ? TELLING_HEADING : TELLING_TEXT, text.ptr,
		    0);
	buf_release(&text);
}

static void
tell_link(const struct layout_link *link, size_t i, struct telling *t)
{
	struct buf text = BUF_INIT;

	buf_str(&text, link->label);
	if (link->outside)
		buf_printf(&text, ", %s", link->target);
	else if (link->missing)
		buf_printf(&text, ", %s", _("missing page"));
	telling_add(t, TELLING_CHOICE, text.ptr, i);
	buf_release(&text);
}

void
reading_tell(const struct layout *l, struct telling *t)
{
	for (size_t i = 0; i < l->n_lines; i++)
		if (!l->lines[i].blank)
			tell_line(l, &l->lines[i], t);
	for (size_t i = 0; i < l->n_links; i++)
		tell_link(&l->links[i], i, t);
}

bool
reading_pick(struct reading *r, size_t value)
{
	if (value >= r->reader.layout.n_links)
		return false;
	reader_focus_link(&r->reader, (int)value);
	return true;
}
