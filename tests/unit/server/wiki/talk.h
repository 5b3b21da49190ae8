/*
 * talk.h - what the tests of discussions have in common: asking with
 * parameters as printf() makes them, and a thread to begin with.
 */
#ifndef PLEIN_TEST_TALK_H
#define PLEIN_TEST_TALK_H

#include "town.h"

#include <poll.h>
#include <time.h>

static inline char *
take(json_t *answer_take, const char *key)
{
	char *s = mem_strdup(town_text(answer_take, key));

	json_decref(answer_take);
	return s;
}

static inline json_t *
get(struct town *t, enum role role, const char *method, const char *format, ...)
{
	struct buf params = BUF_INIT;
	json_t *answer;
	va_list ap;

	va_start(ap, format);
	buf_vprintf(&params, format, ap);
	va_end(ap);
	answer = town_get(t, role, method, params.ptr);
	buf_release(&params);
	return answer;
}

static inline void
refuse(struct town *t, enum role role, int code, const char *method,
       const char *format, ...)
{
	struct buf params = BUF_INIT;
	va_list ap;

	va_start(ap, format);
	buf_vprintf(&params, format, ap);
	va_end(ap);
	assert_int_equal(town_ask(t, role, method, params.ptr, NULL), code);
	buf_release(&params);
}

/* A thread by a contributor, with two remarks and an answer: its code. */
static inline char *
fill(struct town *t)
{
	char *thread = take(get(t, ROLE_BIJDRAGER, "thread.start",
				"{'address':'" TOWN_HERE "','title':'Wat nu?',"
				"'text':'Moeten we niet @redacteur vragen?'}"),
			    "thread");
	char *two = take(get(t, ROLE_REDACTEUR, "remark.add",
			     "{'thread':'%s','text':'Let ook op bewaren.'}",
			     thread),
			 "remark");

	json_decref(get(t, ROLE_BIJDRAGER, "remark.add",
			"{'thread':'%s','text':'Eens.','reply':'%s'}", thread,
			two));
	json_decref(get(t, ROLE_BEHEERDER, "remark.add",
			"{'thread':'%s','text':'Ook eens.'}", thread));
	free(two);
	return thread;
}

static inline char *
name_of(struct town *t, const char *thread, const char *number)
{
	json_t *answer = get(t, ROLE_LEZER, "thread.read", "{'thread':'%s'}",
			     thread),
	       *row;
	char *name = NULL;
	size_t i;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		const char *n =
			json_string_value(json_object_get(row, "number"));

		if (n && strcmp(n, number) == 0)
			name = mem_strdup(town_text(row, "remark"));
	}
	json_decref(answer);
	if (!name)
		fail_msg("no remark %s", number);
	return name;
}

/* This second, which is over when it is told. */
static inline long
now_and_later(void)
{
	long now = (long)time(NULL);

	while (time(NULL) <= now)
		(void)poll(NULL, 0, 10);
	return now;
}

#endif
