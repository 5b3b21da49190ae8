/*
 * The grammar of an exec line, as far as this process looks at it:
 *
 *   line    = service 1*blank path *blank / "git" anything / anything else
 *   service = "git-upload-pack" / "git upload-pack" / …
 *   path    = "'" name "'" / name
 *   name    = ["/"] space [".git"] ["/"]
 *
 * Only a line of git is taken apart, because git's program is started for
 * it; everything else goes to plein as one argument. The quotes are those
 * git puts around a path (sq_quote in its connect.c); a name that needs any
 * escape is no space.
 */
#include "ssh/route.h"

#include <string.h>

#include "plein/path.h"
#include "plein/utf8.h"

struct service {
	const char *words;
	enum route_kind kind;
};

static const struct service services[] = {
	{ "git-upload-pack", ROUTE_UPLOAD },
	{ "git upload-pack", ROUTE_UPLOAD },
	{ "git-receive-pack", ROUTE_RECEIVE },
	{ "git receive-pack", ROUTE_RECEIVE },
};

#define N_SERVICES (sizeof(services) / sizeof(services[0]))

static const char *const kind_names[] = { "screen",  "command", "upload",
					  "receive", "refuse",	"bad" };

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static const char *
skip_blanks(const char *s)
{
	while (is_blank(*s))
		s++;
	return s;
}

static bool
starts_with_word(const char *line, const char *word)
{
	size_t len = strlen(word);

	return strncmp(line, word, len) == 0 &&
	       (line[len] == '\0' || is_blank(line[len]));
}

static bool
is_about_git(const char *line)
{
	return strncmp(line, "git-", 4) == 0 || starts_with_word(line, "git");
}

static const struct service *
find_service(const char *line)
{
	for (size_t i = 0; i < N_SERVICES; i++)
		if (starts_with_word(line, services[i].words))
			return &services[i];
	return NULL;
}

/* The one argument, without its quotes; its length, or 0 when it is not one. */
static size_t
parse_argument(const char *s, const char **arg)
{
	bool quoted = *s == '\'';
	size_t len;
	const char *rest;

	*arg = s + (quoted ? 1 : 0);
	len = strcspn(*arg, quoted ? "'" : " \t'\"\\");
	rest = *arg + len;
	if (quoted) {
		if (*rest != '\'')
			return 0;
		rest++;
	}
	return *skip_blanks(rest) == '\0' ? len : 0;
}

static bool
parse_space(const char *arg, size_t len, char *out, size_t size)
{
	static const char suffix[] = ".git";
	const size_t n = sizeof(suffix) - 1;

	if (len > 0 && arg[0] == '/') {
		arg++;
		len--;
	}
	if (len > 0 && arg[len - 1] == '/')
		len--;
	if (len > n && memcmp(arg + len - n, suffix, n) == 0)
		len -= n;
	if (len == 0 || len >= size)
		return false;
	memcpy(out, arg, len);
	out[len] = '\0';
	return space_is_valid(out);
}

/* NULL when it is served: then out->space is set. */
static const char *
find_reason_against_git(struct route *out, const struct service *service,
			bool terminal, const char *line)
{
	const char *arg;
	size_t len;

	if (service == NULL)
		return "git";
	if (terminal)
		return "terminal";
	len = parse_argument(skip_blanks(line + strlen(service->words)), &arg);
	if (!parse_space(arg, len, out->space_buf, sizeof(out->space_buf)))
		return "git";
	out->space = out->space_buf;
	return NULL;
}

static void
decide_git(struct route *out, bool terminal, const char *line)
{
	const struct service *service = find_service(line);

	out->reason = find_reason_against_git(out, service, terminal, line);
	out->kind = out->reason == NULL ? service->kind : ROUTE_REFUSE;
}

static const char *
find_reason_against_line(const char *exec)
{
	size_t len = strnlen(exec, ROUTE_LINE_MAX + 1);

	if (len > ROUTE_LINE_MAX)
		return "length";
	return utf8_is_valid(exec, len) ? NULL : "encoding";
}

void
route_decide(struct route *out, bool terminal, const char *exec)
{
	memset(out, 0, sizeof(*out));
	out->kind = terminal ? ROUTE_SCREEN : ROUTE_COMMAND;
	out->space = "";
	out->line = "";
	if (exec == NULL)
		return;
	out->reason = find_reason_against_line(exec);
	if (out->reason != NULL) {
		out->kind = ROUTE_BAD;
		return;
	}
	out->line = skip_blanks(exec);
	if (is_about_git(out->line))
		decide_git(out, terminal, out->line);
}

const char *
route_kind_name(enum route_kind kind)
{
	return kind_names[kind];
}
