/*
 * keyline.c - sshd asks this before anything is proved, so nothing but
 * "whose is it" is asked of the wiki, as a connection process would. Only for
 * logins as the very user we run as: were sshd set up to ask us for everybody,
 * a key of the wiki would still open no other user's account.
 */
#include "keyline.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "args.h"
#include "knock.h"
#include "plein/log.h"
#include "plein/path.h"
#include "ssh/ask.h"
#include "tell.h"

#define ASK_MS 10000 /* includes a restart of the wiki process */

int
keyline_write(const struct keyline *k, struct buf *out, struct err *err)
{
	const char *const words[] = { k->program, k->front, k->account, k->kind,
				      k->blob };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!knock_is_plain(words[i]))
			return err_set(err, PLEIN_ERULE,
				       "%s cannot go into a command", words[i]);
	if (!handle_is_valid(k->account))
		return err_set(err, PLEIN_ERULE, "%s is no account",
			       k->account);
	buf_printf(out,
		   "restrict,pty,command=\"%s session %s --account %s "
		   "--type %s --key %s\" %s %s\n",
		   k->program, k->front, k->account, k->kind, k->blob, k->kind,
		   k->blob);
	return 0;
}

/* Logs in as `name` who runs us? */
static bool
is_our_user(const char *name)
{
	const struct passwd *pw = getpwnam(name);

	return pw && pw->pw_uid == geteuid();
}

/* *who: {"handle":…} when an account has it. */
static int
ask_whose(const struct keyline *k, json_t **who, struct err *err)
{
	struct ask ask;
	int rc, monitor = knock_front(k->front, "", err);

	if (monitor < 0)
		return monitor;
	ask_init(&ask, monitor);
	rc = ask_call(&ask, "auth.key",
		      json_pack("{s:s,s:s}", "kind", k->kind, "blob", k->blob),
		      ASK_MS, who, err);
	ask_release(&ask);
	(void)close(monitor); /* all that was sent has been answered */
	return rc;
}

/* A key nobody has, or may use, is no trouble: sshd tries its next. */
static bool
is_plain_no(int rc)
{
	return rc == PLEIN_ENOTFOUND || rc == PLEIN_EDENIED ||
	       rc == PLEIN_ERULE;
}

static int
find_line(struct keyline *k, struct buf *out, struct err *err)
{
	json_t *who = NULL;
	int rc = ask_whose(k, &who, err);

	k->account = json_string_value(json_object_get(who, "handle"));
	if (rc == 0 && k->account && *k->account)
		rc = keyline_write(k, out, err);
	json_decref(who);
	return is_plain_no(rc) && out->len == 0 ? 0 : rc;
}

static int
find_program(char path[PATH_MAX], struct err *err)
{
	ssize_t len = readlink("/proc/self/exe", path, PATH_MAX - 1);

	if (len < 0)
		return err_set_errno(err, errno, "/proc/self/exe");
	path[len] = '\0';
	return 0;
}

int
keyline_main(int argc, char **argv)
{
	static const struct args_option none[] = { { NULL, NULL } };
	char program[PATH_MAX];
	const char *words[4]; /* FRONT USER TYPE KEY */
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	struct keyline k = { .program = program };
	int n, code;

	log_enable(0); /* sshd logs what is on stderr */
	n = args_sort(argc - 2, argv + 2, none, words, 4, &err);
	if (n >= 0 && n != 4)
		return tell_usage("keys FRONT USER TYPE KEY");
	if (n > 0 && is_our_user(words[1])) {
		k.front = words[0];
		k.kind = words[2];
		k.blob = words[3];
		n = find_program(program, &err);
		if (n == 0)
			n = find_line(&k, &out, &err);
	}
	code = n < 0 ? tell_error(&err) : tell(&out);
	buf_release(&out);
	return code;
}
