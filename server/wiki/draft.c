/*
 * draft.c - texts in the making. A draft is stored under the address the
 * page had when it was put; whoever asks finds it under the address of now,
 * through the former addresses that a page keeps. That of a remark is at
 * bespreking/ and the code of its thread, or the page of a new one.
 */
#include "wiki/draft.h"

#include <stdlib.h>
#include <string.h>

#include "plein/log.h"
#include "plein/mem.h"
#include "plein/message.h"
#include "plein/path.h"
#include "state/drafts.h"
#include "state/remarks.h"
#include "wiki/call.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"
#include "wiki/space.h"
#include "wiki/target.h"
#include "wiki/unread.h"

#define TALK "bespreking/"

/* A draft belongs to a person; commands of the host are none. */
static int
check_person(const struct call *c, struct err *err)
{
	if (c->caller->handle)
		return 0;
	return err_set(err, PLEIN_EDENIED, "drafts belong to a person");
}

/* The page's address of now: the same unless it is a former one. */
static char *
find_address(struct desk *d, const char *address)
{
	char *now = NULL;
	bool moved = false;

	/* a draft can be without its page, and is worth more than an index */
	if (!desk_need_index(d, NULL) &&
	    !index_resolve(d->index, address, &now, &moved, NULL) && moved)
		return now;
	free(now);
	return mem_strdup(address);
}

/* The home page has the form of a code. */
static bool
is_code(const char *talk)
{
	return strcmp(talk, "index") != 0 && thread_code_is_valid(talk);
}

/* What stands behind bespreking/, or NULL. */
static const char *
find_talk(const char *address)
{
	size_t len = strlen(TALK);

	return strncmp(address, TALK, len) == 0 ? address + len : NULL;
}

/* The parameter `address` as it is now into *out, for free(). */
static int
read_address(struct desk *d, const struct call *c, char **out, struct err *err)
{
	const char *address = call_text(c, "address");
	const char *talk = find_talk(address);
	struct target at = TARGET_INIT;
	struct buf whole = BUF_INIT;
	int rc = 0;

	if (talk && is_code(talk)) {
		*out = mem_strdup(address);
		return 0;
	}
	rc = target_read(&at, talk ? talk : address, err);
	if (!rc && talk) {
		buf_printf(&whole, TALK "%s", at.address.ptr);
		*out = buf_take(&whole);
	} else if (!rc) {
		*out = find_address(d, at.address.ptr);
	}
	target_release(&at);
	return rc;
}

static int
add_if_stored(struct desk *d, const char *handle, const char *address,
	      struct vec *out, struct err *err)
{
	bool has;
	int rc =
		draft_has(d->state, d->space->name, handle, address, &has, err);

	if (!rc && has)
		vec_push(out, mem_strdup(address));
	return rc;
}

/*
 * Addresses (char *) under which this person has drafts of one page: the one
 * of now, then former ones.
 */
static int
find_stored(struct desk *d, const char *handle, const char *address,
	    struct vec *out, struct err *err)
{
	struct index_page *page = NULL;
	size_t i;
	int rc = add_if_stored(d, handle, address, out, err);

	/* a page that is not there has no other names */
	if (rc || desk_need_index(d, NULL) ||
	    index_page(d->index, address, &page, NULL))
		return rc;
	for (i = 0; i < page->info.aliases.len && !rc; i++)
		rc = add_if_stored(d, handle, page->info.aliases.items[i], out,
				   err);
	index_page_free(page);
	return rc;
}

/* Drop them all, but the one at `except` (or NULL). */
static int
drop_stored(struct desk *d, const char *handle, const struct vec *stored,
	    const char *except, struct err *err)
{
	size_t i;
	int rc = 0;

	for (i = 0; i < stored->len && !rc; i++)
		if (!except || strcmp(stored->items[i], except) != 0)
			rc = draft_drop(d->state, d->space->name, handle,
					stored->items[i], err);
	return rc;
}

/* --- put -------------------------------------------------------------- */

/* Which commit made that version; NULL when nobody knows. */
static char *
find_commit(struct desk *d, const char *address, long base)
{
	struct index_version *v = NULL;
	char *commit = NULL;

	if (base > 0 && !desk_need_index(d, NULL) &&
	    !index_version(d->index, address, base, &v, NULL)) {
		commit = mem_strdup(v->commit);
		index_version_free(v);
	}
	return commit;
}

