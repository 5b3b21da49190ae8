/* posting.c - see posting.h. */
#include "wiki/posting.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/filter.h"
#include "plein/lineend.h"
#include "plein/mem.h"
#include "plein/policy.h"
#include "wiki/batch.h"
#include "wiki/call.h"
#include "wiki/caller.h"
#include "wiki/describe.h"
#include "wiki/discussion.h"
#include "wiki/edit.h"
#include "wiki/handlers.h"
#include "wiki/space.h"

/* --- one commit ------------------------------------------------------------ */

void
posting_release(struct posting *p)
{
	vec_release(&p->held, free);
	free(p->files);
}

/* `text` NULL: the file vanishes. Both are swallowed. */
void
posting_add(struct posting *p, char *path_take, struct buf *text_take)
{
	struct batch_file *f;

	p->files = mem_realloc(p->files, (p->n + 1) * sizeof(*p->files));
	f = &p->files[p->n++];
	vec_push(&p->held, path_take);
	*f = (struct batch_file){ .path = path_take };
	if (text_take) {
		f->len = text_take->len;
		f->text = buf_take(text_take);
		vec_push(&p->held, (char *)f->text);
	}
}

char *
posting_path(const char *page, const char *thread, const char *name)
{
	struct buf path = BUF_INIT;

	buf_printf(&path, "bespreking/%s/%s/%s.md", page, thread, name);
	return buf_take(&path);
}

int
posting_write(struct desk *d, struct call *c, const struct posting *p)
{
	const struct batch_edit edit = { .files = p->files,
					 .n_files = p->n,
					 .address = p->page,
					 .who = c->caller,
					 .note = call_text(c, "note"),
					 .fallback = p->fallback,
					 .action = p->action,
					 .request = call_text(c, "request") };
	struct repo_id commit;

	return batch_write(d->batch, &edit, &commit, &c->err);
}

const char *
posting_handle(const struct call *c)
{
	return c->caller->handle ? c->caller->handle : "plein";
}

/* Nobody who can read here; when that cannot be known everybody may be. */
static bool
is_nobody(struct desk *d, const char *handle)
{
	enum role role;

	return !space_role(d, handle, d->space->name, &role, NULL) &&
	       !policy_allows(role, RIGHT_READ);
}

#define UNKNOWN_MAX 10 /* names that are told */
#define LOOK_MAX 50 /* names that are looked for */

/* Whom the text names that is not there: it may be a typing error. */
static void
tell_unknown(struct desk *d, struct call *c)
{
	const char *text = call_text(c, "text");
	json_t *unknown = json_array();
	struct vec names = VEC_INIT;
	size_t i;

	if (text && !desk_need_state(d, NULL))
		remark_mentions(&names, text);
	for (i = 0; i < names.len && i < LOOK_MAX &&
		    json_array_size(unknown) < UNKNOWN_MAX;
	     i++)
		if (is_nobody(d, names.items[i]))
			(void)json_array_append_new(
				unknown, json_string(names.items[i]));
	if (text)
		(void)json_object_set(c->result, "unknown", unknown);
	json_decref(unknown);
	vec_release(&names, free);
}

/* {remark, thread, number, address, commit}: as the index knows it now. */
int
posting_answer(struct desk *d, struct call *c, const char *name)
{
	struct index_remark *r = NULL;
	struct vec remarks = VEC_INIT;
	struct buf number = BUF_INIT;
	struct numbered *all = NULL;
	size_t i;
	int rc = remark_get(d->index, name, &r, &c->err);

	if (!rc)
		rc = remarks_of_thread(d->index, r->thread, &remarks, &c->err);
	if (!rc && !desk_is_standing_in(d))
		all = discussion_number(&remarks);
	for (i = 0; all && i < remarks.len; i++)
		if (strcmp(all[i].remark->name, name) == 0)
			discussion_tell_number(&number, &all[i]);
	if (!rc) {
		c->result = json_object();
		describe_line(c->result, "remark", r->name);
		describe_line(c->result, "thread", r->thread);
		describe_line(c->result, "number",
			      number.len ? number.ptr : NULL);
		describe_line(c->result, "address", r->page);
		describe_line(c->result, "blob", r->blob);
		tell_unknown(d, c);
	}
	free(all);
	buf_release(&number);
	vec_release(&remarks, index_remark_free);
	index_remark_free(r);
	return rc;
}

/* Seconds after which nobody repeats a request. */
#define REPEATED 3600

/* --- before anything else -------------------------------------------------- */

int
posting_join(struct desk *d, struct call *c)
{
	int rc = edit_check_words(c, &c->err);

	return rc ? rc : batch_join(d->batch, &c->err);
}

