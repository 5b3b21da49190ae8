/*
 * err.c - errors as number, name and line.
 *
 * The line may quote names and bytes of other people, and it travels as a
 * JSON string: whatever is not UTF-8 or would break the line becomes '?'.
 */
#include "plein/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "plein/utf8.h"

static const char *const names[] = {
	"ok",	    "usage",   "denied",   "not-found", "exists",  "conflict",
	"same",	    "rule",    "too-big",  "busy",	"unknown", "io",
	"no-space", "corrupt", "protocol", "closed",
};

#define N_NAMES ((int)(sizeof(names) / sizeof(names[0])))

_Static_assert(sizeof(names) / sizeof(names[0]) == 1 - PLEIN_ELAST,
	       "every code has a name");

static void
make_one_clean_line(char *s)
{
	size_t len = strlen(s), pos = 0, n;
	uint32_t cp;

	while ((n = utf8_decode(s + pos, len - pos, &cp)) > 0) {
		if (cp == '\n' || cp == '\t')
			s[pos] = ' ';
		else if (cp < 0x20 || cp == 0x7f || cp == UINT32_MAX)
			s[pos] = '?';
		pos += n;
	}
}

__attribute__((format(printf, 3, 0))) static void
fill(struct err *err, int code, const char *fmt, va_list ap)
{
	err->code = code;
	err->rule = NULL;
	err->at = 0;
	(void)vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
	make_one_clean_line(err->msg);
}

int
err_set(struct err *err, int code, const char *fmt, ...)
{
	va_list ap;

	if (err == NULL)
		return code;
	va_start(ap, fmt);
	fill(err, code, fmt, ap);
	va_end(ap);
	return code;
}

int
err_rule(struct err *err, int code, const char *rule, long at, const char *fmt,
	 ...)
{
	va_list ap;

	if (err == NULL)
		return code;
	va_start(ap, fmt);
	fill(err, code, fmt, ap);
	va_end(ap);
	err->rule = rule;
	err->at = at;
	return code;
}

static int
code_of_errno(int errnum)
{
	if (errnum == ENOSPC || errnum == EDQUOT || errnum == EFBIG)
		return PLEIN_ENOSPACE;
	return errnum == ENOENT ? PLEIN_ENOTFOUND : PLEIN_EIO;
}

int
err_set_errno(struct err *err, int errnum, const char *fmt, ...)
{
	struct err what;
	char why[80];
	va_list ap;

	if (err == NULL)
		return code_of_errno(errnum);
	va_start(ap, fmt);
	(void)vsnprintf(what.msg, sizeof(what.msg), fmt, ap);
	va_end(ap);
	return err_set(err, code_of_errno(errnum), "%s: %s", what.msg,
		       strerror_r(errnum, why, sizeof(why)));
}

void
err_prefix(struct err *err, const char *fmt, ...)
{
	struct err context, was;
	va_list ap;

	if (err == NULL)
		return;
	was = *err;
	va_start(ap, fmt);
	(void)vsnprintf(context.msg, sizeof(context.msg), fmt, ap);
	va_end(ap);
	(void)err_rule(err, was.code, was.rule, was.at, "%s: %s", context.msg,
		       was.msg);
}

const char *
err_name(int code)
{
	if (code > 0 || code < PLEIN_ELAST)
		return "unknown-error";
	return names[-code];
}

int
err_code_of(const char *name)
{
	for (int i = 0; i < N_NAMES; i++)
		if (strcmp(names[i], name) == 0)
			return -i;
	return PLEIN_EPROTO;
}
