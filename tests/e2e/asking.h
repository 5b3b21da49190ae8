/*
 * asking.h - commands without a terminal, with the stock ssh client: what the
 * programs that test them share.
 */
#ifndef PLEIN_E2E_ASKING_H
#define PLEIN_E2E_ASKING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "served.h"

/* Run, compare the exit status, give stdout (free it). */
static inline char *
ask(const char *line, const char *input, int status)
{
	struct proc_result r;
	char *out;

	fixture_ssh(&wiki, line, input, &r);
	if (r.status != status)
		fail_msg("%s: status %d instead of %d\nout: %s\nerr: %s", line,
			 r.status, status, r.out.ptr, r.err.ptr);
	out = mem_strdup(r.out.ptr);
	proc_result_release(&r);
	return out;
}

static inline char *
complain(const char *line, const char *input, int status)
{
	struct proc_result r;
	char *err;

	fixture_ssh(&wiki, line, input, &r);
	if (r.status != status)
		fail_msg("%s: status %d instead of %d\nout: %s\nerr: %s", line,
			 r.status, status, r.out.ptr, r.err.ptr);
	assert_string_equal(r.out.ptr, "");
	assert_true(r.err.len > 0);
	err = mem_strdup(r.err.ptr);
	proc_result_release(&r);
	return err;
}

static inline void
expect(const char *line, int status, const char *part)
{
	char *out = ask(line, NULL, status);

	if (!strstr(out, part))
		fail_msg("%s: no \"%s\" in\n%s", line, part, out);
	free(out);
}

static inline json_t *
ask_json(const char *line, const char *input, int status)
{
	char *out = ask(line, input, status);
	json_t *j = json_loads(out, 0, NULL);

	if (!j)
		fail_msg("%s: not one JSON object: %s", line, out);
	free(out);
	return j;
}

static inline const char *
text_of(const json_t *j, const char *key)
{
	const char *s = json_string_value(json_object_get(j, key));

	if (!s)
		fail_msg("no text \"%s\"", key);
	return s;
}

#endif