int
posting_join_whole(struct desk *d, struct call *c)
{
	int rc = posting_join(d, c);

	if (!rc && desk_is_standing_in(d))
		rc = err_set(&c->err, PLEIN_EBUSY,
			     "the index is being made: discussions wait");
	return rc;
}

/* *done: this request was done before and is answered as then. */
int
posting_begin(struct desk *d, struct call *c, bool *done)
{
	const char *request = call_text(c, "request");
	char *name = NULL;
	int rc = posting_join(d, c);

	*done = false;
	if (rc || !request || !request[0])
		return rc;
	rc = batch_show_own(d->batch, posting_handle(c),
			    clock_wall() - REPEATED, &c->err);
	if (rc)
		return rc;
	rc = remark_by_request(d->index, posting_handle(c), request, &name,
			       &c->err);
	if (!rc) {
		*done = true;
		rc = posting_answer(d, c, name);
	}
	free(name);
	return rc == PLEIN_ENOTFOUND && !*done ? 0 : rc;
}

int
posting_check_line(const char *text, const char *rule, struct err *err)
{
	size_t pos;

	if (!text || (filter_accepts(text, strlen(text), &pos) &&
		      !strpbrk(text, "\t\r\n")))
		return 0;
	return err_rule(err, PLEIN_ERULE, rule, 0,
			"it holds a character that may not be stored");
}

int
posting_check_title(const char *title, struct err *err)
{
	if (title && title[strspn(title, " ")] == '\0')
		return err_rule(err, PLEIN_ERULE, "title-empty", 0,
				"the title is empty");
	return posting_check_line(title, "title", err);
}

static bool
may_moderate(const struct call *c)
{
	return caller_may(c->caller, RIGHT_MODERATE);
}

/* What is one's own, or an editor's to change. */
int
posting_check_owner(const struct call *c, const char *owner, struct err *err)
{
	if (strcmp(posting_handle(c), owner) == 0 || may_moderate(c))
		return 0;
	return err_set(err, PLEIN_EDENIED, "that is %s's", owner);
}

/* --- a new remark ---------------------------------------------------------- */

void
saying_release(struct saying *s)
{
	buf_release(&s->body);
	buf_release(&s->file);
	buf_release(&s->name);
	buf_release(&s->digest);
}

/* Who says the same twice within a second says it a second later. */
static bool
is_taken(struct desk *d, const char *name)
{
	struct index_remark *r = NULL;
	bool taken = remark_get(d->index, name, &r, NULL) == 0;

	index_remark_free(r);
	return taken;
}

int
saying_word(struct desk *d, const struct call *c, struct saying *s,
	    const char *place, const char *text, struct err *err)
{
	int64_t when = clock_wall();

	buf_init(&s->body);
	buf_init(&s->file);
	buf_init(&s->name);
	buf_init(&s->digest);
	lineend_plain(&s->body, text ? text : "", text ? strlen(text) : 0);
	remark_make(&s->file, &s->is, s->body.ptr);
	do {
		buf_reset(&s->name);
		buf_reset(&s->digest);
		discussion_name(&s->name, &s->digest, place, posting_handle(c),
				when++, &s->file);
	} while (is_taken(d, s->name.ptr));
	return remark_check(s->file.ptr, s->file.len, err);
}

void
posting_add_saying(struct posting *p, struct saying *s, const char *thread)
{
	posting_add(p, posting_path(p->page, thread, s->name.ptr), &s->file);
}

int
posting_find_thread(struct desk *d, struct call *c, struct index_thread **t)
{
	const char *code = call_text(c, "thread");
	int rc = batch_show_thread(d->batch, code, &c->err);

	return rc ? rc : thread_get(d->index, code, t, &c->err);
}

int
posting_find_remark(struct desk *d, struct call *c, struct index_remark **r)
{
	const char *name = call_text(c, "remark");
	int rc = batch_show_remark(d->batch, name, &c->err);

	if (!rc)
		rc = remark_get(d->index, name, r, &c->err);
	if (!rc && ((*r)->gone || (*r)->is.kind != REMARK_SAID))
		rc = err_set(&c->err, PLEIN_ENOTFOUND, "no such remark");
	return rc;
}

/* The page must be there now; *newest is what made it what it is. */
int
posting_find_page(struct desk *d, struct call *c, const struct target *page,
		  struct index_version **newest)
{
	int rc = d->batch ? batch_show(d->batch, page->address.ptr, false,
				       &c->err)
			  : 0;

	if (!rc)
		rc = index_latest(d->index, page->address.ptr, newest, &c->err);
	if (!rc && (*newest)->gone)
		rc = err_set(&c->err, PLEIN_ENOTFOUND, "the page is gone");
	return rc;
}
