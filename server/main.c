/*
 * pleind - the daemon and its administrator's commands: choose by the first
 * word, nothing more.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "admin.h"
#include "forced.h"
#include "hook.h"
#include "import.h"
#include "keyline.h"
#include "plein/jsontext.h"
#include "serve.h"

static const char usage[] =
	"usage: pleind init DIR [--template T] [--host DOMAIN] [--name NAME]\n"
	"       pleind serve DIR [--listen ADDR:PORT]... [--front PATH]\n"
	"       pleind user requests DIR\n"
	"       pleind user approve DIR HANDLE [--role R]\n"
	"       pleind user refuse DIR HANDLE --reason T\n"
	"       pleind user undo DIR HANDLE\n"
	"       pleind user block DIR HANDLE [--reason T]\n"
	"       pleind user close DIR HANDLE\n"
	"       pleind user unblock DIR HANDLE\n"
	"       pleind user role DIR HANDLE ROLE\n"
	"       pleind user invite DIR [--role R] [--days N] [--uses N]\n"
	"       pleind user add DIR HANDLE --name N --role R [--lang L]\n"
	"                                  [--key FILE]\n"
	"       pleind user list DIR\n"
	"       pleind user reset DIR HANDLE code|password\n"
	"       pleind user password DIR HANDLE < password\n"
	"       pleind space add DIR NAME [--title T] [--private]\n"
	"       pleind space set DIR NAME [--title T] [--private|--public]\n"
	"       pleind space list DIR\n"
	"       pleind space remove DIR NAME\n"
	"       pleind space members DIR NAME\n"
	"       pleind space role DIR NAME HANDLE ROLE\n"
	"       pleind space dismiss DIR NAME HANDLE\n"
	"       pleind audit list DIR [--since DATE] [--json]\n"
	"       pleind audit verify DIR [--head HEAD]\n"
	"       pleind check DIR\n"
	"       pleind backup DIR FILE|-\n"
	"       pleind restore FILE DIR\n"
	"       pleind health DIR [--json]\n"
	"       pleind maintain DIR\n"
	"       pleind reindex DIR\n"
	"       pleind erase DIR [PAGE] [--version N | --text WORDS |\n"
	"                                --address NEW]\n"
	"                       --reason T [--space S]\n"
	"       pleind import DIR REPO [--prefix FOLDER] [--space NAME]\n"
	"       pleind keys FRONT USER TYPE KEY\n"
	"       pleind session FRONT --account H --type T --key K\n"
	"       pleind setting DIR [NAME [VALUE]]\n"
	"       pleind protocol\n"
	"       pleind --version | --help\n";

static int
serve(int argc, char **argv)
{
	return serve_main(argc - 1, argv + 1);
}

/* For whoever wants to try: git calls us by the name of the hook. */
static int
run_hook(int argc, char **argv)
{
	if (argc > 2 && hook_is_one(argv[2]))
		return hook_main(argc - 2, argv + 2);
	(void)fputs("usage: pleind hook NAME [STATE]\n", stderr);
	return 2;
}

static int
print_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return printf("pleind %s\n", PLEIN_VERSION) < 0;
}

static int
print_help(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return fputs(usage, stdout) < 0;
}

static const struct {
	const char *word;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "serve", serve },
	{ "init", admin_main },
	{ "hook", run_hook },
	{ "keys", keyline_main },
	{ "session", forced_main },
	{ "user", admin_main },
	{ "space", admin_main },
	{ "audit", admin_main },
	{ "check", admin_main },
	{ "import", import_main },
	{ "health", admin_main },
	{ "maintain", admin_main },
	{ "reindex", admin_main },
	{ "backup", admin_main },
	{ "restore", admin_main },
	{ "erase", admin_main },
	{ "setting", admin_main },
	{ "protocol", admin_main },
	{ "--version", print_version },
	{ "--help", print_help },
	{ "-h", print_help },
};

int
main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";
	int status = 2;
	size_t i;

	/* at once: shut in as git is, nobody looks for leaks */
	if (argc > 0 && hook_is_one(argv[0]))
		_exit(hook_main(argc, argv));
	jsontext_wipe();
	setproctitle_init(argc, argv, environ);
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(commands[i].word, word) == 0)
			break;
	if (i < sizeof(commands) / sizeof(commands[0]))
		status = commands[i].run(argc, argv);
	else
		(void)fputs(usage, stderr);
	if (fflush(stdout) != 0 && status == 0)
		status = 1;
	return status;
}
