/*
 * handle_undo.c - page.revert and page.undo: back to a version, or what one
 * version changed taken back. Both make a new version. The former addresses
 * of a page (`aliassen`) are no part of that: links to them must go on
 * working.
 */
#include <string.h>

#include "plein/message.h"
#include "plein/page.h"
#include "state/index_partial.h"
#include "wiki/call.h"
#include "wiki/edit.h"
#include "wiki/fields.h"
#include "wiki/handlers.h"
#include "wiki/joining.h"
#include "wiki/pagetext.h"
#include "wiki/rows.h"

#define ALIASES "aliassen"

typedef int
change(struct joining *j, struct desk *d, struct call *c);

/* What both do alike; `make` makes the version unless it was made before. */
static int
run_change(struct desk *d, struct call *c, bool with_base, change *make)
{
	struct target at = TARGET_INIT;
	struct joining j = JOINING_INIT;
	bool done = false;
	int rc = edit_check(c, &at, &c->err);

	if (!rc)
		rc = joining_open(&j, d, c, &at);
	if (!rc && !index_is_numbered(j.newest->n))
		rc = joining_refuse_number(&c->err);
	if (!rc && with_base)
		rc = joining_find_base(&j, d, c, call_number(c, "version", 0),
				       NULL);
	if (!rc)
		rc = joining_repeat(&j, d, c, &done);
	if (!rc && !done)
		rc = j.newest->gone ? joining_refuse_gone(&j, c)
				    : make(&j, d, c);
	joining_release(&j);
	target_release(&at);
	return rc;
}

/* --- back to a version --- */

/* The text of a version, with the addresses the page has now. */
static int
load_old(struct joining *j, struct desk *d, struct call *c,
	 const struct index_version *v, struct buf *text)
{
	struct buf now = BUF_INIT;
	int rc = pagetext_load(d, v, text, &c->err);

	if (!rc)
		rc = pagetext_load(d, j->newest, &now, &c->err);
	if (!rc) {
		fields_take(text, ALIASES, &now);
		rc = page_check(text->ptr, text->len, &c->err);
	}
	buf_release(&now);
	return rc;
}

static int
write_old(struct joining *j, struct desk *d, struct call *c,
	  const struct index_version *v)
{
	struct buf text = BUF_INIT, words = BUF_INIT;
	struct index_version *made = NULL;
	struct edit_version e = {
		.at = &j->at, .text = &text, .action = "revert", .named = true
	};
	int rc = load_old(j, d, c, v, &text);

	buf_printf(&words, "%s %ld",
		   edit_say(d, "terug naar versie", "back to version"), v->n);
	e.words = words.ptr;
	if (!rc)
		rc = edit_write(d, c, &e, &made);
	if (!rc)
		rc = joining_answer(j, d, c, made);
	index_version_free(made);
	buf_release(&words);
	buf_release(&text);
	return rc;
}

static int
revert(struct joining *j, struct desk *d, struct call *c)
{
	struct index_version *v = NULL;
	int rc = index_version(d->index, j->at.address.ptr,
			       call_number(c, "version", 0), &v, &c->err);

	if (!rc && v->gone)
		rc = err_rule(&c->err, PLEIN_ERULE, "was-gone", 0,
			      "the page was gone in version %ld", v->n);
	if (!rc)
		rc = write_old(j, d, c, v);
	index_version_free(v);
	return rc;
}

int
handle_page_revert(struct desk *d, struct call *c)
{
	return run_change(d, c, false, revert);
}

/* --- one version taken back --- */

/* Some versions are no change of the text alone. */
static int
check_undoable(const struct index_version *v,
	       const struct index_version *before, struct err *err)
{
	if (v->gone)
		return err_rule(err, PLEIN_ERULE, "undo-deleted", 0,
				"version %ld deleted the page", v->n);
	if (!before || before->gone)
		return err_rule(err, PLEIN_ERULE, "undo-made", 0,
				"version %ld made the page", v->n);
	if (strcmp(v->address, before->address) != 0)
		return err_rule(err, PLEIN_ERULE, "undo-moved", 0,
				"version %ld moved the page", v->n);
	return 0;
}

static int
write_undone(struct joining *j, struct desk *d, struct call *c,
	     const struct index_version *before)
{
	struct buf text = BUF_INIT, undone = BUF_INIT, words = BUF_INIT;
	struct joining_words w = { .action = "undo", .named = true };
	int rc = pagetext_load(d, before, &text, &c->err);

	if (!rc)
		rc = pagetext_load(d, j->base, &undone, &c->err);
	buf_printf(&words, "%s %ld %s", edit_say(d, "versie", "version"),
		   j->base->n, edit_say(d, "ongedaan gemaakt", "undone"));
	w.words = words.ptr;
	if (!rc) {
		fields_take(&text, ALIASES, &undone);
		rc = joining_write(j, d, c, &text, &w);
	}
	buf_release(&words);
	buf_release(&undone);
	buf_release(&text);
	return rc;
}

/* The version is what "your" text, that of the one before, began as. */
static int
undo(struct joining *j, struct desk *d, struct call *c)
{
	struct index_version *before = NULL;
	int rc;

	if (!j->base)
		return err_set(&c->err, PLEIN_ENOTFOUND, "no such version");
	rc = index_version(d->index, j->at.address.ptr, j->base->n - 1, &before,
			   &c->err);
	if (!rc || rc == PLEIN_ENOTFOUND)
		rc = check_undoable(j->base, before, &c->err);
	if (!rc)
		rc = write_undone(j, d, c, before);
	index_version_free(before);
	return rc;
}

int
handle_page_undo(struct desk *d, struct call *c)
{
	return run_change(d, c, true, undo);
}

/* --- rows --- */

static const struct param undo_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "version", PARAM_NUMBER, true, COUNT_MAX, "which one" },
	{ "note", PARAM_TEXT, false, NOTE_MAX, "why" },
	{ "request", PARAM_TEXT, false, REQUEST_MAX,
	  "hexadecimal; repeating it never writes twice" },
	PARAMS_END,
};

const struct method undo_rows[] = {
	{ "page.revert", RIGHT_WRITE, PLACE_WRITER, undo_params,
	  "Makes a page what it was in a version, by a new version. Former "
	  "addresses stay as they are.",
	  "as page.save; without conflict; on not-found of a page that is gone "
	  "args {gone}: the version in which it went",
	  "denied rule too-big not-found same busy no-space io unknown corrupt",
	  handle_page_revert },
	{ "page.undo", RIGHT_WRITE, PLACE_WRITER, undo_params,
	  "Takes back what one version changed, by a new version, and leaves "
	  "what was changed later. Refused (rule) of a version that made, "
	  "moved "
	  "or deleted the page.",
	  "as page.save, where base is the version and your text that of the "
	  "version before",
	  "denied rule too-big not-found conflict same busy no-space io "
	  "unknown "
	  "corrupt",
	  handle_page_undo },
	ROWS_END,
};
