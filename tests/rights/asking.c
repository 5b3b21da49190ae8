/* asking.c - see asking.h. */
#include "asking.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static bool
begins_with(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* Refused by the method's own right, which is the same for all objects? */
static bool
lacks_right(const struct rpc_msg *m, const char *method)
{
	return begins_with(m->message, method) &&
	       begins_with(m->message + strlen(method), " needs the right ");
}

/* The word of the table for an answer. */
static const char *
word_of(const struct rpc_msg *m, const char *method)
{
	static const char *const names[] = {
		[-PLEIN_ENOTFOUND] = "none",	 [-PLEIN_EEXISTS] = "exists",
		[-PLEIN_ECONFLICT] = "conflict", [-PLEIN_ESAME] = "same",
		[-PLEIN_EBUSY] = "busy",	 [-PLEIN_EUSAGE] = "usage",
		[-PLEIN_ERULE] = "rule",
	};
	const char *rule = json_string_value(json_object_get(m->args, "rule"));
	int n = -m->code;

	if (m->kind == RPC_RESULT)
		return "yes";
	if (m->code == PLEIN_EDENIED && !rule)
		return lacks_right(m, method) ? "-" : "not";
	if (rule)
		return rule;
	if (n > 0 && n < (int)(sizeof(names) / sizeof(names[0])) && names[n])
		return names[n];
	return m->message;
}

static int
check_answer(const struct sheet *t, const struct row *r, int column,
	     struct visit *v)
{
	const char *word, *expected = r->cells[column];
	struct rpc_msg m;
	int wrong;

	visit_hear(v, &m);
	word = v->gone ? "gone" : word_of(&m, r->what);
	wrong = !sheet_agrees(expected, word);
	if (m.kind == RPC_RESULT)
		cast_remember(cast_of_column(t, column), m.result);
	if (wrong)
		print_error("%s:%d: %s (%s) of %s is \"%s\", not \"%s\": %s\n",
			    t->path, r->line, r->what, r->object,
			    t->columns[column], word, expected,
			    m.message ? m.message : "");
	rpc_msg_release(&m);
	return wrong;
}

int
asking_row(const struct fixture *f, const struct sheet *t, const struct row *r,
	   struct visit visits[PERSON_N])
{
	enum person p;
	char *json;
	int wrong = 0;

	for (int i = 0; i < t->n_columns; i++) {
		p = cast_of_column(t, i);
		json = cast_fill(f, r->request, p);
		visit_ask(&visits[p], r->what, json_loads(json, 0, NULL));
		free(json);
	}
	for (int i = 0; i < t->n_columns; i++)
		wrong += check_answer(t, r, i, &visits[cast_of_column(t, i)]);
	return wrong;
}
