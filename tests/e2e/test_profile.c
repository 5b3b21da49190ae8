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

#include "plein/clock.h"
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

/* The session in the list that is a screen; 0 when there is none. */
static int
number_of_screen(struct buf *list)
{
	assert_int_equal(run(wiki.key, "sessions", "", list), 0);
	return strstr(list->ptr, "\tscreen\t") ? number_of("\tscreen\t", list)
					       : 0;
}

/* Another one of the same person says so; what was typed is a draft. */
static void
test_profile__a_session_is_ended_from_another(void **state)
{
	const char *const page[] = { "index", NULL };
	struct buf out = BUF_INIT;
	struct screen *s;
	char line[40];
	int64_t begun;

	(void)state;
	s = screen_open(&wiki, 24, 80, NULL, page);
	screen_wait(s, "Bewerken");
	screen_type(s, "b");
	screen_wait(s, "Ctrl-S Opslaan");
	screen_type(s, "Half af. ");
	screen_wait(s, "Half af.");
	(void)snprintf(line, sizeof(line), "sessies stop %d",
		       number_of_screen(&out));
	begun = clock_mono_ms();
	assert_int_equal(run(wiki.key, line, "", &out), 0);
	assert_true(screen_wait(s, "als klad bewaard"));
	assert_int_equal(screen_close(s), 0);
	assert_true(clock_mono_ms() - begun < 5000);
	assert_int_equal(run(wiki.key, "draft read index", "", &out), 0);
	assert_non_null(strstr(out.ptr, "Half af. "));
	assert_int_equal(number_of_screen(&out), 0);
	assert_int_equal(run(wiki.key, "draft drop index", "", &out), 0);
	buf_release(&out);
}

/* Who does not listen is gone within a second all the same. */
static void
test_profile__what_does_not_listen_ends_too(void **state)
{
	const char *const extra[] = { "-T", "127.0.0.1", "api", NULL };
	const char *argv[FIXTURE_ARGS];
	struct buf out = BUF_INIT;
	struct screen *s;
	int64_t begun = clock_mono_ms();

	(void)state;
	(void)fixture_ssh_argv(&wiki, wiki.key, extra, argv);
	s = screen_run(24, 80, NULL, argv);
	do
		assert_int_equal(run(wiki.key, "sessions", "", &out), 0);
	while (!strstr(out.ptr, "\tapi\t") && clock_mono_ms() < begun + 15000);
	assert_int_equal(run(wiki.key, "sessions end others", "", &out), 0);
	begun = clock_mono_ms();
	while (screen_step(s, 2000))
		;
	assert_true(clock_mono_ms() - begun < 4000);
	(void)screen_close(s);
	assert_int_equal(run(wiki.key, "sessions", "", &out), 0);
	assert_null(strstr(out.ptr, "\tapi\t"));
	buf_release(&out);
}

/* A command that asks something is told as one, and says why it ends. */
static void
test_profile__a_command_that_waits_says_why_it_was_ended(void **state)
{
	const char *const leave[] = { "leave", NULL };
	struct buf out = BUF_INIT;
	struct screen *s = screen_open(&wiki, 24, 80, NULL, leave);
	char line[40];

	(void)state;
	screen_wait(s, "om te sluiten");
	assert_int_equal(run(wiki.key, "sessions", "", &out), 0);
	(void)snprintf(line, sizeof(line), "sessies stop %d",
		       number_of("\tcommand\t", &out));
	assert_int_equal(run(wiki.key, line, "", &out), 0);
	assert_true(screen_wait(s, "vanuit een andere"));
	(void)screen_close(s);
	buf_release(&out);
}

static bool
lists_git(struct buf *list)
{
	assert_int_equal(run(wiki.key, "sessions", "", list), 0);
	return strstr(list->ptr, "\tclone\t") != NULL;
}

