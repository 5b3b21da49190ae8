/*
 * oneshot_leave.c - the command leave: one's own profile is closed. It asks,
 * so it is for a terminal, but works with lines on pipes too.
 */
#include "oneshot_do.h"

#include <string.h>

#include "base/leaving.h"
#include "plein/i18n.h"

static bool
has_code(struct oneshot *o, int *exit_code)
{
	json_t *info = NULL;
	bool has;

	*exit_code = oneshot_ask(o, "proof.info", NULL, &info);
	has = json_is_true(json_object_get(info, "code"));
	json_decref(info);
	return has;
}

/* The short name, typed; false: nothing is to be done. */
static bool
ask_handle(struct oneshot *o, char line[ONESHOT_LINE])
{
	struct buf about = BUF_INIT;
	bool typed;

	leaving_explain(&about);
	(void)oneshot_say(o, about.ptr);
	buf_release(&about);
	typed = oneshot_ask_line(o, _("Your short name, to close it: "), false,
				 line);
	return typed && *line;
}

static int
close_profile(struct oneshot *o, const char *handle, const char *code)
{
	json_t *result = NULL;
	int exit_code;

	exit_code = oneshot_ask(
		o, "profile.close",
		json_pack("{s:s, s:s*}", "handle", handle, "code", code),
		&result);
	json_decref(result);
	if (!exit_code)
		oneshot_remark(o, "%s", _("Your profile is closed. Goodbye."));
	return exit_code;
}

int
do_leave(struct oneshot *o)
{
	char handle[ONESHOT_LINE], code[ONESHOT_LINE];
	bool guarded;
	int exit_code;

	if (o->words.args.len)
		return oneshot_misuse(o, _("This takes no words."));
	guarded = has_code(o, &exit_code);
	if (exit_code)
		return exit_code;
	if (!ask_handle(o, handle) ||
	    (guarded &&
	     !oneshot_ask_line(o, _("Code from your app: "), false, code)))
		return oneshot_tell(o, PLEIN_ESAME, _("Nothing was changed."));
	exit_code = close_profile(o, handle, guarded ? code : NULL);
	explicit_bzero(code, sizeof(code));
	return exit_code;
}
