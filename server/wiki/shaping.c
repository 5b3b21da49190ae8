/* shaping.c - see shaping.h. */
#include "wiki/shaping.h"

#include <string.h>

#include "plein/daytext.h"
#include "plein/mdline.h"
#include "plein/page.h"
#include "wiki/call.h"
#include "wiki/edit.h"
#include "wiki/pagetext.h"

int
shaping_check_line(const char *words, struct err *err)
{
	if (!words || mdline_fits(words))
		return 0;
	return err_rule(err, PLEIN_ERULE, "line", 0,
			"this is no text of one line");
}

int
shaping_read_day(const char *words, char *out, struct err *err)
{
	out[0] = '\0';
	if (!words || !words[0] || daytext_read(words, strlen(words), out))
		return 0;
	return err_rule(err, PLEIN_ERULE, "day", 0,
			"this is no day: %.20s (2026-06-01)", words);
}

static int
write_shape(struct shaping *s, struct desk *d, struct call *c,
	    struct joining *j)
{
	struct buf text = BUF_INIT, words = BUF_INIT;
	struct index_version *made = NULL;
	struct edit_version e = { .at = &j->at,
				  .text = &text,
				  .action = s->action };
	int rc;

	if (j->newest->gone)
		return joining_refuse_gone(j, c);
	s->at = j;
	rc = pagetext_load(d, j->newest, &text, &c->err);
	if (!rc)
		rc = s->change(s, d, c, &text, &words);
	if (!rc)
		rc = page_check(text.ptr, text.len, &c->err);
	e.words = words.ptr;
	e.others = s->others;
	e.n_others = s->n_others;
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
check_folder(const struct shaping *s, const struct target *at, struct err *err)
{
	struct buf folder = BUF_INIT;
	bool fits = true;

	if (s->folder) {
		target_folder(at, &folder);
		fits = strcmp(folder.ptr, s->folder) == 0;
	}
	buf_release(&folder);
	return fits ? 0
		    : err_set(err, PLEIN_ENOTFOUND, "%s is not in %s",
			      at->address.ptr, s->folder);
}

static int
shape_page(struct shaping *s, struct desk *d, struct call *c,
	   const struct target *at)
{
	struct joining j = JOINING_INIT;
	bool done = false;
	int rc = joining_open(&j, d, c, at);

	if (!rc)
		rc = joining_repeat(&j, d, c, &done);
	if (!rc && !done)
		rc = write_shape(s, d, c, &j);
	s->at = NULL;
	joining_release(&j);
	return rc;
}

int
shaping_run(struct shaping *s, struct desk *d, struct call *c)
{
	struct target at = TARGET_INIT;
	int rc = edit_check(c, &at, &c->err);

	if (!rc)
		rc = check_folder(s, &at, &c->err);
	if (!rc)
		rc = shape_page(s, d, c, &at);
	target_release(&at);
	return rc;
}
