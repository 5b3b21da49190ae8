/*
 * import_write.c - for each commit: decide what becomes of each file, stage
 * it, commit. What was taken over in an earlier import is only walked through
 * again, so that every file has its place and is known as it was left.
 */
#include "import_write.h"

#include <stdlib.h>
#include <string.h>

#include "import_former.h"
#include "import_load.h"
#include "plein/clock.h"
#include "plein/claim.h"
#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/message.h"
#include "plein/page.h"
#include "plein/path.h"
#include "plein/utf8.h"
#include "store/snap.h"
#include "store/source.h"
#include "store/txn.h"
#include "wiki/filerule.h"

#define NAMELESS "onbekend"

enum left_out {
	LEFT_NO_PLACE,
	LEFT_LINK,
	LEFT_KIND,
	LEFT_SIZE,
	LEFT_BYTES,
	LEFT_TEXT,
	LEFT_TAKEN,
	LEFT_CHANGED
};

static const struct {
	const char *why;
	bool loses; /* a page, or a change of one */
} reasons[] = {
	[LEFT_NO_PLACE] = { "has no place in a wiki", false },
	[LEFT_LINK] = { "is no plain file", false },
	[LEFT_KIND] = { "is of a kind that plein.conf does not allow", false },
	[LEFT_SIZE] = { "is too big", true },
	[LEFT_BYTES] = { "is not what its name says", true },
	[LEFT_TEXT] = { "holds what a page may not hold", true },
	[LEFT_TAKEN] = { "would replace what is in the wiki", true },
	[LEFT_CHANGED] = { "was changed in the wiki since", true },
};

static void
add_filtered(struct buf *out, const char *s)
{
	filter_line(out, s, strlen(s));
}

/* What was told before is not told again. */
static bool
is_again(const struct import_write *w)
{
	return w->after.hex[0] != '\0';
}

static void
leave_out(struct import_write *w, struct import_place *p, enum left_out why,
	  const char *detail)
{
	unsigned bit = 1U << why;

	if (is_again(w))
		return;
	if (reasons[why].loses)
		w->lost = true;
	if (p->told & bit)
		return;
	p->told |= bit;
	w->n_left_out++;
	buf_str(&w->report, "left out: ");
	add_filtered(&w->report, p->source);
	buf_printf(&w->report, " %s", reasons[why].why);
	if (detail && *detail) {
		buf_str(&w->report, " (");
		add_filtered(&w->report, detail);
		buf_char(&w->report, ')');
	}
	buf_char(&w->report, '\n');
}

/* Once it is there; not for what was told in an import before. */
static void
tell_place(struct import_write *w, struct import_place *p)
{
	if (!p->is_new)
		return;
	p->is_new = false;
	if (is_again(w) || strcmp(p->target, p->source) == 0)
		return;
	w->n_renamed++;
	add_filtered(&w->report, p->source);
	buf_printf(&w->report, " -> %s\n", p->target);
}

static enum left_out
reason_of(enum fault_rule rule)
{
	if (rule == FAULT_KIND)
		return LEFT_KIND;
	return rule == FAULT_SIZE ? LEFT_SIZE : LEFT_LINK;
}

static bool
has_fit_bytes(struct import_write *w, struct import_place *p,
	      const struct import_file *f)
{
	struct fault fault;
	bool fit;

	if (path_kind_of(p->target) == PATH_ATTACHMENT) {
		fit = filerule_bytes(p->target, f->text.ptr, f->text.len,
				     &fault);
		if (!fit)
			leave_out(w, p, LEFT_BYTES, NULL);
		return fit;
	}
	if (!filerule_has_text(p->target))
		return true;
	fit = filerule_text(p->target, f->text.ptr, f->text.len, &fault);
	if (!fit) {
		leave_out(w, p, LEFT_TEXT, fault.detail);
		free(fault.detail);
	}
	return fit;
}

/* May this version be there at all? Otherwise people are told. */
static bool
is_fit(struct import_write *w, struct import_place *p,
       const struct import_file *f)
{
	const struct filerule rule = { ROLE_HOST, PAGE_MAX,
				       conf_attachment_max(w->conf),
				       w->conf->attachment_kinds, NULL };
	struct incoming_file as_file = { .path = p->target,
					 .kind = f->kind,
					 .size = f->size };
	struct fault fault;

	if (f->kind == INCOMING_PROGRAM) /* its mark does not come along */
		as_file.kind = INCOMING_FILE;
	if (filerule_entry(&rule, &as_file, &fault))
		return has_fit_bytes(w, p, f);
	leave_out(w, p, reason_of(fault.rule), NULL);
	return false;
}

static bool
is_same(const struct repo_id *a, const struct repo_id *b)
{
	return strcmp(a->hex, b->hex) == 0;
}

static bool
is_gone(const struct import_file *f)
{
	return f->kind == INCOMING_GONE;
}

