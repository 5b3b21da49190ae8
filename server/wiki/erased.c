/* erased.c - see erased.h. */
#include "wiki/erased.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "state/erasures.h"
#include "store/snap.h"
#include "wiki/call.h"

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
