/*
 * fake_scripts.h - tests that are files: a folder of scripts, each a test,
 * and a folder with the golden text of each. The first line of a script says
 * who is there: "# as ROLE [at PAGE] ...". Names are without ".txt".
 */
#ifndef PLEIN_TEST_FAKE_SCRIPTS_H
#define PLEIN_TEST_FAKE_SCRIPTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plein/buf.h"

/*
 * `test` with each name in the folder, in order, or with those on the command
 * line; *state is the name. Without any there, `last` too, if not NULL.
 * Returns what main() should: there must be a script.
 */
int
fake_run_scripts(const char *folder, CMUnitTestFunction test,
		 const struct CMUnitTest *last, CMFixtureFunction setup,
		 int argc, char **argv);

/* Empty when there is no such file. */
void
fake_read_file(const char *folder, const char *name, const char *ending,
	       struct buf *out);

void
fake_read_script(const char *folder, const char *name, struct buf *out);

/* The value behind a word of the first line, "" when it is not there. */
void
fake_read_scene(const char *script, const char *word, char *out, size_t size);

/*
 * Fails the test when the golden text of that name is another one. With
 * PLEIN_GOLDEN it is written first, to be read before it is kept.
 */
void
fake_expect_golden(const char *folder, const char *name,
		   const struct buf *text);

#endif
