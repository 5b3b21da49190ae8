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

/* Without GIT_PROTOCOL: version 2 serves unreachable objects. */
static const char *const upload_env[] = {
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

void
program_upload(struct program *p, const char *space)
{
	memset(p, 0, sizeof(*p));
	for (size_t i = 0; i < sizeof(upload_words) / sizeof(char *); i++)
		add_word(p->argv, "%s", upload_words[i]);
	add_word(p->argv, "spaces/%s.git", space);
	for (size_t i = 0; i < sizeof(upload_env) / sizeof(char *); i++)
		add_word(p->env, "%s", upload_env[i]);
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
