/* A person's own keys and choices, with the real ssh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>

#include <cmocka.h>

#include "plein/fs.h"
#include "screen.h"
#include "served.h"

#define ENTER "\r"
#define CTRL_A "\x01"
#define CTRL_C "\x03"
#define CTRL_Q "\x11"
#define COPY_BEGIN "\x1b]52;c;"

/* What `ssh HOST line` says on standard output, and its exit. */
static int
run(const char *key, const char *line, const char *input, struct buf *out)
{
	const char *const extra[] = { "-T", "127.0.0.1", line, NULL };
	const char *argv[FIXTURE_ARGS];
	struct proc_result r;
	int status;

	(void)fixture_ssh_argv(&wiki, key, extra, argv);
	proc_run_text(&r, argv, input, strlen(input));
	status = r.status;
	buf_reset(out);
	buf_add(out, r.out.ptr, r.out.len);
	proc_result_release(&r);
	return status;
}

/* The number of the key that is called `label`. */
static int
number_of(const char *label, struct buf *list)
{
	char *line, *text = list->ptr;

	while ((line = strsep(&text, "\n")))
		if (strstr(line, label))
			return (int)strtol(line, NULL, 10);
	return -1;
}

static void
read_public(const char *key, struct buf *out)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "%s.pub", key);
	assert_int_equal(fs_read_at(AT_FDCWD, path, out, 4096, NULL), 0);
}

static void
test_profile__a_key_comes_and_goes(void **state)
{
	struct buf out = BUF_INIT, public = BUF_INIT;
	char second[80], line[40];

	(void)state;
	fixture_make_key(&wiki, "second", second);
	read_public(second, &public);
	assert_int_equal(run(second, "whoami", "", &out), 255);
	assert_int_equal(
		run(wiki.key, "key add reserve sleutel", public.ptr, &out), 0);
	assert_non_null(strstr(out.ptr, "reserve sleutel"));
	assert_int_equal(run(wiki.key, "sleutel erbij", public.ptr, &out), 1);
	assert_int_equal(run(second, "whoami", "", &out), 0);
	assert_non_null(strstr(out.ptr, "tester"));
	assert_int_equal(run(second, "key list", "", &out), 0);
	(void)snprintf(line, sizeof(line), "key remove %d",
		       number_of("reserve", &out));
	/* it came in by the very key */
	assert_int_equal(run(second, line, "", &out), 0);
	assert_null(strstr(out.ptr, "reserve"));
	assert_int_equal(run(second, "whoami", "", &out), 255);
	assert_int_equal(run(wiki.key, "key remove 1", "", &out), 6);
	assert_int_equal(run(wiki.key, "whoami", "", &out), 0);
	buf_release(&out);
	buf_release(&public);
}

/* From the next connection on. */
static void
test_profile__plain_lines_on_a_terminal(void **state)
{
	const char *const extra[] = { "-tt", "127.0.0.1", NULL };
	const char *argv[FIXTURE_ARGS];
	struct buf out = BUF_INIT;
	struct proc_result r;

	(void)state;
	assert_int_equal(
		run(wiki.key, "profiel weergave=regels taal=en", "", &out), 0);
	assert_int_equal(run(wiki.key, "profile", "", &out), 0);
	assert_non_null(strstr(out.ptr, "view\tlines\n"));
	assert_non_null(strstr(out.ptr, "language\ten\n"));
	(void)fixture_ssh_argv(&wiki, wiki.key, extra, argv);
	proc_run_text(&r, argv, "quit\n", 5);
	assert_non_null(strstr(r.out.ptr, "Plain lines."));
	assert_non_null(strstr(r.out.ptr, "start>"));
	proc_result_release(&r);
	assert_int_equal(run(wiki.key, "profile view=screen language=automatic",
			     "", &out),
			 0);
	assert_int_equal(run(wiki.key, "profile view=plain", "", &out), 6);
	buf_release(&out);
}

static bool
came(const struct buf *bytes, const char *what)
{
	return memmem(bytes->ptr, bytes->len, what, strlen(what)) != NULL;
}

/* Before a key was pressed, and given back at the end. */
static void
test_profile__what_is_chosen_is_so_on_the_first_screen(void **state)
{
	const char *const nothing[] = { NULL };
	struct buf out = BUF_INIT, bytes = BUF_INIT;
	struct screen *s;

	(void)state;
	assert_int_equal(
		run(wiki.key,
		    "profile signs=ascii mouse=on clipboard=on language=en", "",
		    &out),
		0);
	s = screen_open(&wiki, 24, 80, NULL, nothing);
	screen_record(s, &bytes);
	screen_wait(s, "Enter");
	assert_true(came(&bytes, "\x1b[?1000h\x1b[?1006h"));
	assert_false(came(&bytes, "\xe2\x80\xa6")); /* an ellipsis */
	screen_type(s, ENTER);
	screen_wait(s, "b Edit");
	screen_type(s, "b");
	screen_wait(s, "Ctrl-S Save");
	assert_false(came(&bytes, COPY_BEGIN)); /* only by the key for it */
	screen_type(s, CTRL_A CTRL_C);
	screen_wait(s, "Copied");
	assert_true(came(&bytes, COPY_BEGIN));
	screen_type(s, CTRL_Q);
	screen_wait(s, "b Edit");
	screen_type(s, CTRL_Q);
	screen_close(s);
	assert_true(came(&bytes, "\x1b[?1006l\x1b[?1000l"));
	assert_int_equal(run(wiki.key,
			     "profile signs=normal mouse=off clipboard=off "
			     "language=automatic",
			     "", &out),
			 0);
	buf_release(&out);
	buf_release(&bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_profile__a_key_comes_and_goes),
		cmocka_unit_test(test_profile__plain_lines_on_a_terminal),
		cmocka_unit_test(
			test_profile__what_is_chosen_is_so_on_the_first_screen),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
