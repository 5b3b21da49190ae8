/* oneshot_version.c - see oneshot_version.h. */
#include "oneshot_version.h"

#include "base/sentence.h"
#include "oneshot_rows.h"
#include "plein/i18n.h"
#include "view/draft.h"

json_t *
version_params(const struct oneshot *o, const char *address)
{
	const char *note = words_value(&o->words, OPTION_NOTE);
	char request[DRAFT_REQUEST + 1];

	draft_make_request(request);
	return json_pack("{s:s, s:s, s:s}", "address", address, "note",
			 note ? note : "", "request", request);
}

/* --- it was made --- */

static void
remark_done(struct oneshot *o, const char *address, const json_t *result,
	    const struct version_words *words)
{
	struct buf line = BUF_INIT;

	if (words->done) {
		oneshot_remark(o, "%s: %s", address, gettext(words->done));
		return;
	}
	sentence_saved(&line, result);
	oneshot_remark(o, "%s", line.ptr);
	buf_release(&line);
}

static int
tell_version(struct oneshot *o, const json_t *params, const json_t *result,
	     const struct version_words *words)
{
	const char *at = row_text(result, "address");
	const char *commit = row_text(result, "commit");
	json_int_t version = row_number(result, "version");

	if (!at)
		at = row_text(params, "address");
	if (o->json) {
		output_json(&o->out,
			    json_pack("{s:s, s:I, s:s*, s:O*, s:O*, s:O*}",
				      "path", at, "version", version, "commit",
				      commit, "from",
				      json_object_get(result, "from"), "joined",
				      json_object_get(result, "joined"), "with",
				      json_object_get(result, "with")));
	} else {
		/* without a number the commit is the base of a next save */
		if (version > 0 || !commit)
			output_number(&o->out, version);
		else
			output_field(&o->out, commit);
		output_end(&o->out);
	}
	remark_done(o, at, result, words);
	return EXIT_DONE;
}

/* --- others changed the same --- */

/* What a save sent stands in its parameters. */
static bool
take_sent_text(struct oneshot *o, const json_t *params, struct buf *text)
{
	const char *sent = row_text(params, "text");

	(void)o;
	if (sent)
		buf_str(text, sent);
	return sent != NULL;
}

/* What is saved there now; of a page that is gone, what the error said. */
static json_t *
read_saved(struct oneshot *o, const char *address, const json_t *args)
{
	struct err err = ERR_INIT;
	struct rpc_msg m;
	int rc = oneshot_call(o, "page.read",
			      json_pack("{s:s}", "address", address), &m, &err);
	json_t *page = rc ? json_copy((json_t *)args) : json_incref(m.result);

	rpc_msg_release(&m);
	return page;
}

/* With --json both texts come on stdout, so that a program can go on. */
static void
show_texts(struct oneshot *o, const json_t *params, const json_t *args,
	   const struct version_words *words)
{
	const char *at = row_text(args, "address");
	const char *address = at ? at : row_text(params, "address");
	struct buf mine = BUF_INIT;
	json_t *page;

	if (!(words->yours ? words->yours : take_sent_text)(o, params, &mine)) {
		buf_release(&mine);
		return;
	}
	page = read_saved(o, address, args);
	output_json(&o->out,
		    json_pack("{s:s, s:O, s:O, s:O, s:s%, s:O, s:O*}", "path",
			      address, "version", row_part(page, "version"),
			      "author", row_part(page, "handle"), "text",
			      row_part(page, "text"), "yours", mine.ptr,
			      mine.len, "gone", row_part(page, "gone"),
			      "regions", json_object_get(args, "regions")));
	json_decref(page);
	buf_release(&mine);
}

static int
tell_failure(struct oneshot *o, int rc, const char *detail, const json_t *args,
	     const struct version_words *words)
{
	if (rc == PLEIN_ECONFLICT && words->clash)
		return oneshot_tell(o, rc, gettext(words->clash));
	return oneshot_fail(o, rc, detail, args);
}

int
version_make(struct oneshot *o, const char *method, json_t *params_take,
	     const struct version_words *words)
{
	static const struct version_words save = { NULL, NULL, NULL };
	struct err err = ERR_INIT;
	struct rpc_msg m;
	int rc = oneshot_write(o, method, json_incref(params_take), &m, &err);
	int exit_code;

	if (!words)
		words = &save;
	if (rc == 0) {
		exit_code = tell_version(o, params_take, m.result, words);
	} else {
		exit_code = tell_failure(o, rc, err.msg, m.args, words);
		if (rc == PLEIN_ECONFLICT && o->json)
			show_texts(o, params_take, m.args, words);
	}
	rpc_msg_release(&m);
	json_decref(params_take);
	return exit_code;
}