/* The source has `f` there now, and here that is `made`. */
static void
settle(struct import_place *p, const struct import_file *f,
       const struct repo_id *made)
{
	p->last = f->blob;
	p->made = *made;
	if (is_gone(f))
		vec_release(&p->former, free);
}

/* The text here: that of the source, and where the page was before. *made is
 * its id. */
static int
word_file(const struct import_place *p, const struct import_file *f,
	  struct buf *text, struct repo_id *made, struct err *err)
{
	*made = f->blob;
	if (is_gone(f))
		return 0;
	buf_add(text, f->text.ptr, f->text.len);
	if (!import_former_add(text, p->target, &p->former))
		return 0;
	return snap_name(text->ptr, text->len, made, err);
}

/* Somebody took the former addresses out, or they never came in. */
static void
look_for_former(struct import_place *p, const struct repo_id *now)
{
	if (is_same(now, &p->made) || !is_same(now, &p->last))
		return;
	p->made = p->last;
	vec_release(&p->former, free);
}

static int
put_file(struct import_write *w, struct txn *t, struct import_place *p,
	 const struct import_file *f, struct err *err)
{
	struct buf text = BUF_INIT;
	struct repo_id made;
	int rc = word_file(p, f, &text, &made, err);

	if (!rc && t)
		rc = txn_stage(t, p->target, is_gone(f) ? NULL : text.ptr,
			       text.len, err);
	buf_release(&text);
	if (rc)
		return rc;
	settle(p, f, &made);
	w->n_files += t != NULL;
	tell_place(w, p);
	return 0;
}

/* Only where there is what the import left there itself. */
static int
stage_file(struct import_write *w, struct txn *t, struct import_place *p,
	   const struct import_file *f, struct err *err)
{
	struct repo_id now = { "" };
	int rc = txn_find(t, p->target, &now, err);

	if (rc && rc != PLEIN_ENOTFOUND)
		return rc;
	look_for_former(p, &now);
	if (is_same(&now, &f->blob)) {
		settle(p, f, &now); /* it is like this already */
		return 0;
	}
	if (is_same(&now, &p->made))
		return put_file(w, t, p, f, err);
	leave_out(w, p, p->last.hex[0] ? LEFT_CHANGED : LEFT_TAKEN, NULL);
	return 0;
}

/* `t` NULL: it was taken over before. */
static int
take_at(struct import_write *w, struct txn *t, struct import_place *p,
	const struct import_file *f, struct err *err)
{
	if (!p->target) {
		leave_out(w, p, LEFT_NO_PLACE, NULL);
		return 0;
	}
	if (is_gone(f) && !p->last.hex[0])
		return 0; /* it never came along */
	if (!is_gone(f) && !is_fit(w, p, f))
		return 0;
	return t ? stage_file(w, t, p, f, err) : put_file(w, t, p, f, err);
}

/* --- what moves --------------------------------------------------------- */

struct move {
	struct import_place *from, *to; /* `from` NULL: the same place here */
	const struct import_file *file;
};

static bool
is_page(const struct import_place *p)
{
	return p->target && path_kind_of(p->target) == PATH_PAGE;
}

/* Can the page say where it was? */
static bool
can_move(struct import_write *w, const struct move *m)
{
	struct buf text = BUF_INIT;
	struct vec former = VEC_INIT;
	bool can;

	if (!m->from || !is_page(m->from) || !is_page(m->to) ||
	    !m->from->last.hex[0] || !is_fit(w, m->to, m->file))
		return false;
	buf_add(&text, m->file->text.ptr, m->file->text.len);
	vec_push(&former, m->from->target);
	can = import_former_add(&text, m->to->target, &former);
	vec_release(&former, NULL);
	buf_release(&text);
	return can;
}

/* Is the page as the import left it, and nothing where it goes? */
static int
find_way(struct txn *t, const struct move *m, bool *clear, struct err *err)
{
	struct repo_id now = { "" }, there = { "" };
	int rc = txn_find(t, m->from->target, &now, err);

	if (!rc || rc == PLEIN_ENOTFOUND)
		rc = txn_find(t, m->to->target, &there, err);
	if (rc && rc != PLEIN_ENOTFOUND)
		return rc;
	*clear = is_same(&now, &m->from->made) && !there.hex[0];
	return 0;
}

/* Its history goes on there, as after page.rename. */
static int
move_page(struct import_write *w, struct txn *t, struct move *m,
	  struct err *err)
{
	int rc = t ? txn_stage(t, m->from->target, NULL, 0, err) : 0;

	if (rc)
		return rc;
	import_places_leave(w->places, m->from, m->to);
	return put_file(w, t, m->to, m->file, err);
}

/* Not always: then one goes, and another comes. */
static int
take_moved(struct import_write *w, struct txn *t, const struct import_file *f,
	   struct err *err)
{
	const struct import_file gone = { .kind = INCOMING_GONE };
	struct move m = { .from = import_places_find(w->places, f->from),
			  .file = f };
	bool moves;
	int rc = 0;

