/*
 * program.c - a list for each program. Settings git must obey go by -c, so
 * that the repository's own configuration cannot undo them.
 */
#include "program.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/control.h"
#include "plein/mem.h"

#define FIXED_PATH "PATH=/usr/bin:/bin"
#define FIXED_LOCALE "LC_ALL=C.UTF-8"

static const char *const upload_words[] = {
	"git",
	"-c",
	"protocol.version=0",
	"-c",
	"uploadpack.allowFilter=true",
	"-c",
	"uploadpack.allowReachableSHA1InWant=true",
	"-c",
	"core.packedGitWindowSize=64m",
	"-c",
	"core.packedGitLimit=1g",
	"-c",
	"core.hooksPath=/dev/null",
	"-c",
	"gc.auto=0",
	"upload-pack",
	"--strict",
	"--timeout=120",
	NULL,
};

#define STRING_OF(n) #n
#define DATA_AT(n) "/proc/self/fd/" STRING_OF(n)
#define HOOKS DATA_AT(RECEIVE_DATA_FD) "/" RECEIVE_HOOKS

const char *const program_receive_hook = HOOKS "/" RECEIVE_HOOK_BEFORE;

/*
 * A push of few objects is kept as loose files, as saves are; a larger one as
 * the pack it came in. Refs other than branches and tags are hidden, so that
 * git itself refuses them; what else is no business of a push the hook says
 * in people's own words.
 */
static const char *const receive_words[] = {
	"git",
	"-c",
	"protocol.version=0",
	"-c",
	"core.hooksPath=" HOOKS,
	"-c",
	"core.fsync=all",
	"-c",
	"core.fsyncMethod=fsync",
	"-c",
	"core.bigFileThreshold=1m",
	"-c",
	"gc.auto=0",
	"-c",
	"pack.threads=1",
	"-c",
	"receive.autogc=false",
	"-c",
	"receive.advertisePushOptions=false",
	"-c",
	"receive.denyDeletes=true",
	"-c",
	"receive.denyNonFastForwards=true",
	"-c",
	"receive.fsckObjects=true",
	"-c",
	"receive.maxInputSize=64m",
	"-c",
	"receive.shallowUpdate=false",
	"-c",
	"receive.unpackLimit=20",
	"-c",
	"transfer.hideRefs=refs",
	"-c",
	"transfer.hideRefs=!refs/heads",
	"-c",
	"transfer.hideRefs=!refs/tags",
	"receive-pack",
	NULL,
};

/*
 * One processor of several, bounded memory, everything synced. -n: no files
 * for servers without git.
 */
#define TASK_WORDS \
	"git", "-c", "core.fsync=all", "-c", "core.hooksPath=/dev/null", "-c", \
		"gc.auto=0", "-c", "pack.threads=1", "-c", "pack.depth=10", \
		"-c", "pack.windowMemory=64m"

static const char *const pack_words[] = { TASK_WORDS, "repack",	       "-q",
					  "-n",	      "--geometric=2", NULL };

static const char *const graph_words[] = { TASK_WORDS,	      "commit-graph",
					   "write",	      "--reachable",
					   "--changed-paths", "--split",
					   "--no-progress",   NULL };

static const char *const tip_words[] = { TASK_WORDS,	    "rev-parse",
					 "--verify",	    "-q",
					 "refs/heads/main", NULL };

static const char *const content_words[] = { TASK_WORDS, "pack-objects",
					     "-q",	 "--revs",
					     "--stdout", "--delta-base-offset",
					     NULL };

/* Everything main reaches, wherever it lies, in one pack; nothing else. */
static const char *const gather_words[] = { TASK_WORDS, "repack", "-q", "-n",
					    "-a",	"-d",	  NULL };

static const char *const fsck_words[] = {
	TASK_WORDS,	 "fsck",	  "--strict", "--full",
	"--no-dangling", "--no-progress", NULL
};

struct row {
	const char *name;
	const char *const *words;
};

static const struct row tasks[] = { { "pack", pack_words },
				    { "graph", graph_words },
				    { NULL, NULL } };

static const struct row host_rows[] = {
	{ "tip", tip_words },	  { "content", content_words },
	{ "fsck", fsck_words },	  { "gather", gather_words },
	{ "graph", graph_words }, { NULL, NULL }
};

