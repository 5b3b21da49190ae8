/* joining.c - see joining.h. */
#include "wiki/joining.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/merge.h"
#include "plein/page.h"
#include "wiki/batch.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/edit.h"
#include "state/index_partial.h"
#include "wiki/pagetext.h"

#define WITH_MAX 50 /* versions that an answer names */
#define REGIONS_MAX 1000 /* places that a conflict names */

/* --- where the page is --- */

/*
 * Did `holder` go on with the history of the page that vanished? It has then
 * the same version just before. An alias alone, written by hand, tells
 * nothing.
 */
static int
check_heir(struct desk *d, const struct index_version *vanished,
	   const char *holder, bool *is_heir, struct err *err)
{
	struct index_version *here = NULL, *there = NULL;
	int rc;

	*is_heir = false;
	rc = batch_show(d->batch, holder, false, err);
	if (!rc)
		rc = index_version(d->index, vanished->address, vanished->n - 1,
				   &here, err);
	if (!rc)
		rc = index_version(d->index, holder, vanished->n - 1, &there,
				   err);
	if (!rc)
		*is_heir = strcmp(here->commit, there->commit) == 0;
	index_version_free(here);
	index_version_free(there);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

static int
move_to(struct joining *j, struct desk *d, struct call *c, const char *holder)
{
	int rc;

	index_version_free(j->newest);
	j->newest = NULL;
	rc = batch_show(d->batch, holder, false, &c->err);
	if (!rc)
		rc = index_latest(d->index, holder, &j->newest, &c->err);
	if (rc)
		return rc;
	target_release(&j->at);
	rc = target_read(&j->at, holder, &c->err);
	return rc ? rc : edit_check_right(c, &j->at, &c->err);
}

static int
follow_move(struct joining *j, struct desk *d, struct call *c)
{
	bool moved = false, is_heir = false;
	char *holder = NULL;
	int rc = batch_resolve(d->batch, j->at.address.ptr, &holder, &moved,
			       &c->err);

	if (rc == PLEIN_ENOTFOUND || rc == PLEIN_EUSAGE)
		return 0;
	if (!rc && moved)
		rc = check_heir(d, j->newest, holder, &is_heir, &c->err);
	if (!rc && is_heir)
		rc = move_to(j, d, c, holder);
	free(holder);
	return rc;
}

int
joining_open(struct joining *j, struct desk *d, struct call *c,
	     const struct target *asked)
{
	int rc = batch_join(d->batch, &c->err);

	j->asked = mem_strdup(asked->address.ptr);
	if (!rc)
		rc = target_read(&j->at, asked->address.ptr, &c->err);
	if (!rc)
		rc = batch_show(d->batch, j->at.address.ptr, false, &c->err);
	if (!rc)
		rc = index_latest(d->index, j->at.address.ptr, &j->newest,
				  &c->err);
	if (!rc && j->newest->gone)
		rc = follow_move(j, d, c);
	return rc;
}

void
joining_release(struct joining *j)
{
	target_release(&j->at);
	index_version_free(j->newest);
	index_version_free(j->base);
	free(j->asked);
	j->newest = j->base = NULL;
	j->asked = NULL;
}

int
joining_refuse_number(struct err *err)
{
	return err_set(err, PLEIN_EBUSY,
		       "the index is being made, and main is too long to be "
		       "looked through for the versions of this page");
}

int
joining_find_base(struct joining *j, struct desk *d, struct call *c, long n,
		  const char *commit)
{
	const char *address = j->at.address.ptr;
	bool numbered = index_is_numbered(j->newest->n);
	int rc = 0;

	if (!commit && !numbered)
		return joining_refuse_number(&c->err);
	if (commit)
		rc = batch_show_base(d->batch, address, commit, &c->err);
	if (!rc && commit)
		rc = index_version_as_of(d->index, address, commit, &j->base,
					 &c->err);
	else if (!rc)
		rc = index_version(d->index, address, n, &j->base, &c->err);
	if (rc == PLEIN_ENOTFOUND)
		return 0;
	if (!rc && n > 0 && numbered && j->base->n != n) {
		index_version_free(j->base);
		j->base = NULL;
	}
	return rc;
}

int
joining_refuse_gone(const struct joining *j, struct call *c)
{
	c->args = json_pack("{s:I}", "gone",
			    (json_int_t)index_tell_number(j->newest->n));
	return err_set(&c->err, PLEIN_ENOTFOUND, "the page is gone");
}

/* --- the answer --- */

/* Versions between the base and the one that was made, oldest first. */
static int
describe_with(struct joining *j, struct desk *d, struct call *c, long until,
	      json_t *with)
{
	long n = j->base ? until - 1 - j->base->n : 0;
	struct vec log = VEC_INIT;
	int rc = 0;

	if (n > 0)
		rc = index_log(d->index, j->at.address.ptr, until,
			       n < WITH_MAX ? n : WITH_MAX, &log, &c->err);
	for (size_t i = log.len; i-- > 0 && !rc;) {
		const struct index_version *v = log.items[i];
		json_t *row = json_object();

		describe_number(row, "version", index_tell_number(v->n));
		describe_line(row, "handle", v->handle);
		describe_line(row, "name", v->author);
		(void)json_array_append_new(with, row);
	}
	vec_release(&log, index_version_free);
	return rc;
}

int
joining_answer(struct joining *j, struct desk *d, struct call *c,
	       const struct index_version *made)
{
	json_t *with = json_array();
	int rc = describe_with(j, d, c, made->n, with);

	if (rc) {
		json_decref(with);
		return rc;
	}
	edit_answer(c, made);
	(void)json_object_set_new(c->result, "joined",
				  json_boolean(json_array_size(with) > 0));
	(void)json_object_set_new(c->result, "with", with);
	(void)json_object_set_new(
		c->result, "moved",
		json_boolean(strcmp(made->address, j->asked) != 0));
	return 0;
}

int
joining_repeat(struct joining *j, struct desk *d, struct call *c, bool *done)
{
	struct index_version *made = NULL;
	int rc = edit_find_repeated(d, c, j->at.address.ptr, &made, &c->err);

	*done = rc == 0;
	if (!rc)
		rc = joining_answer(j, d, c, made);
	index_version_free(made);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

/* --- the conflict --- */

static json_t *
describe_lines(const struct diff3_clash *clash, int side)
{
	return json_pack("[I,I]", (json_int_t)clash->first[side] + 1,
			 (json_int_t)clash->count[side]);
}

static json_t *
describe_region(const struct diff3_clash *c)
{
	return json_pack("{s:o, s:o, s:o}", "base",
			 describe_lines(c, DIFF3_BASE), "yours",
			 describe_lines(c, DIFF3_YOURS), "saved",
			 describe_lines(c, DIFF3_SAVED));
}

/* From place i to the last one as a single place. */
static struct diff3_clash
span_rest(const struct diff3 *d, size_t i)
{
	struct diff3_clash rest = d->clashes[i];
	const struct diff3_clash *last = &d->clashes[d->n - 1];

	for (int side = 0; side < DIFF3_N; side++)
		rest.count[side] = last->first[side] + last->count[side] -
				   rest.first[side];
	return rest;
}

static json_t *
describe_regions(const struct diff3 *d)
{
	json_t *rows = json_array();
	struct diff3_clash rest;

	for (size_t i = 0; i < d->n && i < REGIONS_MAX - 1; i++)
		(void)json_array_append_new(rows,
					    describe_region(&d->clashes[i]));
	if (d->n >= REGIONS_MAX) {
		rest = span_rest(d, REGIONS_MAX - 1);
		(void)json_array_append_new(rows, describe_region(&rest));
	}
	return rows;
}

static int
refuse(const struct joining *j, struct call *c, const struct diff3 *d)
{
	const struct index_version *v = j->newest;

	c->args = json_object();
	(void)json_object_set_new(
		c->args, "base",
		j->base ? json_integer(index_tell_number(j->base->n))
			: json_null());
	describe_line(c->args, "base_commit", j->base ? j->base->commit : NULL);
	describe_number(c->args, "version", index_tell_number(v->n));
	describe_line(c->args, "commit", v->commit);
	describe_line(c->args, "address", j->at.address.ptr);
	describe_line(c->args, "handle", v->handle);
	describe_line(c->args, "name", v->author);
	(void)json_object_set_new(c->args, "gone", json_boolean(v->gone));
	(void)json_object_set_new(c->args, "regions", describe_regions(d));
	if (v->gone)
		return err_set(&c->err, PLEIN_ECONFLICT,
			       "the page was deleted in version %ld", v->n);
	return err_set(&c->err, PLEIN_ECONFLICT,
		       "version %ld changed the same in %zu places", v->n,
		       d->n);
}

/* --- joining --- */

/* Without a text that both began as, all of it is one place. */
static void
set_against(struct diff3 *out, const struct merge_text texts[DIFF3_N])
{
	struct diff3_clash all = { { 0 }, { 0 } };
	struct textrow row;

	for (int side = DIFF3_YOURS; side < DIFF3_N; side++) {
		textrow_lines(&row, texts[side].ptr, texts[side].len);
		all.count[side] = row.n;
		textrow_release(&row);
	}
	diff3_add_clash(out, &all);
}

/* Both changes into out->text, or where they clash. */
static int
join_texts(const struct joining *j, struct desk *d, struct call *c,
	   const struct buf *yours, struct diff3 *out)
{
	struct buf base = BUF_INIT, saved = BUF_INIT;
	int rc = pagetext_load(d, j->base, &base, &c->err);

	if (!rc)
		rc = pagetext_load(d, j->newest, &saved, &c->err);
	if (!rc) {
		const struct merge_text texts[] = { { base.ptr, base.len },
						    { yours->ptr, yours->len },
						    { saved.ptr, saved.len } };

		if (j->base && !j->base->gone)
			merge_page(out, texts);
		else if (saved.len != yours->len ||
			 memcmp(saved.ptr, yours->ptr, saved.len) != 0)
			set_against(out, texts);
		else
			buf_add(&out->text, yours->ptr, yours->len);
	}
	buf_release(&base);
	buf_release(&saved);
	return rc;
}

static int
write_text(struct joining *j, struct desk *d, struct call *c,
	   const struct buf *text, const struct joining_words *w)
{
	const bool alone = j->base && j->base->n == j->newest->n;
	struct buf words = BUF_INIT;
	struct index_version *made = NULL;
	struct edit_version e = { .at = &j->at,
				  .text = text,
				  .action = w->action,
				  .words = w->words,
				  .named = w->named };
	int rc;

	if (!alone && w->joined) {
		buf_printf(&words, "%s %s", w->joined, j->newest->author);
		e.words = e.named ? e.words : words.ptr;
		e.behind = words.ptr;
	}
	rc = edit_write(d, c, &e, &made);
	if (!rc)
		rc = joining_answer(j, d, c, made);
	index_version_free(made);
	buf_release(&words);
	return rc;
}

int
joining_write(struct joining *j, struct desk *d, struct call *c,
	      const struct buf *yours, const struct joining_words *w)
{
	struct diff3 joined = DIFF3_INIT;
	int rc = 0;

	if (j->newest->gone)
		return refuse(j, c, &joined);
	if (j->base && j->base->n == j->newest->n)
		buf_add(&joined.text, yours->ptr, yours->len);
	else
		rc = join_texts(j, d, c, yours, &joined);
	if (!rc && joined.n > 0)
		rc = refuse(j, c, &joined);
	if (!rc)
		rc = page_check(joined.text.ptr, joined.text.len, &c->err);
	if (!rc)
		rc = write_text(j, d, c, &joined.text, w);
	diff3_release(&joined);
	return rc;
}
