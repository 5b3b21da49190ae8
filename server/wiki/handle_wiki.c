/* handle_wiki.c - about the wiki as a whole. */
#include "wiki/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "store/history.h"
#include "wiki/call.h"
#include "wiki/version.h"

int
handle_wiki_version(struct desk *d, struct call *c)
{
	c->result = json_pack("{s:s, s:i, s:s}", "program", PLEIN_VERSION,
			      "protocol", PROTOCOL_VERSION, "fingerprint",
			      d->host_fingerprint);
	return 0;
}

static void
add_problem(struct vec *problems, const char *where, const struct err *err)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, "%s: %s", where, err->msg);
	vec_push(problems, buf_take(&line));
}

static int
pass_commit(void *ctx, const struct history_commit *commit)
{
	(void)ctx;
	(void)commit;
	return 0;
}

/*
 * The index may be a moment behind, never elsewhere: so its head is read
 * before the tip.
 */
static int
check_index(struct desk *d, struct err *err)
{
	struct repo_id head = { "" }, tip;
	int rc = desk_need_index(d, err);

	if (!rc)
		rc = index_head(d->index, head.hex, err);
	if (!rc)
		rc = repo_ref_read(d->repo, &tip, err);
	if (rc || strcmp(head.hex, tip.hex) == 0)
		return rc;
	if (!head.hex[0])
		return err_set(err, PLEIN_ECORRUPT, "it is empty");
	return history_walk(d->repo, &head, &tip, pass_commit, NULL, err);
}

static void
check_all(struct desk *d, struct vec *problems)
{
	struct err err = ERR_INIT;

	if (desk_need_state(d, &err) || state_check(d->state, &err))
		add_problem(problems, DATA_STATE, &err);
	if (!d->host_fingerprint[0]) {
		(void)err_set(&err, PLEIN_ENOTFOUND, "no readable host key");
		add_problem(problems, DATA_HOSTKEY ".pub", &err);
	}
	if (desk_need_repo(d, &err)) {
		add_problem(problems, DATA_REPO, &err);
		return;
	}
	if (history_verify(d->repo, problems, &err))
		add_problem(problems, DATA_REPO, &err);
	if (check_index(d, &err))
		add_problem(problems, DATA_INDEX, &err);
}

int
handle_wiki_check(struct desk *d, struct call *c)
{
	struct vec problems = VEC_INIT;
	json_t *list = json_array();
	size_t i;

	check_all(d, &problems);
	for (i = 0; i < problems.len; i++)
		(void)json_array_append_new(list,
					    call_json_line(problems.items[i]));
	vec_release(&problems, free);
	c->result = json_pack("{s:o}", "problems", list);
	return 0;
}
