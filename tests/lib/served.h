/*
 * served.h - one running wiki for all tests of a program, as its group's
 * setup and teardown.
 */
#ifndef PLEIN_SERVED_H
#define PLEIN_SERVED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fixture.h"

static struct fixture wiki;

static inline int
start_wiki(void **state)
{
	(void)state;
	fixture_start(&wiki);
	return 0;
}

static inline int
stop_wiki(void **state)
{
	(void)state;
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

#endif
