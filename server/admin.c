/* admin.c - see admin.h: words to values, values to words. */
#include "admin.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <termios.h>
#include <unistd.h>

#include "args.h"
#include "ask.h"
#include "audit.h"
#include "backup.h"
#include "check.h"
#include "erase.h"
#include "install.h"
#include "keeper.h"
#include "people.h"
#include "plein/buf.h"
#include "plein/err.h"
#include "plein/fs.h"
#include "plein/log.h"
#include "restore.h"
#include "setting.h"
#include "tell.h"
#include "wiki/method.h"

#define KEY_FILE_MAX (64UL * 1024)
#define PASSWORD_LINE 512 /* bytes; more than one may have */

/* --- init ------------------------------------------------------------- */

static const char root_warning[] =
	"pleind: warning: this wiki belongs to root and will run as root\n"
	"pleind: warning: where there is a user plein, init gives it to that\n";

static int
run_init(int argc, char **argv)
{
	struct install what = { 0 };
	const struct args_option options[] = {
		{ "--template", &what.template },
		{ "--host", &what.domain },
		{ "--name", &what.name },
		{ NULL, NULL },
	};
	struct err err = ERR_INIT;
	bool as_root = false;
	int n = args_sort(argc - 2, argv + 2, options, &what.dir, 1, &err);

	if (n < 0)
		return tell_error(&err);
	if (n != 1)
		return tell_usage("init DIR [--template T] [--host DOMAIN] "
				  "[--name NAME]");
	err.code = install_run(&what, &as_root, &err);
	if (err.code)
		return tell_error(&err);
	if (as_root)
		(void)fputs(root_warning, stderr);
	return EXIT_DONE;
}

/* --- user ------------------------------------------------------------- */

/* The first line that is no comment. */
static int
read_key(const char *file, struct buf *key, struct err *err)
{
	struct buf all = BUF_INIT;
	char *line, *save = NULL;
	int rc = fs_read_at(AT_FDCWD, file, &all, KEY_FILE_MAX, err);

	if (rc) {
		buf_release(&all);
		return rc;
	}
	for (line = strtok_r(all.ptr, "\r\n", &save); line;
	     line = strtok_r(NULL, "\r\n", &save))
		if (line[0] != '#' && line[strspn(line, " \t")] != '\0')
			break;
	if (line && strncmp(line, "-----BEGIN", 10) == 0)
		rc = err_set(err, PLEIN_ERULE,
			     "%s holds a private key; the public one is in "
			     "%s.pub",
			     file, file);
	else if (line)
		buf_str(key, line);
	else
		rc = err_set(err, PLEIN_ERULE, "%s holds no key", file);
	buf_release(&all);
	return rc;
}

struct new_user {
	const char *words[2]; /* DIR HANDLE */
	const char *name, *role, *language, *key_file;
};

static int
add_user(const struct new_user *u, struct err *err)
{
	struct buf key = BUF_INIT;
	json_t *params, *result = NULL;
	int rc = 0;

	/* before the folder is entered and root perhaps left */
	if (u->key_file)
		rc = read_key(u->key_file, &key, err);
	if (!rc) {
		params = json_pack("{s:s, s:s, s:s, s:s*, s:s*}", "handle",
				   u->words[1], "name", u->name, "role",
				   u->role, "language", u->language, "key",
				   u->key_file ? key.ptr : NULL);
		rc = params ? ask_in(u->words[0], "user.add", params, &result,
				     err)
			    : err_set(err, PLEIN_ERULE,
				      "what was given is no UTF-8");
	}
	json_decref(result);
	buf_release(&key);
	return rc;
}

static int
run_user_add(int argc, char **argv)
{
	struct new_user u = { 0 };
	const struct args_option options[] = {
		{ "--name", &u.name },
		{ "--role", &u.role },
		{ "--lang", &u.language },
		{ "--key", &u.key_file },
		{ NULL, NULL },
	};
	struct err err = ERR_INIT;
	int n = args_sort(argc - 3, argv + 3, options, u.words, 2, &err);

	if (n < 0)
		return tell_error(&err);
	if (n != 2 || !u.name || !u.role)
		return tell_usage("user add DIR HANDLE --name N --role R "
				  "[--lang L] [--key FILE]");
	err.code = add_user(&u, &err);
	return err.code ? tell_error(&err) : EXIT_DONE;
}

/* DIR HANDLE and perhaps one word more. */
static int
ask_about_user(const char *const words[], const char *method, const char *name,
	       const char *value)
{
	struct err err = ERR_INIT;
	json_t *result = NULL;
	json_t *params =
		json_pack("{s:s, s:s}", "handle", words[1], name, value);

	err.code = params ? ask_in(words[0], method, params, &result, &err)
			  : err_set(&err, PLEIN_ERULE,
				    "what was given is no UTF-8");
	json_decref(result);
	return err.code ? tell_error(&err) : EXIT_DONE;
}