/* Without GIT_PROTOCOL: version 2 serves unreachable objects. */
static const char *const git_env[] = {
	FIXED_PATH,
	FIXED_LOCALE,
	"HOME=/nonexistent",
	"GIT_CONFIG_NOSYSTEM=1",
	"GIT_CONFIG_GLOBAL=/dev/null",
	NULL,
};

static void
add_word(char **list, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void
add_word(char **list, const char *fmt, ...)
{
	struct buf word = BUF_INIT;
	size_t n = 0;
	va_list ap;

	while (list[n])
		n++;
	assert(n < PROGRAM_WORDS);
	va_start(ap, fmt);
	buf_vprintf(&word, fmt, ap);
	va_end(ap);
	list[n] = buf_take(&word);
}

static const char *
choose_language(const char *language)
{
	return strcmp(language, "en") == 0 ? "en" : "nl";
}

static void
add_person(char **env, const struct program_person *who)
{
	struct buf line = BUF_INIT;

	display_write(&who->display, &line);
	add_word(env, DISPLAY_LANGUAGE_ENV "=%s",
		 choose_language(who->automatic));
	add_word(env, DISPLAY_ENV "=%s", line.ptr);
	buf_release(&line);
}

void
program_client(struct program *p, const struct order *o,
	       const struct program_person *who, const char *zone)
{
	const char *language = *who->language ? who->language : who->automatic;

	memset(p, 0, sizeof(*p));
	add_word(p->argv, "plein");
	add_word(p->argv, "%s", o->kind == ORDER_SCREEN ? "screen" : "command");
	if (o->line)
		add_word(p->argv, "%s", o->line);
	add_word(p->env, FIXED_PATH);
	add_word(p->env, FIXED_LOCALE);
	add_word(p->env, "LANGUAGE=%s", choose_language(language));
	add_word(p->env, "TERM=%s", o->term);
	add_word(p->env, "TZ=%s", zone);
	add_person(p->env, who);
	if (o->no_color)
		add_word(p->env, "NO_COLOR=1");
	if (o->ascii)
		add_word(p->env, "PLEIN_ASCII=1");
	if (o->first)
		add_word(p->env, CLIENT_FIRST_ENV "=%s", o->first);
	add_word(p->env, CLIENT_IDLE_ENV "=%ld", who->idle_minutes);
}

static void
add_all(char **list, const char *const *words)
{
	while (*words)
		add_word(list, "%s", *words++);
}

void
program_upload(struct program *p, const char *space)
{
	memset(p, 0, sizeof(*p));
	add_all(p->argv, upload_words);
	add_word(p->argv, "spaces/%s.git", space);
	add_all(p->env, git_env);
}

static bool
make_row(struct program *p, const struct row *rows, const char *name,
	 const char *space)
{
	const char *const *word;

	memset(p, 0, sizeof(*p));
	while (rows->name && strcmp(rows->name, name) != 0)
		rows++;
	if (!rows->name)
		return false;
	add_word(p->argv, "%s", rows->words[0]);
	add_word(p->argv, "--git-dir=spaces/%s.git", space);
	for (word = rows->words + 1; *word; word++)
		add_word(p->argv, "%s", *word);
	add_all(p->env, git_env);
	return true;
}

bool
program_task(struct program *p, const char *task, const char *space)
{
	return make_row(p, tasks, task, space);
}

bool
program_host(struct program *p, const char *what, const char *space)
{
	return make_row(p, host_rows, what, space);
}

void
program_receive(struct program *p, const char *space, const char *ticket,
		const char *language)
{
	memset(p, 0, sizeof(*p));
	add_all(p->argv, receive_words);
	add_word(p->argv, "spaces/%s.git", space);
	add_all(p->env, git_env);
	add_word(p->env, "LANGUAGE=%s", choose_language(language));
	add_word(p->env, RECEIVE_TICKET "=%s", ticket);
	add_word(p->env, RECEIVE_SPACE "=%s", space);
}

void
program_release(struct program *p)
{
	for (size_t i = 0; i < PROGRAM_WORDS; i++) {
		free(p->argv[i]);
		free(p->env[i]);
	}
	memset(p, 0, sizeof(*p));
}
