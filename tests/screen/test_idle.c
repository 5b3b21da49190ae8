/* Lines that nobody types: a warning, and the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake_wiki.h"
#include "linemode.h"
#include "plein/fs.h"

#define TEXT_MAX 65536

static void
test_idle__lines_end_when_nothing_is_typed(void **state)
{
	struct linemode_options o = { .wait_ms = 3000, .idle_ms = 300 };
	struct fake_wiki wiki;
	struct buf log = BUF_INIT;
	int in[2], out[2];

	(void)state;
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	fake_wiki_start(&wiki, "redacteur");
	o.in = in[0];
	o.out = out[1];
	o.control = wiki.control;
	assert_int_equal(linemode_run(&o), APP_IDLE);
	fake_wiki_stop(&wiki);
	(void)close(out[1]);
	assert_int_equal(fs_read_fd(out[0], &log, TEXT_MAX, NULL), 0);
	assert_non_null(
		strstr(log.ptr, "Let op: over 1 minuut word je afgemeld."));
	(void)close(in[0]);
	(void)close(in[1]);
	(void)close(out[0]);
	buf_release(&log);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_idle__lines_end_when_nothing_is_typed),
	};

	return cmocka_run_group_tests(tests, fake_wiki_speak_dutch, NULL);
}
