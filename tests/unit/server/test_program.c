/* Words and environment of what is started: exactly these, nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <string.h>

#include "program.h"

static void
assert_list(char *const *list, const char *const *expected)
{
	size_t i;

	for (i = 0; expected[i]; i++) {
		assert_non_null(list[i]);
		assert_string_equal(list[i], expected[i]);
	}
	assert_null(list[i]);
}

static struct order
order_of(enum order_kind kind, const char *line)
{
	struct order o = { .kind = kind, .line = line, .cols = 80 };

	memcpy(o.term, "vt220", sizeof("vt220"));
	return o;
}

/* Somebody who chose Dutch and nothing else. */
static void
person_init(struct program_person *who)
{
	who->language = who->automatic = "nl";
	display_init(&who->display);
	who->idle_minutes = 0;
}

static void
test_program__screen_gets_the_fixed_environment(void **state)
{
	static const char *const words[] = { "plein", "screen", NULL };
	static const char *const env[] = {
		"PATH=/usr/bin:/bin",
		"LC_ALL=C.UTF-8",
		"LANGUAGE=nl",
		"TERM=vt220",
		"TZ=Europe/Amsterdam",
		"PLEIN_LANGUAGE=en",
		"PLEIN_DISPLAY=view=lines colour=automatic signs=normal "
		"mouse=off clipboard=off esc=25",
		"PLEIN_IDLE=90",
		NULL
	};
	struct order o = order_of(ORDER_SCREEN, NULL);
	struct program_person who;
	struct program p;

	(void)state;
	person_init(&who);
	who.automatic = "en";
	who.idle_minutes = 90;
	who.display.value[DISPLAY_VIEW] = VIEW_LINES;
	program_client(&p, &o, &who, "Europe/Amsterdam");
	assert_list(p.argv, words);
	assert_list(p.env, env);
	program_release(&p);
}

static void
test_program__a_line_is_one_word_whatever_is_in_it(void **state)
{
	static const char line[] = "read 'a b'; rm -rf / $(x) \"y\" %s\n-z";
	static const char *const command[] = { "plein", "command", line, NULL };
	static const char *const screen[] = { "plein", "screen", line, NULL };
	struct order o = order_of(ORDER_COMMAND, line);
	struct program_person who;
	struct program p;

	(void)state;
	person_init(&who);
	who.language = "en";
	program_client(&p, &o, &who, "UTC");
	assert_list(p.argv, command);
	assert_string_equal(p.env[2], "LANGUAGE=en");
	program_release(&p);
	o.kind = ORDER_SCREEN;
	who.language = "en";
	program_client(&p, &o, &who, "UTC");
	assert_list(p.argv, screen);
	program_release(&p);
	o.kind = ORDER_REFUSE;
	who.language = "en";
	program_client(&p, &o, &who, "UTC");
	assert_list(p.argv, command);
	program_release(&p);
}

static void
test_program__passes_on_that_colour_is_not_wanted(void **state)
{
	struct order o = order_of(ORDER_SCREEN, NULL);
	struct program_person who;
	struct program p;

	(void)state;
	person_init(&who);
	o.no_color = true;
	who.language = "nl";
	program_client(&p, &o, &who, "UTC");
	assert_string_equal(p.env[7], "NO_COLOR=1");
	assert_string_equal(p.env[8], "PLEIN_IDLE=0");
	assert_null(p.env[9]);
	program_release(&p);
}

static void
test_program__passes_on_that_only_ascii_is_understood(void **state)
{
	struct order o = order_of(ORDER_SCREEN, NULL);
	struct program_person who;
	struct program p;

	(void)state;
	person_init(&who);
	o.ascii = true;
	who.language = "nl";
	program_client(&p, &o, &who, "UTC");
	assert_string_equal(p.env[7], "PLEIN_ASCII=1");
	assert_string_equal(p.env[8], "PLEIN_IDLE=0");
	assert_null(p.env[9]);
	program_release(&p);
}

/* Beside what was asked: only the program knows whether that was plain lines. */
static void
test_program__passes_on_what_comes_first(void **state)
{
	struct order o = order_of(ORDER_SCREEN, "lijn");
	struct program_person who;
	struct program p;

	(void)state;
	person_init(&who);
	o.first = "register";
	program_client(&p, &o, &who, "UTC");
	assert_string_equal(p.argv[2], "lijn");
	assert_string_equal(p.env[7], "PLEIN_FIRST=register");
	program_release(&p);
}

static void
test_program__an_unknown_language_is_dutch(void **state)
{
	struct order o = order_of(ORDER_SCREEN, NULL);
	struct program_person who;
	struct program p;

	(void)state;
	person_init(&who);
	who.language = "../x";
	program_client(&p, &o, &who, "UTC");
	assert_string_equal(p.env[2], "LANGUAGE=nl");
	program_release(&p);
}

static size_t
count_words(char *const *list)
{
	size_t n = 0;

	while (list[n])
		n++;
	return n;
}

