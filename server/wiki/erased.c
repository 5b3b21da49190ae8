/* erased.c - see erased.h. */
#include "wiki/erased.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "state/erasures.h"
#include "store/snap.h"
#include "plein/mem.h"
#include "wiki/call.h"
#include "wiki/rows.h"

static int
refuse(const struct erased *e, struct err *err)
{
	struct buf when = BUF_INIT;
	int rc;

	clock_iso(&when, e->time);
	rc = err_rule(err, PLEIN_ERULE, "erased", 0,
		      "this was erased by law on %.10s (%s)", when.ptr,
		      e->reason ? e->reason : "");
	buf_release(&when);
	return rc;
}

void
erased_name(struct buf *out, const struct space *s, const char *address)
{
	buf_reset(out);
	if (!space_is_default(s))
		buf_printf(out, "%s:", s->name);
	buf_str(out, address);
}

/* Is the page the call is about one that something was erased from? */
static int
check_page(struct desk *d, struct call *c)
{
	const char *address = call_text(c, "address");
	struct erased page = { .found = false };
	struct buf name = BUF_INIT;
	int rc = 0;

	if (address) {
		erased_name(&name, d->space, address);
		rc = erasures_find(d->state, ERASED_PAGE, name.ptr, &page,
				   &c->err);
	}
	if (!rc && page.found)
		rc = refuse(&page, &c->err);
	free(page.reason);
	buf_release(&name);
	return rc;
}

static int
follow_commit(struct desk *d, struct call *c, const char *name)
{
	const char *commit = call_text(c, name);
	struct erased e = { .found = false };
	int rc;

	if (!commit || strlen(commit) != REPO_ID_LEN)
		return 0;
	rc = desk_need_state(d, &c->err);
	if (!rc)
		rc = erasures_find(d->state, ERASED_COMMIT, commit, &e,
				   &c->err);
	if (!rc && e.found)
		rc = check_page(d, c);
	if (!rc && e.found)
		(void)json_object_set_new(c->params, name, json_string(e.now));
	free(e.reason);
	return rc;
}

int
erased_run(struct desk *d, const struct method *m, struct call *c)
{
	static const char *const names[] = { "commit", "base_commit" };
	int rc = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !rc; i++)
		rc = follow_commit(d, c, names[i]);
	return rc ? rc : m->run(d, c);
}

int
erased_check(struct desk *d, const char *text, size_t len, struct err *err)
{
	struct erased e = { .found = false };
	struct repo_id blob;
	bool any = false;
	int rc = desk_need_state(d, err);

	if (!rc)
		rc = erasures_any(d->state, &any, err);
	if (rc || !any)
		return rc;
	rc = snap_name(text, len, &blob, err);
	if (!rc)
		rc = erasures_find(d->state, ERASED_TEXT, blob.hex, &e, err);
	if (!rc && e.found)
		rc = refuse(&e, err);
	free(e.reason);
	return rc;
}

/* --- who fetches ---------------------------------------------------------- */

/* The day, when it is later than the one that is there already. */
static int
look_up(struct desk *d, const char *id, struct buf *date, struct err *err)
{
	struct erased e = { .found = false };
	struct buf when = BUF_INIT;
	int rc = erasures_find(d->state, ERASED_COMMIT, id, &e, err);

	if (!rc && e.found) {
		clock_iso(&when, e.time);
		if (strncmp(when.ptr, date->ptr, 10) > 0) {
			buf_reset(date);
			buf_add(date, when.ptr, 10);
		}
	}
	free(e.reason);
	buf_release(&when);
	return rc;
}

static int
handle_haves(struct desk *d, struct call *c)
{
	char *ids = mem_strdup(call_text(c, "ids")), *save = NULL;
	struct buf date = BUF_INIT;
	bool any = false;
	int rc = desk_need_state(d, &c->err);

	if (!rc)
		rc = erasures_any(d->state, &any, &c->err);
	for (char *id = strtok_r(ids, " ", &save); id && any && !rc;
	     id = strtok_r(NULL, " ", &save))
		rc = look_up(d, id, &date, &c->err);
	if (!rc)
		c->result = json_pack("{s:s}", "date", date.ptr);
	buf_release(&date);
	free(ids);
	return rc;
}

static const struct param haves_params[] = {
	{ "conn", PARAM_NUMBER, true, COUNT_MAX, "who fetches" },
	{ "ids", PARAM_TEXT, true, 1024, "commits they have, with blanks" },
	PARAMS_END,
};

const struct method erased_haves = {
	"space.haves", RIGHT_HOST, PLACE_READER, haves_params, "", "", "",
	handle_haves,
};
