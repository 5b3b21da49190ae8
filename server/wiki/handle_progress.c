/*
 * handle_progress.c - how far municipalities are with a theme: progress.list
 * and progress.set. Each has a page that only it, and editors, may change
 * (policy_speaks_for()).
 */
#include <string.h>

#include "plein/frontmatter.h"
#include "plein/progress.h"
#include "wiki/call.h"
#include "wiki/edit.h"
#include "wiki/handlers.h"
#include "wiki/overviews.h"
#include "wiki/rows.h"
#include "wiki/shaping.h"

#define STAGE_MAX 40
#define NAME_BYTES 320
#define LINE_BYTES ((size_t)1000)

static int
handle_progress_list(struct desk *d, struct call *c)
{
	struct overviews o;
	int rc = overviews_open(&o, d, c, OVERVIEW_PROGRESS);

	o.filter.about = call_text(c, "theme");
	if (!rc)
		rc = overviews_answer(&o, d, c);
	overviews_close(&o);
	return rc;
}

/* --- progress.set ----------------------------------------------------------- */

static void
set_progress(const struct call *c, struct buf *text)
{
	struct progress p = { .theme = (char *)call_text(c, "theme"),
			      .offers = (char *)call_text(c, "offers"),
			      .needs = (char *)call_text(c, "needs") };

	(void)progress_of_word(call_text(c, "stage"), &p.stage); /* is one */
	overviews_today(p.since);
	progress_put(text, &p);
}

static void
tell_progress(struct desk *d, const struct call *c, struct buf *words)
{
	buf_printf(words, "%s: %s, %s", edit_say(d, "voortgang", "progress"),
		   call_text(c, "theme"), call_text(c, "stage"));
}

static int
change_page(struct shaping *s, struct desk *d, struct call *c, struct buf *text,
	    struct buf *words)
{
	(void)s;
	set_progress(c, text);
	tell_progress(d, c, words);
	return 0;
}

/* "Gemeente Duinstad" is called "Duinstad" in lists. */
static const char *
short_name(const char *organisation)
{
	return strncasecmp(organisation, "gemeente ", 9) == 0 ? organisation + 9
							      : organisation;
}

static int
make_page(struct desk *d, struct call *c, const struct target *at,
	  const char *organisation)
{
	struct buf text = BUF_INIT, words = BUF_INIT;
	struct edit_version e = { .at = at, .text = &text, .action = "create" };
	struct index_version *made = NULL;
	int rc;

	frontmatter_make(&text, short_name(organisation), PROGRESS_FOLDER,
			 NULL);
	set_progress(c, &text);
	tell_progress(d, c, &words);
	e.words = words.ptr;
	rc = edit_write(d, c, &e, &made);
	if (!rc)
		edit_answer(c, made);
	index_version_free(made);
	buf_release(&words);
	buf_release(&text);
	return rc;
}

static bool
is_there(struct desk *d, const struct target *at)
{
	struct index_version *v = NULL;
	bool there = !batch_show(d->batch, at->address.ptr, true, NULL) &&
		     !index_latest(d->index, at->address.ptr, &v, NULL) &&
		     !v->gone;

	index_version_free(v);
	return there;
}

static int
check_params(const struct call *c, struct err *err)
{
	struct target theme = TARGET_INIT;
	enum progress_stage stage;
	const char *offers = call_text(c, "offers");
	const char *needs = call_text(c, "needs");
	int rc = target_read(&theme, call_text(c, "theme"), err);

	target_release(&theme);
	if (!rc && !progress_of_word(call_text(c, "stage"), &stage))
		rc = err_set(err, PLEIN_EUSAGE,
			     "stage is nog niet begonnen, verkennen, in "
			     "uitvoering or gerealiseerd");
	if (!rc && offers && offers[0])
		rc = shaping_check_line(offers, err);
	if (!rc && needs && needs[0])
		rc = shaping_check_line(needs, err);
	return rc;
}

/* Whose progress it is, as the address of its page. */
static int
name_page(struct call *c, const char *organisation, struct err *err)
{
	struct buf address = BUF_INIT;
	size_t len;

	buf_str(&address, PROGRESS_FOLDER "/");
	len = address.len;
	if (organisation)
		progress_slug(&address, organisation);
	if (address.len > len)
		(void)json_object_set_new(c->params, "address",
					  json_string(address.ptr));
	len = address.len - len;
	buf_release(&address);
	if (len > 0)
		return 0;
	return err_rule(err, PLEIN_ERULE, "municipality", 0,
			"whose progress it is must be told");
}

static int
put_progress(struct desk *d, struct call *c, const char *organisation)
{
	struct shaping s = { .change = change_page,
			     .action = "save",
			     .folder = PROGRESS_FOLDER };
	struct target at = TARGET_INIT;
	int rc = edit_check(c, &at, &c->err);

	if (!rc)
		rc = batch_join(d->batch, &c->err);
	if (!rc && is_there(d, &at))
		rc = shaping_run(&s, d, c);
	else if (!rc)
		rc = make_page(d, c, &at, organisation);
	target_release(&at);
	return rc;
}

static int
handle_progress_set(struct desk *d, struct call *c)
{
	const char *named = call_text(c, "municipality");
	const char *organisation = named ? named : c->caller->organisation;
	int rc = check_params(c, &c->err);

	if (!rc && named)
		rc = shaping_check_line(named, &c->err);
	if (!rc)
		rc = name_page(c, organisation, &c->err);
	return rc ? rc : put_progress(d, c, organisation);
}

static const struct param list_params[] = {
	{ "theme", PARAM_TEXT, false, ADDRESS_MAX, "only with this one" },
	PARAM_AFTER_ROW,
	PARAM_LIMIT,
	PARAM_AT,
	PARAMS_END,
};

static const struct param set_params[] = {
	{ "theme", PARAM_TEXT, true, ADDRESS_MAX, "the page of a theme" },
	{ "stage", PARAM_TEXT, true, STAGE_MAX,
	  "`nog niet begonnen`, `verkennen`, `in uitvoering` or "
	  "`gerealiseerd`" },
	{ "offers", PARAM_TEXT, false, LINE_BYTES,
	  "what others could have of it; one line" },
	{ "needs", PARAM_TEXT, false, LINE_BYTES,
	  "what would help it; one line" },
	{ "municipality", PARAM_TEXT, false, NAME_BYTES,
	  "whose; that of the caller's profile when absent" },
	PARAMS_SHAPING,
	PARAMS_END,
};

const struct method progress_rows[] = {
	{ "progress.list", RIGHT_READ, PLACE_READER, list_params,
	  "Lists how far municipalities are, by theme, who is furthest first.",
	  "{rows: [{address, theme, theme_title, municipality, stage, offers, "
	  "needs, since}], next}: address is of the municipality's page, stage "
	  "as progress.set takes it; next is there when there may be more, to "
	  "be given as after; new as in page.list",
	  "usage busy corrupt", handle_progress_list },
	{ "progress.set", RIGHT_WRITE, PLACE_WRITER, set_params,
	  "Says how far a municipality is with a theme, in place of what it "
	  "said before. Only somebody of it, by their profile, or an editor "
	  "may.",
	  "{address, version, commit}", "usage " SHAPING_ERRORS,
	  handle_progress_set },
	ROWS_END,
};