static void
test_program__upload_is_strict_and_without_protocol(void **state)
{
	static const char *const env[] = {
		"PATH=/usr/bin:/bin",	       "LC_ALL=C.UTF-8",
		"HOME=/nonexistent",	       "GIT_CONFIG_NOSYSTEM=1",
		"GIT_CONFIG_GLOBAL=/dev/null", NULL
	};
	static const char *const tail[] = { "upload-pack", "--strict",
					    "--timeout=120",
					    "spaces/agenda.git", NULL };
	struct program p;
	size_t n;

	(void)state;
	program_upload(&p, "agenda");
	assert_string_equal(p.argv[0], "git");
	n = count_words(p.argv);
	assert_true(n > 4);
	assert_list(p.argv + n - 4, tail);
	assert_list(p.env, env);
	program_release(&p);
}

/* Whatever the words, they may not take anything away. */
static void
test_program__tasks_are_two_and_delete_nothing(void **state)
{
	static const char *const names[] = { "pack", "graph" };
	static const char *const verbs[] = { "repack", "commit-graph" };
	struct program p;
	size_t i, n;

	(void)state;
	for (i = 0; i < 2; i++) {
		assert_true(program_task(&p, names[i], "agenda"));
		assert_string_equal(p.argv[0], "git");
		assert_string_equal(p.argv[1], "--git-dir=spaces/agenda.git");
		assert_string_equal(p.env[2], "HOME=/nonexistent");
		for (n = 0; p.argv[n] && strcmp(p.argv[n], verbs[i]) != 0; n++)
			;
		assert_non_null(p.argv[n]);
		for (; p.argv[n]; n++) {
			assert_string_not_equal(p.argv[n], "-d");
			assert_string_not_equal(p.argv[n], "-a");
			assert_string_not_equal(p.argv[n], "-A");
		}
		program_release(&p);
	}
	assert_false(program_task(&p, "gc", "agenda"));
	assert_false(program_task(&p, "fsck", "agenda"));
	assert_true(program_host(&p, "fsck", "agenda"));
	program_release(&p);
	assert_true(program_host(&p, "content", "agenda"));
	program_release(&p);
	assert_false(program_host(&p, "pack", "agenda"));
	assert_false(program_task(&p, "", "agenda"));
}

/* Is "-c SETTING" among the words, before the name of the service? */
static bool
has_setting(const struct program *p, const char *setting)
{
	size_t i;

	for (i = 1; strcmp(p->argv[i], "-c") == 0; i += 2)
		if (strcmp(p->argv[i + 1], setting) == 0)
			return true;
	assert_string_equal(p->argv[i], "receive-pack");
	return false;
}

static void
test_program__receive_obeys_us_and_not_the_repository(void **state)
{
	static const char *const settings[] = {
		"core.hooksPath=/proc/self/fd/5/hooks",
		"core.fsync=all",
		"gc.auto=0",
		"receive.autogc=false",
		"receive.denyDeletes=true",
		"receive.denyNonFastForwards=true",
		"receive.fsckObjects=true",
		"receive.maxInputSize=64m",
		"receive.advertisePushOptions=false",
		"receive.shallowUpdate=false",
		"transfer.hideRefs=refs",
	};
	static const char *const env[] = { "PATH=/usr/bin:/bin",
					   "LC_ALL=C.UTF-8",
					   "HOME=/nonexistent",
					   "GIT_CONFIG_NOSYSTEM=1",
					   "GIT_CONFIG_GLOBAL=/dev/null",
					   "LANGUAGE=en",
					   "PLEIN_TICKET=0123",
					   "PLEIN_SPACE=agenda",
					   NULL };
	static const char *const tail[] = { "receive-pack", "spaces/agenda.git",
					    NULL };
	struct program p;
	size_t i;

	(void)state;
	program_receive(&p, "agenda", "0123", "en");
	assert_string_equal(p.argv[0], "git");
	for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		assert_true(has_setting(&p, settings[i]));
	assert_list(p.argv + count_words(p.argv) - 2, tail);
	assert_list(p.env, env);
	program_release(&p);
	assert_string_equal(program_receive_hook,
			    "/proc/self/fd/5/hooks/pre-receive");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_program__screen_gets_the_fixed_environment),
		cmocka_unit_test(
			test_program__a_line_is_one_word_whatever_is_in_it),
		cmocka_unit_test(
			test_program__passes_on_that_colour_is_not_wanted),
		cmocka_unit_test(test_program__passes_on_what_comes_first),
		cmocka_unit_test(
			test_program__passes_on_that_only_ascii_is_understood),
		cmocka_unit_test(test_program__an_unknown_language_is_dutch),
		cmocka_unit_test(
			test_program__tasks_are_two_and_delete_nothing),
		cmocka_unit_test(
			test_program__upload_is_strict_and_without_protocol),
		cmocka_unit_test(
			test_program__receive_obeys_us_and_not_the_repository),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
