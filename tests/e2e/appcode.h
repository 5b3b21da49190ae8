/*
 * appcode.h - the app on somebody's phone: reads the secret off the screen
 * that `code` draws, and says what to type.
 */
#ifndef PLEIN_E2E_APPCODE_H
#define PLEIN_E2E_APPCODE_H

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "plein/clock.h"
#include "proof/totp.h"
#include "screen.h"

struct appcode {
	char secret[TOTP_SECRET];
	int64_t step; /* the last one used */
	char recovery[2][32]; /* codes on paper */
};

/* Eight groups of four letters, on a line of their own. */
static inline void
appcode_read(struct appcode *a, struct screen *s)
{
	struct buf all = BUF_INIT;
	const char *p;
	size_t n = 0;

	screen_text(s, &all);
	p = strstr(all.ptr, "\nCode die");
	assert_non_null(p);
	while (p > all.ptr && p[-1] != '\n')
		p--;
	for (; *p && *p != '\n' && n < sizeof(a->secret) - 1; p++)
		if (isalnum((unsigned char)*p))
			a->secret[n++] = *p;
	assert_int_equal(n, TOTP_SECRET - 1);
	buf_release(&all);
}

/* The first two of those shown when it was set up. */
static inline void
appcode_read_recovery(struct appcode *a, struct screen *s)
{
	struct buf all = BUF_INIT;
	const char *p;

	screen_text(s, &all);
	p = strstr(all.ptr, "Elke werkt");
	assert_non_null(p);
	for (int i = 0; i < 2; i++) {
		p = strstr(p, "\n  ") + 3;
		(void)snprintf(a->recovery[i], sizeof(a->recovery[i]), "%.19s",
			       p);
	}
	buf_release(&all);
}

/* A code that was not used: of the next step where it must. */
static inline const char *
appcode_next(struct appcode *a)
{
	static char code[TOTP_DIGITS + 1];
	int64_t now = clock_wall() / TOTP_SECONDS;

	/* the one after the last that was used may be too early */
	while (a->step + 1 > now + 1)
		now = clock_wall() / TOTP_SECONDS;
	a->step = a->step + 1 > now ? a->step + 1 : now;
	assert_int_equal(totp_code(a->secret, a->step, code, NULL), 0);
	return code;
}

#endif
