/* conf.c - one table of keys serves reading, defaults and writing. */
#include "plein/conf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "plein/attachment.h"
#include "plein/filter.h"
#include "plein/mem.h"

#define LISTEN_MAX 16
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

static const struct {
	const char *key;
	size_t field;
	const char *normal;
	const char *means;
} keys[] = {
	{ "naam", offsetof(struct conf, name), "Digitale Agenda Gemeenten",
	  "name of this wiki" },
	{ "domein", offsetof(struct conf, domain), "localhost",
	  "host name; authors are handle@domein" },
	{ "tijdzone", offsetof(struct conf, zone), "Europe/Amsterdam",
	  "times on screens" },
	{ "taal", offsetof(struct conf, language), "nl",
	  "language of new accounts: nl or en" },
	{ "bijlagen_mb", offsetof(struct conf, attachment_mb), "10",
	  "largest attachment in MB (MiB), 1 to 16" },
	{ "bijlagen_soorten", offsetof(struct conf, attachment_kinds),
	  ATTACHMENT_KINDS, "attachments end in one of these" },
};

#define N_KEYS (sizeof(keys) / sizeof(keys[0]))

static char **
field_of(const struct conf *c, size_t i)
{
	return (char **)(void *)((char *)(size_t)c + keys[i].field);
}

void
conf_init(struct conf *c)
{
	size_t i;

	memset(c, 0, sizeof(*c));
	for (i = 0; i < N_KEYS; i++)
		*field_of(c, i) = mem_strdup(keys[i].normal);
	vec_push(&c->listen, mem_strdup("127.0.0.1:2222"));
}

void
conf_release(struct conf *c)
{
	size_t i;

	for (i = 0; i < N_KEYS; i++) {
		free(*field_of(c, i));
		*field_of(c, i) = NULL;
	}
	vec_release(&c->listen, free);
}

/* The part of [s, end) without blanks around it. */
static char *
trimmed(const char *s, const char *end)
{
	while (s < end && strchr(" \t\r", *s))
		s++;
	while (end > s && strchr(" \t\r", end[-1]))
		end--;
	return mem_strndup(s, (size_t)(end - s));
}

static bool
is_language(const char *value)
{
	return strcmp(value, "nl") == 0 || strcmp(value, "en") == 0;
}

/* It becomes the right half of authors' mail addresses. */
static bool
is_host_name(const char *value)
{
	return value[strspn(value, LETTERS DIGITS ".-")] == '\0';
}

/* It becomes TZ, where a leading `:` or `/` would name any file. */
static bool
is_zone(const char *value)
{
	return strchr(LETTERS, value[0]) && !strstr(value, "..") &&
	       value[strspn(value, LETTERS DIGITS "_+-/,.")] == '\0';
}

static bool
is_megabytes(const char *value)
{
	size_t n = strspn(value, DIGITS);
	long mb = n <= 3 && !value[n] ? strtol(value, NULL, 10) : 0;

	return mb >= 1 && mb <= ATTACHMENT_MB_MAX;
}

static const struct {
	const char *key;
	bool (*holds)(const char *value);
	const char *must;
} rules[] = {
	{ "taal", is_language, "taal is nl or en" },
	{ "domein", is_host_name, "domein is a host name" },
	{ "tijdzone", is_zone, "tijdzone is a name like Europe/Amsterdam" },
	{ "bijlagen_mb", is_megabytes, "bijlagen_mb is a number, 1 to 16" },
	{ "bijlagen_soorten", attachment_is_list,
	  "bijlagen_soorten is a list like png pdf" },
};

static const char *
find_fault(const char *key, const char *value)
{
	size_t at, i;

	if (!*value)
		return "a value is missing";
	if (!filter_accepts(value, strlen(value), &at))
		return "a character cannot be shown";
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strcmp(key, rules[i].key) == 0 && !rules[i].holds(value))
			return rules[i].must;
	return NULL;
}

static int
check_value(const char *key, const char *value, int line, struct err *err)
{
	const char *fault = find_fault(key, value);

	if (!fault)
		return 0;
	return err_set(err, PLEIN_ERULE, "plein.conf line %d: %s", line, fault);
}

size_t
conf_attachment_max(const struct conf *c)
{
	return (size_t)strtol(c->attachment_mb, NULL, 10) << 20;
}

static int
set_value(struct conf *c, const char *key, const char *value, int line,
	  struct err *err)
{
	size_t i;
	int r = check_value(key, value, line, err);

	if (r < 0)
		return r;
	if (strcmp(key, "luister") == 0) {
		if (c->listen.len == LISTEN_MAX)
			return err_set(err, PLEIN_ERULE,
				       "plein.conf line %d: more than %d "
				       "addresses",
				       line, LISTEN_MAX);
		vec_push(&c->listen, mem_strdup(value));
		return 0;
	}
	for (i = 0; i < N_KEYS; i++) {
		if (strcmp(key, keys[i].key) != 0)
			continue;
		free(*field_of(c, i));
		*field_of(c, i) = mem_strdup(value);
		return 0;
	}
	return err_set(err, PLEIN_ERULE,
		       "plein.conf line %d: unknown key %.40s", line, key);
}

static int
parse_line(struct conf *c, const char *s, const char *end, int line,
	   struct err *err)
{
	const char *equals = memchr(s, '=', (size_t)(end - s));
	char *key, *value;
	int r;

	key = trimmed(s, equals ? equals : end);
	if ((!*key && !equals) || *key == '#') {
		free(key);
		return 0;
	}
	value = trimmed(equals ? equals + 1 : end, end);
	r = set_value(c, key, value, line, err);
	free(key);
	free(value);
	return r;
}

int
conf_parse(struct conf *c, const char *text, struct err *err)
{
	struct vec normal = c->listen;
	const char *end;
	int line = 0, r = 0;

	/* Addresses in the file stand in place of the default. */
	c->listen = (struct vec)VEC_INIT;
	while (*text && r == 0) {
		end = text + strcspn(text, "\n");
		r = parse_line(c, text, end, ++line, err);
		text = *end ? end + 1 : end;
	}
	if (c->listen.len == 0)
		c->listen = normal;
	else
		vec_release(&normal, free);
	return r;
}

void
conf_format(const struct conf *c, struct buf *out)
{
	size_t i;

	buf_str(out, "# Settings of this wiki. SIGHUP makes a running server "
		     "read them again;\n# addresses count from the next "
		     "start.\n");
	for (i = 0; i < N_KEYS; i++)
		buf_printf(out, "\n# %s\n%s = %s\n", keys[i].means, keys[i].key,
			   *field_of(c, i));
	buf_str(out, "\n# address:port to listen on; may be repeated\n");
	for (i = 0; i < c->listen.len; i++)
		buf_printf(out, "luister = %s\n",
			   (const char *)c->listen.items[i]);
}