static int
store_draft(struct desk *d, struct call *c, char *address)
{
	long base = call_number(c, "base", 0);
	struct draft draft = { .space = d->space->name,
			       .handle = c->caller->handle,
			       .address = address,
			       .base = base,
			       .commit = find_commit(d, address, base),
			       .text = (char *)call_text(c, "text"),
			       .note = (char *)call_text(c, "note") };
	struct vec stored = VEC_INIT;
	int rc = draft_put(d->state, &draft, &c->err);

	if (!rc)
		rc = find_stored(d, draft.handle, address, &stored, &c->err);
	if (!rc)
		rc = drop_stored(d, draft.handle, &stored, address, &c->err);
	vec_release(&stored, free);
	free(draft.commit);
	return rc;
}

int
handle_draft_put(struct desk *d, struct call *c)
{
	char *address = NULL;
	int rc = check_person(c, &c->err);

	if (!rc)
		rc = desk_need_state(d, &c->err);
	if (!rc)
		rc = read_address(d, c, &address, &c->err);
	if (!rc)
		rc = store_draft(d, c, address);
	free(address);
	return rc;
}

/* --- list and read ---------------------------------------------------- */

/* Title of the discussion, or of the page that a new one is about; NULL when
 * there is none. For free(). */
static char *
find_talk_title(struct desk *d, const char *talk)
{
	struct index_thread *thread = NULL;
	struct index_page *page = NULL;
	char *title = NULL;

	if (desk_need_index(d, NULL))
		return NULL;
	if (is_code(talk)) {
		if (!thread_get(d->index, talk, &thread, NULL))
			title = mem_strdup(thread->title);
		index_thread_free(thread);
	} else if (!index_page(d->index, talk, &page, NULL)) {
		title = mem_strdup(page->info.title);
		index_page_free(page);
	}
	return title;
}

static void
describe_talk(struct desk *d, const char *address, json_t *row)
{
	const char *talk = find_talk(address);
	char *title;

	if (!talk)
		return;
	title = find_talk_title(d, talk);
	(void)json_object_set_new(row, "title", call_json_line(title));
	free(title);
}

/* What the draft is of, as far as it is known. */
static json_t *
describe_draft(struct desk *d, const struct draft *draft)
{
	char *address = find_address(d, draft->address);
	struct index_page *page = NULL;
	json_t *row = json_object();

	/* a page that is gone, or an index that cannot be read: no title */
	if (desk_need_index(d, NULL) ||
	    index_page(d->index, address, &page, NULL))
		page = NULL;
	(void)json_object_set_new(row, "address", call_json_line(address));
	(void)json_object_set_new(
		row, "title", call_json_line(page ? page->info.title : NULL));
	(void)json_object_set_new(row, "base", json_integer(draft->base));
	(void)json_object_set_new(row, "commit", call_json_line(draft->commit));
	(void)json_object_set_new(row, "latest",
				  page ? json_integer(page->n) : json_null());
	(void)json_object_set_new(row, "time", json_integer(draft->time));
	(void)json_object_set_new(row, "size",
				  json_integer((json_int_t)draft->size));
	describe_talk(d, address, row);
	index_page_free(page);
	free(address);
	return row;
}

static int
handle_draft_list(struct desk *d, struct call *c)
{
	struct vec drafts = VEC_INIT;
	json_t *rows;
	size_t i;
	int rc = check_person(c, &c->err);

	if (!rc)
		rc = desk_need_state(d, &c->err);
	if (!rc)
		rc = draft_list(d->state, d->space->name, c->caller->handle,
				&drafts, &c->err);
	if (rc)
		return rc;
	rows = json_array();
	for (i = 0; i < drafts.len; i++)
		(void)json_array_append_new(rows,
					    describe_draft(d, drafts.items[i]));
	vec_release(&drafts, draft_free);
	c->result = json_object();
	(void)json_object_set_new(c->result, "rows", rows);
	return unread_tell_rows(d, c);
}

/* The addresses of this person's drafts of the page that is asked for. */
static int
look_up(struct desk *d, struct call *c, struct vec *stored)
{
	char *address = NULL;
	int rc = check_person(c, &c->err);

	if (!rc)
		rc = desk_need_state(d, &c->err);
	if (!rc)
		rc = read_address(d, c, &address, &c->err);
	if (!rc)
		rc = find_stored(d, c->caller->handle, address, stored,
				 &c->err);
	if (!rc && stored->len == 0)
		rc = err_set(&c->err, PLEIN_ENOTFOUND,
			     "you have no draft of %s", address);
	free(address);
	return rc;
}

static int
handle_draft_read(struct desk *d, struct call *c)
{
	struct vec stored = VEC_INIT;
	struct draft draft = { 0 };
	int rc = look_up(d, c, &stored);

	if (!rc)
		rc = draft_get(d->state, d->space->name, c->caller->handle,
			       stored.items[0], &draft, &c->err);
	if (!rc) {
		c->result = describe_draft(d, &draft);
		(void)json_object_set_new(
			c->result, "text",
			call_json(draft.text, strlen(draft.text)));
		(void)json_object_set_new(c->result, "note",
					  call_json_line(draft.note));
	}
	draft_release(&draft);
	vec_release(&stored, free);
	return rc;
}

