/* rounds.h - a round in the town, and people who answer in it. */
#ifndef PLEIN_TEST_ROUNDS_H
#define PLEIN_TEST_ROUNDS_H

#include "town.h"

#define HOST_ROLE ROLE_REDACTEUR

/* A round on common ground with a step of roles, one of names, one without
 * any; its number is 1. */
static inline void
open_round(struct town *t, const char *more)
{
	struct buf params = BUF_INIT;
	json_t *j;

	buf_printf(&params,
		   "{'address':'" TOWN_HERE "','title':'Meten'%s,'steps':"
		   "'## Rol\\nzichtbaar: rol\\ngroepeer: waarden\\n"
		   "## Naam\\n## Stil\\nzichtbaar: anoniem\\n'}",
		   more);
	j = town_get(t, HOST_ROLE, "round.open", params.ptr);
	assert_int_equal(town_number(j, "round"), 1);
	json_decref(j);
	buf_release(&params);
}

static inline int
answer(struct town *t, enum role role, int step, const char *text)
{
	struct buf params = BUF_INIT;
	int rc;

	buf_printf(&params, "{'round':1,'step':%d,'text':'%s'}", step, text);
	rc = town_ask(t, role, "round.answer", params.ptr, NULL);
	buf_release(&params);
	return rc;
}

/* As text, what somebody sees of a step; free() it. */
static inline char *
look(struct town *t, enum role role, int step)
{
	struct buf params = BUF_INIT;
	json_t *j;
	char *text;

	buf_printf(&params, "{'round':1,'step':%d}", step);
	j = town_get(t, role, "round.read", params.ptr);
	text = json_dumps(j, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(j);
	buf_release(&params);
	return text;
}

static inline bool
sees(struct town *t, enum role role, int step, const char *words)
{
	char *text = look(t, role, step);
	bool found = strstr(text, words) != NULL;

	free(text);
	return found;
}

/* Somebody more, who may write: their number makes their handle. */
static inline void
add_person(struct town *t, int n, struct caller **out)
{
	char handle[16];
	struct account a;

	(void)snprintf(handle, sizeof(handle), "mens%d", n);
	assert_int_equal(account_add(t->desk.state, handle, "Iemand",
				     ROLE_BIJDRAGER, "nl", &t->err),
			 0);
	assert_int_equal(account_get(t->desk.state, handle, &a, &t->err), 0);
	*out = caller_sign_in(t->roles[ROLE_NONE], &a, "SHA256:x");
	account_release(&a);
}

/* So many others answer a step, each with "stem <n>". */
static inline void
crowd_answers(struct town *t, int step, int n)
{
	struct caller *was = t->roles[ROLE_BIJDRAGER];
	char text[32];
	int i;

	for (i = 0; i < n; i++) {
		add_person(t, i, &t->roles[ROLE_BIJDRAGER]);
		(void)snprintf(text, sizeof(text), "stem %d", i);
		assert_int_equal(answer(t, ROLE_BIJDRAGER, step, text), 0);
		caller_free(t->roles[ROLE_BIJDRAGER]);
	}
	t->roles[ROLE_BIJDRAGER] = was;
}

static inline void
end_step(struct town *t, int step)
{
	struct buf params = BUF_INIT;

	buf_printf(&params, "{'round':1,'step':%d}", step);
	json_decref(town_get(t, HOST_ROLE, "round.step", params.ptr));
	buf_release(&params);
}

#endif