static int
run_user_reset(int argc, char **argv)
{
	static const struct args_option none[] = { { NULL, NULL } };
	const char *words[3]; /* DIR HANDLE WHAT */
	struct err err = ERR_INIT;
	int n = args_sort(argc - 3, argv + 3, none, words, 3, &err);

	if (n < 0)
		return tell_error(&err);
	if (n != 3)
		return tell_usage("user reset DIR HANDLE code|password");
	return ask_about_user(words, "user.reset", "what", words[2]);
}

/* A line of standard input, which a terminal does not show. */
static int
read_password(char out[PASSWORD_LINE], struct err *err)
{
	struct termios before, quiet;
	bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
	char *line;

	if (terminal) {
		(void)fputs("Password: ", stderr);
		quiet = before;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		terminal = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
	}
	line = fgets(out, PASSWORD_LINE, stdin);
	if (terminal) {
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		(void)fputc('\n', stderr);
	}
	if (!line)
		return err_set(err, PLEIN_ERULE, "no password was given");
	out[strcspn(out, "\r\n")] = '\0';
	return 0;
}

static int
run_user_password(int argc, char **argv)
{
	static const struct args_option none[] = { { NULL, NULL } };
	const char *words[2]; /* DIR HANDLE */
	char password[PASSWORD_LINE];
	struct err err = ERR_INIT;
	int n = args_sort(argc - 3, argv + 3, none, words, 2, &err), code;

	if (n < 0)
		return tell_error(&err);
	if (n != 2)
		return tell_usage("user password DIR HANDLE < password");
	if (read_password(password, &err))
		return tell_error(&err);
	code = ask_about_user(words, "user.password", "password", password);
	explicit_bzero(password, sizeof(password));
	return code;
}

static void
add_users(struct buf *out, const json_t *rows)
{
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		tell_field(out, row, "handle", '\t');
		tell_field(out, row, "role", '\t');
		buf_printf(
			out, "%d\t",
			(int)json_integer_value(json_object_get(row, "keys")));
		if (json_string_length(json_object_get(row, "language")))
			tell_field(out, row, "language", '\t');
		else
			buf_str(out, "-\t"); /* none chosen */
		tell_field(out, row, "name", '\n');
	}
}

/* All parts of the list. */
static int
list_users(const char *dir, struct buf *out, struct err *err)
{
	int data = ask_enter(dir, err), rc = data < 0 ? data : 0;
	json_t *params = json_object(), *result, *next;
	bool more = true;

	while (!rc && more) {
		result = NULL;
		rc = ask_wiki(data, "user.list", json_copy(params), &result,
			      err);
		add_users(out, json_object_get(result, "rows"));
		next = json_object_get(result, "next");
		more = next != NULL;
		if (more)
			(void)json_object_set(params, "after", next);
		json_decref(result);
	}
	json_decref(params);
	if (data >= 0)
		(void)close(data); /* it was only read */
	return rc;
}

static int
run_user_list(int argc, char **argv)
{
	static const struct args_option none[] = { { NULL, NULL } };
	struct err err = ERR_INIT;
	struct buf out = BUF_INIT;
	const char *dir;
	int n = args_sort(argc - 3, argv + 3, none, &dir, 1, &err), code;

	if (n < 0)
		return tell_error(&err);
	if (n != 1)
		return tell_usage("user list DIR");
	err.code = list_users(dir, &out, &err);
	code = err.code ? tell_error(&err) : tell(&out);
	buf_release(&out);
	return code;
}

static int
run_user(int argc, char **argv)
{
	const char *word = argc > 2 ? argv[2] : "";

	if (strcmp(word, "add") == 0)
		return run_user_add(argc, argv);
	if (strcmp(word, "list") == 0)
		return run_user_list(argc, argv);
	if (strcmp(word, "reset") == 0)
		return run_user_reset(argc, argv);
	if (strcmp(word, "password") == 0)
		return run_user_password(argc, argv);
	if (people_knows(word))
		return people_main(argc, argv);
	return tell_usage("user add|list|reset|password|requests|approve|"
			  "refuse|undo|block|unblock|close|role|invite DIR …");
}

/* --- protocol --------------------------------------------------------- */

static int
run_protocol(int argc, char **argv)
{
	struct buf out = BUF_INIT;
	int code;

	(void)argv;
	if (argc > 2)
		return tell_usage("protocol");
	method_document(&out);
	code = tell(&out);
	buf_release(&out);
	return code;
}

static const struct {
	const char *word;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "init", run_init },
	{ "user", run_user },
	{ "space", people_main },
	{ "audit", audit_main },
	{ "check", check_main },
	{ "backup", backup_main },
	{ "restore", restore_main },
	{ "health", keeper_health },
	{ "maintain", keeper_maintain },
	{ "reindex", keeper_reindex },
	{ "protocol", run_protocol },
	{ "erase", erase_main },
	{ "setting", setting_main },
};

int
admin_main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";
	size_t i;

	log_enable(0); /* people read stderr here, not programs */
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(commands[i].word, word) == 0)
			return commands[i].run(argc, argv);
	return tell_usage("init|user|space|audit|check|backup|restore|health|"
			  "maintain|reindex|erase|setting|protocol …");
}
