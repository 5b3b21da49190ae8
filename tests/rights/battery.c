/* battery.c - see battery.h. */
#include "battery.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/fs.h"
#include "plein/mem.h"

#define DOCUMENT "docs/protocol.md"

/* --- the document ----------------------------------------------------------- */

/* What stands behind `head` in this line; NULL: it does not begin so. */
static const char *
behind(const char *line, const char *head)
{
	size_t len = strlen(head);

	return strncmp(line, head, len) == 0 ? line + len : NULL;
}

static json_t *
last_method(const struct battery *b)
{
	return json_array_get(b->methods, json_array_size(b->methods) - 1);
}

/* | `name` | text, required | 64 bytes | … */
static void
add_param(const struct battery *b, const char *s)
{
	const char *end = strchr(s, '`');
	const char *type = strstr(end, "| ") + 2;

	(void)json_array_append_new(
		json_object_get(last_method(b), "params"),
		json_pack("{s:o, s:o, s:b}", "name",
			  json_stringn(s, (size_t)(end - s)), "type",
			  json_stringn(type, strcspn(type, ", ")), "required",
			  strstr(type, "required") != NULL &&
				  strstr(type, "required") <
					  strchr(type, '|')));
}

static void
read_line(struct battery *b, const char *line)
{
	const char *rest;

	if ((rest = behind(line, "### ")))
		(void)json_array_append_new(
			b->methods,
			json_pack("{s:s, s:[]}", "method", rest, "params"));
	else if (json_array_size(b->methods) == 0)
		return;
	else if ((rest = behind(line, "- who: right `")))
		(void)json_object_set_new(
			last_method(b), "right",
			json_stringn(rest, strcspn(rest, "`")));
	else if ((rest = behind(line, "- runs: ")))
		(void)json_object_set_new(
			last_method(b), "gathered",
			json_boolean(strstr(rest, "within") != NULL));
	else if ((rest = behind(line, "| `")))
		add_param(b, rest);
}

void
battery_read(struct battery *b, json_t *words_take, const char *const *spared)
{
	struct buf text = BUF_INIT;
	char *line, *rest = NULL;

	memset(b, 0, sizeof(*b));
	b->methods = json_array();
	b->words = words_take;
	b->spared = spared;
	assert_int_equal(
		fs_read_at(AT_FDCWD, DOCUMENT, &text, (size_t)4 << 20, NULL),
		0);
	for (line = strtok_r(text.ptr, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest))
		read_line(b, line);
	buf_release(&text);
}

void
battery_release(struct battery *b)
{
	json_decref(b->methods);
	json_decref(b->words);
}

static bool
is_spared(const struct battery *b, const char *method)
{
	const char *const *s = b->spared;

	while (*s && strcmp(*s, method) != 0)
		s++;
	return *s != NULL;
}

size_t
battery_size(const struct battery *b)
{
	const json_t *m;
	size_t i, n = 0;

	json_array_foreach(b->methods, i, m)
	{
		n += !is_spared(
			b, json_string_value(json_object_get(m, "method")));
	}
	return n;
}

/* --- questions -------------------------------------------------------------- */

static const char *
text_of(const json_t *j, const char *key)
{
	const char *s = json_string_value(json_object_get(j, key));

	return s ? s : "";
}

/* The i-th value that a parameter may have; NULL behind the last. */
static json_t *
value_of(const struct battery *b, const json_t *param, size_t i)
{
	const json_t *own = json_object_get(b->words, text_of(param, "name"));
	const char *type = text_of(param, "type");

	if (own)
		return json_incref(json_array_get(own, i));
	if (i > 0)
		return NULL;
	if (strcmp(type, "text") == 0)
		return json_string("x");
	return strcmp(type, "number") == 0 ? json_integer(1) : json_true();
}

static json_t *
required_of(const struct battery *b, const json_t *method)
{
	json_t *params = json_object(), *p;
	size_t i;

	json_array_foreach(json_object_get(method, "params"), i, p)
	{
		if (json_is_true(json_object_get(p, "required")))
			(void)json_object_set_new(params, text_of(p, "name"),
						  value_of(b, p, 0));
	}
	return params;
}

static void
hear(struct visit *v)
{
	struct rpc_msg m;

	if (v->gone)
		return;
	visit_hear(v, &m);
	rpc_msg_release(&m);
}

static bool
is_gathered(const json_t *method)
{
	return json_is_true(json_object_get(method, "gathered"));
}

/* One after the other, so that it goes the same way each time; but what is
 * gathered for a while before it is done is heard when all of it was asked. */
static void
ask(const json_t *method, json_t *params_take, struct visit *const *visits,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!visits[i]->gone)
			visit_ask(visits[i], text_of(method, "method"),
				  json_incref(params_take));
		if (!is_gathered(method))
			hear(visits[i]);
	}
	json_decref(params_take);
}

/* With what is required, and every value of this parameter. */
static void
vary(const struct battery *b, const json_t *method, const json_t *param,
     struct visit *const *visits, size_t n)
{
	json_t *params, *value;
	size_t i;

	for (i = 0; (value = value_of(b, param, i)); i++) {
		params = required_of(b, method);
		(void)json_object_set_new(params, text_of(param, "name"),
					  value);
		ask(method, params, visits, n);
	}
}

/* Every round with every step of it. */
static void
cross(const struct battery *b, const json_t *method,
      struct visit *const *visits, size_t n)
{
	json_t *rounds = json_object_get(b->words, "round");
	json_t *steps = json_object_get(b->words, "step");
	json_t *round, *step, *params;
	size_t i, k;

	json_array_foreach(rounds, i, round)
	{
		json_array_foreach(steps, k, step)
		{
			params = required_of(b, method);
			(void)json_object_set(params, "round", round);
			(void)json_object_set(params, "step", step);
			ask(method, params, visits, n);
		}
	}
}

static bool
takes(const json_t *method, const char *name)
{
	const json_t *p;
	size_t i;

	json_array_foreach(json_object_get(method, "params"), i, p)
	{
		if (strcmp(text_of(p, "name"), name) == 0)
			return true;
	}
	return false;
}

static void
ask_method(const struct battery *b, const json_t *method,
	   struct visit *const *visits, size_t n)
{
	const json_t *p;
	size_t i;

	ask(method, required_of(b, method), visits, n);
	json_array_foreach(json_object_get(method, "params"), i, p)
	{
		vary(b, method, p, visits, n);
	}
	if (takes(method, "round") && takes(method, "step"))
		cross(b, method, visits, n);
	for (i = 0; i < n && is_gathered(method); i++)
		hear(visits[i]);
}

void
battery_ask(const struct battery *b, struct visit *const *visits, size_t n)
{
	const json_t *m;
	size_t i;

	json_array_foreach(b->methods, i, m)
	{
		if (!is_spared(b, text_of(m, "method")))
			ask_method(b, m, visits, n);
	}
}