/* A clone that waits is told as one; who ended it, and what the log says. */
static void
test_profile__a_clone_is_a_session(void **state)
{
	const char *const extra[] = { "-T", "127.0.0.1",
				      "git-upload-pack '/agenda'", NULL };
	const char *argv[FIXTURE_ARGS];
	struct buf out = BUF_INIT;
	struct screen *s;
	int64_t begun = clock_mono_ms();
	char line[40];

	(void)state;
	(void)fixture_ssh_argv(&wiki, wiki.key, extra, argv);
	s = screen_run(24, 80, NULL, argv);
	while (!lists_git(&out) && clock_mono_ms() < begun + 15000)
		;
	assert_non_null(strstr(out.ptr, "\tagenda\n"));
	(void)snprintf(line, sizeof(line), "sessies stop %d",
		       number_of("\tclone\t", &out));
	assert_int_equal(run(wiki.key, line, "", &out), 0);
	assert_true(screen_wait(s, "vanuit een andere sessie"));
	(void)screen_close(s);
	assert_false(lists_git(&out));
	do
		assert_int_equal(run(wiki.key, "beheer logboek", "", &out), 0);
	while (!strstr(out.ptr, "git.clone.end") &&
	       clock_mono_ms() < begun + 30000);
	assert_non_null(strstr(out.ptr, "closed"));
	buf_release(&out);
}

/* `pleind user add` beside the running wiki; its exit. */
static int
add_person(const char *handle, const char *key)
{
	char public[128];
	const char *const argv[] = { fixture_program("pleind"),
				     "user",
				     "add",
				     wiki.data,
				     handle,
				     "--name",
				     "Vera Vertrekt",
				     "--role",
				     "bijdrager",
				     "--key",
				     public,
				     NULL };
	struct proc_result r;
	int status;

	(void)snprintf(public, sizeof(public), "%s.pub", key);
	proc_run_text(&r, argv, "", 0);
	status = r.status;
	proc_result_release(&r);
	return status;
}

/* All of it ends, and nobody can come in as them any more. */
static void
test_profile__who_leaves_is_gone(void **state)
{
	const char *extra[] = { "-tt", "127.0.0.1", NULL };
	const char *argv[FIXTURE_ARGS];
	struct buf out = BUF_INIT;
	struct screen *s;
	char key[80];

	(void)state;
	fixture_make_key(&wiki, "leaver", key);
	assert_int_equal(add_person("vera", key), 0);
	(void)fixture_ssh_argv(&wiki, key, extra, argv);
	s = screen_run(24, 80, NULL, argv);
	assert_true(screen_wait(s, "Enter"));
	assert_int_equal(run(key, "mijngegevens", "", &out), 0);
	assert_non_null(strstr(out.ptr, "\"name\": \"Vera Vertrekt\""));
	assert_non_null(strstr(out.ptr, "\"session\": ["));
	assert_int_equal(run(key, "leave", "vero\n", &out), 6);
	assert_int_equal(run(key, "whoami", "", &out), 0);
	assert_int_equal(run(key, "vertrekken", "vera\n", &out), 0);
	assert_non_null(strstr(out.ptr, "Niemand anders"));
	assert_true(screen_wait(s, "Je profiel is gesloten"));
	assert_int_equal(screen_close(s), 0);
	assert_int_equal(run(key, "whoami", "", &out), 255);
	assert_int_not_equal(add_person("vera", key), 0);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_profile__a_key_comes_and_goes),
		cmocka_unit_test(test_profile__plain_lines_on_a_terminal),
		cmocka_unit_test(
			test_profile__what_is_chosen_is_so_on_the_first_screen),
		cmocka_unit_test(test_profile__a_session_is_ended_from_another),
		cmocka_unit_test(
			test_profile__a_command_that_waits_says_why_it_was_ended),
		cmocka_unit_test(test_profile__a_clone_is_a_session),
		cmocka_unit_test(test_profile__what_does_not_listen_ends_too),
		cmocka_unit_test(test_profile__who_leaves_is_gone),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
