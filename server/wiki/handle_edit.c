/*
 * handle_edit.c - saving and creating pages. Everything that can be refused
 * without looking at the content is refused before the batch is joined.
 */
#include "wiki/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/frontmatter.h"
#include "plein/lineend.h"
#include "plein/page.h"
#include "plein/path.h"
#include "plein/tally.h"
#include "wiki/batch.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/edit.h"
#include "wiki/draft.h"
#include "wiki/fields.h"
#include "wiki/joining.h"
#include "wiki/overviews.h"
#include "wiki/pagetext.h"
#include "wiki/target.h"

/* "12 words added": nothing when there are none. */
static void
tell_count(struct buf *out, size_t n, const char *one, const char *many)
{
	if (n)
		buf_printf(out, ", %zu %s", n, n == 1 ? one : many);
}

/* What a change is, when its maker does not say why. */
static void
tell_change(const struct desk *d, const struct buf *was, const struct buf *is,
	    struct buf *out)
{
	struct tally t = tally_words(was->ptr, was->len, is->ptr, is->len);

	buf_printf(out, "(%s", edit_say(d, "zonder toelichting", "no note"));
	tell_count(out, t.added, edit_say(d, "woord erbij", "word added"),
		   edit_say(d, "woorden erbij", "words added"));
	tell_count(out, t.removed, edit_say(d, "woord weg", "word taken away"),
		   edit_say(d, "woorden weg", "words taken away"));
	buf_char(out, ')');
}

/*
 * What the client sends has plain line ends; a line nobody changed keeps the
 * one it has. Then the change can be told.
 */
static int
adopt_line_ends(struct desk *d, const struct joining *j, struct buf *text,
		struct buf *change, struct err *err)
{
	struct buf base = BUF_INIT, adopted = BUF_INIT;
	int rc = pagetext_load(d, j->base, &base, err);

	if (!rc) {
		lineend_adopt(&adopted, text->ptr, text->len, base.ptr,
			      base.len);
		buf_reset(text);
		buf_add(text, adopted.ptr, adopted.len);
		tell_change(d, &base, text, change);
	}
	buf_release(&adopted);
	buf_release(&base);
	return rc;
}

static int
save_text(struct joining *j, struct desk *d, struct call *c, struct buf *text)
{
	struct joining_words words = {
		.action = "save",
		.named = call_flag(c, "minor"),
		.joined = edit_say(d, "samengevoegd met wijziging van",
				   "joined with a change by")
	};
	struct buf change = BUF_INIT;
	int rc;

	if (j->newest->gone && j->base && j->base->n == j->newest->n)
		return joining_refuse_gone(j, c);
	rc = adopt_line_ends(d, j, text, &change, &c->err);
	words.words = words.named
			      ? edit_say(d, "kleine wijziging", "minor change")
			      : change.ptr;
	if (!rc)
		rc = joining_write(j, d, c, text, &words);
	buf_release(&change);
	return rc;
}

/* A base that never was is no conflict with anybody. */
static int
refuse_unknown(const struct joining *j, struct call *c)
{
	long base = call_number(c, "base", 0);

	if (base <= j->newest->n)
		return 0;
	return err_set(&c->err, PLEIN_ENOTFOUND,
		       "version %ld does not exist, the newest is %ld", base,
		       j->newest->n);
}

static int
save_page(struct desk *d, struct call *c, const struct target *at,
	  struct buf *text)
{
	struct joining j = JOINING_INIT;
	bool done = false;
	int rc = joining_open(&j, d, c, at);

	if (!rc)
		rc = refuse_unknown(&j, c);
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
	if (!rc)
		draft_note_saved(d, c, at.address.ptr);
	buf_release(&text);
	target_release(&at);
	return rc;
}

static int
check_title(const char *title, struct err *err)
{
	size_t pos;

	if (title[strspn(title, " ")] == '\0')
		return err_rule(err, PLEIN_ERULE, "title-empty", 0,
				"the title is empty");
	if (!filter_accepts(title, strlen(title), &pos) ||
	    strpbrk(title, "\t\r\n"))
		return err_rule(err, PLEIN_ERULE, "title", 0,
				"the title holds a character that may not be "
				"stored");
	return 0;
}

/* A template that has a date has one of before: this page is of the day that
 * its address tells, or of today. */
static int
put_day(struct buf *text, const char *address, struct err *err)
{
	char day[DAYTEXT_LEN + 1];
	struct frontmatter *fm;
	bool is_dated;

	(void)frontmatter_parse(&fm, text->ptr, text->len, NULL);
	is_dated = frontmatter_text(fm, "datum") != NULL;
	frontmatter_free(fm);
	if (!is_dated)
		return 0;
	if (!page_day_of_address(address, day))
		overviews_today(day);
	return fields_put(text, "datum", day, err);
}

static int
compose_page(struct desk *d, const struct call *c, struct buf *text,
	     struct err *err)
{
	const char *given = call_text(c, "text");
	int rc = 0;

	if (given)
		lineend_plain(text, given, strlen(given));
	else
		rc = edit_load_template(d, call_text(c, "kind"), text, err);
	if (!rc && !given)
		rc = put_day(text, call_text(c, "address"), err);
	if (rc)
		return rc;
	fields_set(text, call_text(c, "title"), call_text(c, "kind"));
	return page_check(text->ptr, text->len, err);
}

static int
write_new(struct desk *d, struct call *c, const struct target *at,
	  const struct buf *text)
{
	const struct edit_version e = { .at = at,
					.text = text,
					.action = "create",
					.words = edit_say(d, "aangemaakt",
							  "created") };
	struct index_version *made = NULL;
	int rc = edit_write(d, c, &e, &made);

	if (!rc)
		edit_answer(c, made);
	index_version_free(made);
	return rc;
}

static int
create_text(struct desk *d, struct call *c, const struct target *at)
{
	struct buf text = BUF_INIT;
	int rc = edit_check_free(d, c, at, NULL);

	if (!rc)
		rc = compose_page(d, c, &text, &c->err);
	if (!rc)
		rc = write_new(d, c, at, &text);
	buf_release(&text);
	return rc;
}

static int
create_page(struct desk *d, struct call *c, const struct target *at)
{
	bool done = false;
	int rc = batch_join(d->batch, &c->err);

	if (!rc)
		rc = edit_repeat(d, c, at->address.ptr, &done);
	return rc || done ? rc : create_text(d, c, at);
}

int
handle_page_create(struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	int rc = edit_check(c, &at, &c->err);

	if (!rc)
		rc = edit_check_kind(&at, call_text(c, "kind"), &c->err);
	if (!rc)
		rc = check_title(call_text(c, "title"), &c->err);
	if (!rc)
		rc = create_page(d, c, &at);
	target_release(&at);
	return rc;
}
