/*
 * What strangers send stands in the log: every line of it parses, and what
 * they said is inside of values. And who is turned away before signing in
 * stands in the audit log.
 */
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

#include "fixture.h"
#include "script.h"

static struct fixture wiki;

static int
start_wiki(void **state)
{
	(void)state;
	fixture_start(&wiki);
	return 0;
}

static int
stop_wiki(void **state)
{
	(void)state;
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

/* As user name, as a command, as a page, as a note, as what is no SSH. */
static const char *const hostile[] = {
	"a\nb",
	"{\"event\":\"forged\"}",
	"\x1b[2Jweg",
	"%s%n%s%n",
	"\"},{\"x\":\"",
	"\xff\xfe",
	"\xe2\x80\xae"
	"om",
	"\\u0000\\n",
};

static void
send_everywhere(const char *what)
{
	struct buf script = BUF_INIT;

	buf_str(&script, "W='");
	buf_str(&script, what); /* holds no quote of the shell */
	buf_str(&script,
		"'\n$SSH -l \"$W\" 127.0.0.1 help </dev/null\n"
		"$SSH h@127.0.0.1 \"$W\" </dev/null\n"
		"$SSH h@127.0.0.1 \"lees '$W'\" </dev/null\n"
		"echo x | $SSH h@127.0.0.1 \"maak 'themas/$W' --soort thema "
		"--titel '$W'\"\n"
		"printf '%s\\n' '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":"
		"\"page.save\",\"params\":{\"address\":\"'\"$W\"'\"}}' | "
		"$SSH h@127.0.0.1 api\n"
		"git clone -q ssh://\"$W\"@127.0.0.1/\"$W\" 2>&1\ntrue\n");
	free(script_run_well(&wiki, script.ptr));
	buf_release(&script);
}

/* All that came, line by line. */
static size_t
parse_all(void)
{
	char *save = NULL, *line;
	json_t *record;
	size_t n = 0;

	for (line = strtok_r(wiki.seen.ptr, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save), n++) {
		record = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
		if (!json_is_object(record))
			fail_msg("no record: %s", line);
		assert_true(json_is_string(json_object_get(record, "time")));
		assert_true(json_is_string(json_object_get(record, "event")));
		assert_string_not_equal(
			json_string_value(json_object_get(record, "event")),
			"forged");
		json_decref(record);
	}
	return n;
}

static void
test_log__every_line_parses_whatever_is_sent(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
		send_everywhere(hostile[i]);
	free(script_run_well(&wiki, "$SSH h@127.0.0.1 wie-ben-ik"));
	assert_false(fixture_log_holds(&wiki, "no such text"));
	assert_true(parse_all() > 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_log__every_line_parses_whatever_is_sent),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