/* --- drop ------------------------------------------------------------- */

static int
handle_draft_drop(struct desk *d, struct call *c)
{
	struct vec stored = VEC_INIT;
	int rc = look_up(d, c, &stored);

	if (!rc)
		rc = drop_stored(d, c->caller->handle, &stored, NULL, &c->err);
	vec_release(&stored, free);
	return rc;
}

/* A page that was saved, and by whom. */
struct saved {
	char *handle;
	char *address;
};

static void
free_saved(void *item)
{
	struct saved *s = item;

	free(s->handle);
	free(s->address);
	free(s);
}

void
draft_note_saved(struct desk *d, const struct call *c, const char *address)
{
	struct saved *s;

	if (!c->caller->handle)
		return;
	s = mem_alloc(sizeof(*s));
	s->handle = mem_strdup(c->caller->handle);
	s->address = mem_strdup(address);
	vec_push(&d->saved, s);
}

/* Drop the drafts of one; *open: is there a transaction already? */
static int
drop_saved(struct desk *d, const struct saved *s, bool *open, struct err *err)
{
	struct vec stored = VEC_INIT;
	int rc = find_stored(d, s->handle, s->address, &stored, err);

	if (!rc && stored.len > 0 && !*open) {
		rc = state_begin(d->state, err);
		*open = !rc;
	}
	if (!rc)
		rc = drop_stored(d, s->handle, &stored, NULL, err);
	vec_release(&stored, free);
	return rc;
}

static int
drop_all_saved(struct desk *d, struct err *err)
{
	bool open = false;
	size_t i;
	int rc = desk_need_state(d, err);

	for (i = 0; i < d->saved.len && !rc; i++)
		rc = drop_saved(d, d->saved.items[i], &open, err);
	if (open && !rc)
		rc = state_commit(d->state, err);
	else if (open)
		state_abort(d->state);
	return rc;
}

void
draft_settle(struct desk *d, bool stored)
{
	struct err err = ERR_INIT;

	if (stored && d->saved.len > 0 && drop_all_saved(d, &err))
		log_event("draft.stays", LOG_TEXT("why", err.msg));
	vec_release(&d->saved, free_saved);
}

/* --- rows ------------------------------------------------------------- */

static const struct param no_params[] = { PARAMS_END };

static const struct param put_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX,
	  "the page; of a remark: bespreking/ and the code of its discussion, "
	  "or the page of a new one" },
	{ "base", PARAM_NUMBER, true, COUNT_MAX,
	  "version the text began as; 0 when there is none yet" },
	{ "base_commit", PARAM_TEXT, false, 40,
	  "that made this version: then a text that was erased meanwhile is "
	  "not kept" },
	{ "text", PARAM_TEXT, true, DRAFT_MAX, "Markdown with its fields" },
	{ "note", PARAM_TEXT, false, NOTE_MAX,
	  "what was changed and why, as far as it is typed" },
	PARAMS_END,
};

static const struct param address_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX,
	  "the page; of a remark: bespreking/ and the code of its discussion, "
	  "or the page of a new one" },
	PARAMS_END,
};

const struct method draft_rows[] = {
	{ "draft.put", RIGHT_WRITE, PLACE_GROUPED, put_params,
	  "Keeps the text that the caller is writing for a page, in place of "
	  "the one before. The answer comes when it is on stable storage.",
	  "{}", "denied rule too-big busy no-space io corrupt",
	  handle_draft_put },
	{ "draft.list", RIGHT_READ, PLACE_READER, no_params,
	  "Lists the caller's drafts, the newest first.",
	  "{rows: [{address, title, base, commit, latest, time, size}]}: the "
	  "version the text began as and the commit that made it (or null), "
	  "the page's newest version now; title and latest are null when the "
	  "page does not exist; new as in page.list",
	  "denied corrupt", handle_draft_list },
	{ "draft.read", RIGHT_READ, PLACE_READER, address_params,
	  "Gives the caller's draft of a page.",
	  "as a row of draft.list, with its text and its note (or null)",
	  "denied not-found rule corrupt", handle_draft_read },
	{ "draft.drop", RIGHT_READ, PLACE_WRITER, address_params,
	  "Throws the caller's draft of a page away.", "{}",
	  "denied not-found rule busy no-space io corrupt", handle_draft_drop },
	ROWS_END,
};