	m.to = import_places_follow(w->places, &m.from, f->path);
	moves = can_move(w, &m);
	if (moves && t)
		rc = find_way(t, &m, &moves, err);
	if (!rc && moves)
		return move_page(w, t, &m, err);
	if (!rc && m.from)
		rc = take_at(w, t, m.from, &gone, err);
	return rc ? rc : take_at(w, t, m.to, f, err);
}

static int
take_file(struct import_write *w, struct txn *t, const struct import_file *f,
	  struct err *err)
{
	if (f->from[0])
		return take_moved(w, t, f, err);
	return take_at(w, t, import_places_find(w->places, f->path), f, err);
}

/* --- commits ------------------------------------------------------------ */

/* One line that can be signed with: no brackets, nothing to be marked. */
static char *
clean_name(const char *s, const char *otherwise)
{
	struct buf line = BUF_INIT, out = BUF_INIT;
	const char *p;

	filter_line(&line, s, strlen(s));
	for (p = line.ptr; *p && out.len < CLAIM_NAME_MAX - UTF8_MAX; p++)
		if (!strchr("<>", *p))
			buf_char(&out, *p);
	while (!utf8_is_valid(out.ptr, out.len))
		buf_erase(&out, out.len - 1, 1);
	if (out.ptr[strspn(out.ptr, " .,:;\"'\\")] == '\0') {
		buf_reset(&out);
		buf_str(&out, otherwise);
	}
	buf_release(&line);
	return buf_take(&out);
}

static void
format_text(struct buf *out, const struct import_commit *c)
{
	struct message trailers = { .action = (char *)"import" };
	struct buf note = BUF_INIT;
	size_t len = strnlen(c->message, CLAIM_MESSAGE_MAX / 2);

	while (len > 0 && utf8_missing(c->message, len) > 0 &&
	       c->message[len] != '\0')
		len--;
	filter_text(&note, c->message, len);
	message_format(out, note.ptr, "import", &trailers);
	buf_printf(out, SOURCE_TRAILER "%s%s\n", c->id.hex,
		   c->more ? " " SOURCE_PIECE : "");
	buf_release(&note);
}

static int64_t
clamp(const struct import_write *w, int64_t when)
{
	if (when < 1)
		return 1;
	return when > w->now ? w->now : when;
}

static int
sign(struct import_write *w, struct txn *t, const struct import_commit *c,
     struct err *err)
{
	char *name = clean_name(c->author, NAMELESS);
	char *mail = clean_name(c->mail, NAMELESS);
	struct buf message = BUF_INIT;
	struct edit e = { .author_name = name,
			  .author_mail = mail,
			  .service_mail = w->service_mail,
			  .when = clamp(w, c->when),
			  .author_when = clamp(w, c->author_when) };
	struct repo_id id;
	int rc;

	format_text(&message, c);
	e.message = message.ptr;
	rc = txn_edit(t, &e, &id, err);
	if (!rc)
		w->n_commits++;
	buf_release(&message);
	free(name);
	free(mail);
	return rc == PLEIN_ESAME ? 0 : rc;
}

static int
take_commit(struct import_write *w, struct txn *t,
	    const struct import_commit *c, struct err *err)
{
	size_t i;
	int rc = 0;

	for (i = 0; i < c->files.len && !rc; i++)
		rc = take_file(w, t, c->files.items[i], err);
	return rc || !t ? rc : sign(w, t, c, err);
}

/* Up to and including the last one, which may have come in pieces. */
static bool
was_taken(struct import_write *w, const struct import_commit *c)
{
	if (!w->after.hex[0])
		return false;
	if (strcmp(c->id.hex, w->after.hex) == 0) {
		w->seen_last = true;
		return true;
	}
	if (w->seen_last)
		w->after.hex[0] = '\0';
	return !w->seen_last;
}

static int
write_some(struct import_write *w, const struct vec *commits, size_t *next,
	   int64_t until, struct err *err)
{
	struct txn *t = NULL;
	int rc = txn_begin(&t, w->repo, err);

	if (!rc)
		rc = take_commit(w, t, commits->items[(*next)++], err);
	while (!rc && *next < commits->len && clock_mono_ms() < until)
		rc = take_commit(w, t, commits->items[(*next)++], err);
	if (!rc)
		return txn_commit(t, err);
	txn_abort(t);
	return rc;
}

int
import_write_round(struct import_write *w, const struct vec *commits,
		   size_t *next, int ms, struct err *err)
{
	int rc = 0;

	while (!rc && *next < commits->len &&
	       was_taken(w, commits->items[*next]))
		rc = take_commit(w, NULL, commits->items[(*next)++], err);
	if (rc || *next == commits->len)
		return rc;
	return write_some(w, commits, next, clock_mono_ms() + ms, err);
}
