/*
 * program.c - two programs, each with its list. Settings git must obey go by
 * -c, so that the repository's own configuration cannot undo them.
 */
#include "program.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
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
	"core.hooksPath=/dev/null",
	"-c",
	"gc.auto=0",
	"upload-pack",
	"--strict",
	"--timeout=120",
};

/*
 * One processor of several, bounded memory, everything synced. -n: no files
 * for servers without git.
 */
#define TASK_WORDS \
	"git", "-c", "core.fsync=all", "-c", "core.hooksPath=/dev/null", "-c", \
		"gc.auto=0", "-c", "pack.threads=1", "-c", \
		"pack.windowMemory=64m"

static const char *const pack_words[] = { TASK_WORDS, "repack",	       "-q",
					  "-n",	      "--geometric=2", NULL };

static const char *const graph_words[] = { TASK_WORDS,	      "commit-graph",
					   "write",	      "--reachable",
					   "--changed-paths", "--split",
					   "--no-progress",   NULL };

static const struct {
	const char *name;
	const char *const *words;
} tasks[] = {
	{ "pack", pack_words },
	{ "graph", graph_words },
};

/* Without GIT_PROTOCOL: version 2 serves unreachable objects. */
static const char *const git_env[] = {
	FIXED_PATH,
	FIXED_LOCALE,
	"HOME=/nonexistent",
	"GIT_CONFIG_NOSYSTEM=1",
	"GIT_CONFIG_GLOBAL=/dev/null",
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

void
program_client(struct program *p, const struct order *o, const char *language,
	       const char *zone)
{
	memset(p, 0, sizeof(*p));
	add_word(p->argv, "plein");
	add_word(p->argv, "%s", o->kind == ORDER_SCREEN ? "screen" : "command");
	if (o->line)
		add_word(p->argv, "%s", o->line);
	add_word(p->env, FIXED_PATH);
	add_word(p->env, FIXED_LOCALE);
	add_word(p->env, "LANGUAGE=%s",
		 strcmp(language, "en") == 0 ? "en" : "nl");
	add_word(p->env, "TERM=%s", o->term);
	add_word(p->env, "TZ=%s", zone);
	if (o->no_color)
		add_word(p->env, "NO_COLOR=1");
}

static void
add_git_env(struct program *p)
{
	for (size_t i = 0; i < sizeof(git_env) / sizeof(char *); i++)
		add_word(p->env, "%s", git_env[i]);
}

void
program_upload(struct program *p, const char *space)
{
	memset(p, 0, sizeof(*p));
	for (size_t i = 0; i < sizeof(upload_words) / sizeof(char *); i++)
		add_word(p->argv, "%s", upload_words[i]);
	add_word(p->argv, "spaces/%s.git", space);
	add_git_env(p);
}

bool
program_task(struct program *p, const char *task, const char *space)
{
	const char *const *word;
	size_t i;

	memset(p, 0, sizeof(*p));
	for (i = 0; i < sizeof(tasks) / sizeof(tasks[0]); i++)
		if (strcmp(tasks[i].name, task) == 0)
			break;
	if (i == sizeof(tasks) / sizeof(tasks[0]))
		return false;
	add_word(p->argv, "%s", tasks[i].words[0]);
	add_word(p->argv, "--git-dir=spaces/%s.git", space);
	for (word = tasks[i].words + 1; *word; word++)
		add_word(p->argv, "%s", *word);
	add_git_env(p);
	return true;
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
