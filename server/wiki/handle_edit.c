/*
 * handle_edit.c - saving and creating pages. Everything that can be refused
 * without looking at the content is refused before the batch is joined.
 */
#include "wiki/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/lineend.h"
#include "plein/page.h"
#include "plein/path.h"
#include "wiki/batch.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/edit.h"
#include "wiki/fields.h"
#include "wiki/joining.h"
#include "wiki/pagetext.h"
#include "wiki/target.h"

/*
 * What the client sends has plain line ends; a line nobody changed keeps the
 * one it has.
 */
static int
adopt_line_ends(struct desk *d, const struct joining *j, struct buf *text,
		struct err *err)
{
	struct buf base = BUF_INIT, adopted = BUF_INIT;
	int rc = pagetext_load(d, j->base, &base, err);

	if (!rc) {
		lineend_adopt(&adopted, text->ptr, text->len, base.ptr,
			      base.len);
		buf_reset(text);
		buf_add(text, adopted.ptr, adopted.len);
	}
	buf_release(&adopted);
	buf_release(&base);
	return rc;
}

static int
save_text(struct joining *j, struct desk *d, struct call *c, struct buf *text)
{
	const struct joining_words words = {
		"save", edit_say(d, "bewerkt", "edited"),
		edit_say(d, "samengevoegd met wijziging van",
			 "joined with a change by")
	};
	int rc;

	if (j->newest->gone && j->base && j->base->n == j->newest->n)
		return joining_refuse_gone(j, c);
	rc = adopt_line_ends(d, j, text, &c->err);
	return rc ? rc : joining_write(j, d, c, text, &words);
}

static int
save_page(struct desk *d, struct call *c, const struct target *at,
	  struct buf *text)
{
	struct joining j = JOINING_INIT;
	bool done = false;
	int rc = joining_open(&j, d, c, at);

	if (!rc)
		rc = joining_find_base(&j, d, c, call_number(c, "base", 0),
				       call_text(c, "base_commit"));
	if (!rc)
		rc = joining_repeat(&j, d, c, &done);
	if (!rc && !done)
		rc = save_text(&j, d, c, text);
	joining_release(&j);
	return rc;
}

static int
check_base(const struct call *c, struct err *err)
{
	if (json_object_get(c->params, "base") || call_text(c, "base_commit"))
		return 0;
	return err_set(err, PLEIN_EUSAGE, "base or base_commit is needed");
}

int
handle_page_save(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	struct buf text = BUF_INIT;
	int rc = edit_check(c, &at, &c->err);

	if (!rc)
		rc = check_base(c, &c->err);
	if (!rc) {
		lineend_plain(&text, call_text(c, "text"),
			      strlen(call_text(c, "text")));
		rc = page_check(text.ptr, text.len, &c->err);
	}
	if (!rc)
		rc = save_page(d, c, &at, &text);
	buf_release(&text);
	target_release(&at);
	return rc;
}

static int
check_kind(const struct target *at, const char *kind, struct err *err)
{
	struct buf folder = BUF_INIT;
	const char *fits;
	int rc = 0;

	target_folder(at, &folder);
	if (target_right(at) == RIGHT_WRITE && folder.len > 0) {
		fits = page_kind_of_folder(folder.ptr);
		if (fits && strcmp(fits, kind) != 0)
			rc = err_set(err, PLEIN_ERULE,
				     "%s holds pages of the kind %s",
				     folder.ptr, fits);
	}
	if (!rc && !slug_is_valid(kind, strlen(kind)))
		rc = err_set(err, PLEIN_ERULE, "this is no kind of page");
	buf_release(&folder);
	return rc;
}

static int
check_title(const char *title, struct err *err)
{
	size_t pos;

	if (title[strspn(title, " ")] == '\0')
		return err_set(err, PLEIN_ERULE, "the title is empty");
	if (!filter_accepts(title, strlen(title), &pos) ||
	    strpbrk(title, "\t\r\n"))
		return err_set(err, PLEIN_ERULE,
			       "the title holds a character that may not be "
			       "stored");
	return 0;
}

static int
compose_page(const struct call *c, struct buf *text, struct err *err)
{
	const char *given = call_text(c, "text");

	if (given)
		lineend_plain(text, given, strlen(given));
	fields_set(text, call_text(c, "title"), call_text(c, "kind"));
	return page_check(text->ptr, text->len, err);
}

/* Tell which page is in the way. */
static void
name_holder(struct desk *d, struct call *c, const char *address)
{
	struct index_page *page = NULL;

	if (index_page(d->index, address, &page, NULL))
		page = NULL; /* then without its title */
	c->args = json_object();
	describe_line(c->args, "address", address);
	if (page) {
		describe_number(c->args, "version", page->n);
		describe_line(c->args, "title", page->info.title);
	}
	index_page_free(page);
}

static int
refuse_existing(struct desk *d, struct call *c, const struct target *at)
{
	name_holder(d, c, at->address.ptr);
	return err_set(&c->err, PLEIN_EEXISTS, "%s exists already",
		       at->address.ptr);
}

/* A former address of another page stays that page's. */
static int
check_alias(struct desk *d, struct call *c, const struct target *at)
{
	char *holder = NULL;
	bool moved = false;
	int rc = index_resolve(d->index, at->address.ptr, &holder, &moved,
			       &c->err);

	if (rc == PLEIN_ENOTFOUND || rc == PLEIN_EUSAGE)
		return 0;
	if (!rc && moved) {
		name_holder(d, c, holder);
		rc = err_set(&c->err, PLEIN_EEXISTS,
			     "%s is a former address of %s", at->address.ptr,
			     holder);
	}
	free(holder);
	return rc;
}

static int
write_new(struct desk *d, struct call *c, const struct target *at,
	  const struct buf *text)
{
	const struct edit_version e = { at, text, "create",
					edit_say(d, "aangemaakt", "created") };
	struct index_version *made = NULL;
	int rc = edit_write(d, c, &e, &made);

	if (!rc)
		edit_answer(c, made);
	index_version_free(made);
	return rc;
}

/* Is there a page at this address now? */
static int
check_free(struct desk *d, struct call *c, const struct target *at)
{
	struct index_version *latest = NULL;
	int rc = index_latest(d->index, at->address.ptr, &latest, &c->err);

	if (rc == PLEIN_ENOTFOUND)
		rc = 0;
	else if (!rc && !latest->gone)
		rc = refuse_existing(d, c, at);
	index_version_free(latest);
	return rc ? rc : check_alias(d, c, at);
}

static int
create_text(struct desk *d, struct call *c, const struct target *at,
	    const struct buf *text)
{
	struct index_version *made = NULL;
	int rc = batch_join(d->batch, &c->err);

	if (rc)
		return rc;
	rc = edit_find_repeated(d, c, at->address.ptr, &made, &c->err);
	if (!rc)
		edit_answer(c, made);
	index_version_free(made);
	if (rc != PLEIN_ENOTFOUND)
		return rc;
	rc = check_free(d, c, at);
	return rc ? rc : write_new(d, c, at, text);
}

int
handle_page_create(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	struct buf text = BUF_INIT;
	int rc = edit_check(c, &at, &c->err);

	if (!rc)
		rc = check_kind(&at, call_text(c, "kind"), &c->err);
	if (!rc)
		rc = check_title(call_text(c, "title"), &c->err);
	if (!rc)
		rc = compose_page(c, &text, &c->err);
	if (!rc)
		rc = create_text(d, c, &at, &text);
	buf_release(&text);
	target_release(&at);
	return rc;
}
