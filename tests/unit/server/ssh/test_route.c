/* Tests of server/ssh/route.c. */
#include "ssh/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct expected {
	const char *line; /* NULL: a shell */
	enum route_kind kind;
	const char *value; /* the space, the reason, or the line */
};

static const char *
value_of(const struct route *r)
{
	if (r->kind == ROUTE_UPLOAD || r->kind == ROUTE_RECEIVE)
		return r->space;
	return r->reason != NULL ? r->reason : r->line;
}

static void
check(const struct expected *rows, size_t n, bool terminal)
{
	struct route r;

	for (size_t i = 0; i < n; i++) {
		route_decide(&r, terminal, rows[i].line);
		if (r.kind != rows[i].kind ||
		    strcmp(value_of(&r), rows[i].value) != 0)
			fail_msg("'%s' became %s '%s'", rows[i].line,
				 route_kind_name(r.kind), value_of(&r));
	}
}

#define CHECK(rows, terminal) \
	check((rows), sizeof(rows) / sizeof((rows)[0]), (terminal))

static void
test_route__gives_a_terminal_a_screen(void **state)
{
	static const struct expected rows[] = {
		{ NULL, ROUTE_SCREEN, "" },
		{ "", ROUTE_SCREEN, "" },
		{ "themas/common-ground", ROUTE_SCREEN,
		  "themas/common-ground" },
		{ "list", ROUTE_SCREEN, "list" },
	};

	(void)state;
	CHECK(rows, true);
}

static void
test_route__gives_pipes_a_command(void **state)
{
	static const struct expected rows[] = {
		{ NULL, ROUTE_COMMAND, "" },
		{ "  list themas", ROUTE_COMMAND, "list themas" },
		{ "api", ROUTE_COMMAND, "api" },
		{ "gitaar", ROUTE_COMMAND, "gitaar" },
		{ "digit-al git-upload-pack", ROUTE_COMMAND,
		  "digit-al git-upload-pack" },
	};

	(void)state;
	CHECK(rows, false);
}

static void
test_route__hands_quotes_and_semicolons_over_as_they_are(void **state)
{
	static const struct expected rows[] = {
		{ "read 'a'; rm -rf \"$HOME\"", ROUTE_COMMAND,
		  "read 'a'; rm -rf \"$HOME\"" },
		{ "$(id) `id` | sh > /x", ROUTE_COMMAND,
		  "$(id) `id` | sh > /x" },
		{ "\x1b[2Jlist\nwhoami", ROUTE_COMMAND, "\x1b[2Jlist\nwhoami" },
	};

	(void)state;
	CHECK(rows, false);
}

static void
test_route__serves_clone_and_push_of_a_space_by_name(void **state)
{
	static const struct expected rows[] = {
		{ "git-upload-pack '/agenda'", ROUTE_UPLOAD, "agenda" },
		{ "git-upload-pack 'agenda'", ROUTE_UPLOAD, "agenda" },
		{ "git upload-pack '/agenda.git'", ROUTE_UPLOAD, "agenda" },
		{ "git-upload-pack '/agenda/'", ROUTE_UPLOAD, "agenda" },
		{ "git-upload-pack '/agenda.git/'", ROUTE_UPLOAD, "agenda" },
		{ "git-upload-pack /agenda-2028 ", ROUTE_UPLOAD,
		  "agenda-2028" },
		{ "git-receive-pack '/agenda'", ROUTE_RECEIVE, "agenda" },
		{ "git receive-pack 'agenda.git'", ROUTE_RECEIVE, "agenda" },
	};

	(void)state;
	CHECK(rows, false);
}

static void
test_route__refuses_what_is_no_name_of_a_space(void **state)
{
	static const struct expected rows[] = {
		{ "git-upload-pack '/../x'", ROUTE_REFUSE, "git" },
		{ "git-upload-pack '/agenda/../../etc'", ROUTE_REFUSE, "git" },
		{ "git-upload-pack '//agenda'", ROUTE_REFUSE, "git" },
		{ "git-upload-pack '/spaces/agenda'", ROUTE_REFUSE, "git" },
		{ "git-upload-pack '/.git'", ROUTE_REFUSE, "git" },
		{ "git-upload-pack '/'", ROUTE_REFUSE, "git" },
		{ "git-upload-pack ''", ROUTE_REFUSE, "git" },
		{ "git-upload-pack", ROUTE_REFUSE, "git" },
		{ "git-upload-pack 'agenda", ROUTE_REFUSE, "git" },
		{ "git-upload-pack agenda'", ROUTE_REFUSE, "git" },
		{ "git-upload-pack 'a'\\''b'", ROUTE_REFUSE, "git" },
		{ "git-upload-pack \"agenda\"", ROUTE_REFUSE, "git" },
		{ "git-upload-pack 'agenda'; id", ROUTE_REFUSE, "git" },
		{ "git-upload-pack agenda;id", ROUTE_REFUSE, "git" },
		{ "git-upload-pack 'agenda' 'b'", ROUTE_REFUSE, "git" },
		{ "git-upload-pack --strict 'agenda'", ROUTE_REFUSE, "git" },
		{ "git-upload-pack '--upload-pack=id'", ROUTE_REFUSE, "git" },
		{ "git-upload-pack '-x'", ROUTE_REFUSE, "git" },
		{ "git-upload-pack 'Agenda'", ROUTE_REFUSE, "git" },
	};

	(void)state;
	CHECK(rows, false);
}

static void
test_route__refuses_other_services_of_git(void **state)
{
	static const struct expected rows[] = {
		{ "git-receive-packs 'agenda'", ROUTE_REFUSE, "git" },
		{ "git-receive-pack '/../x'", ROUTE_REFUSE, "git" },
		{ "git-receive-pack 'agenda'; id", ROUTE_REFUSE, "git" },
		{ "git-receive-pack --x 'agenda'", ROUTE_REFUSE, "git" },
		{ "git-upload-archive 'agenda'", ROUTE_REFUSE, "git" },
		{ "git upload-archive 'agenda'", ROUTE_REFUSE, "git" },
		{ "git-shell", ROUTE_REFUSE, "git" },
		{ "git", ROUTE_REFUSE, "git" },
		{ "git -c core.pager=id log", ROUTE_REFUSE, "git" },
		{ "git-upload-packs 'agenda'", ROUTE_REFUSE, "git" },
	};
	static const struct expected in_terminal[] = {
		{ "git-upload-pack 'agenda'", ROUTE_REFUSE, "terminal" },
		{ "git-receive-pack 'agenda'", ROUTE_REFUSE, "terminal" },
	};

	(void)state;
	CHECK(rows, false);
	CHECK(in_terminal, true);
}

static void
test_route__refuses_a_line_over_1_kib(void **state)
{
	char line[ROUTE_LINE_MAX + 2];
	struct route r;

	(void)state;
	memset(line, 'a', sizeof(line));
	line[ROUTE_LINE_MAX] = '\0';
	route_decide(&r, false, line);
	assert_int_equal(r.kind, ROUTE_COMMAND);
	line[ROUTE_LINE_MAX] = 'a';
	line[ROUTE_LINE_MAX + 1] = '\0';
	route_decide(&r, false, line);
	assert_int_equal(r.kind, ROUTE_BAD);
	assert_string_equal(r.reason, "length");
	assert_string_equal(r.line, "");
}

static void
test_route__refuses_what_is_no_utf8(void **state)
{
	static const struct expected rows[] = {
		{ "read \xff", ROUTE_BAD, "encoding" },
		{ "read \xc3", ROUTE_BAD, "encoding" },
		{ "read \xed\xa0\x80", ROUTE_BAD, "encoding" },
		{ "read caf\xc3\xa9", ROUTE_COMMAND, "read caf\xc3\xa9" },
	};

	(void)state;
	CHECK(rows, false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_route__gives_a_terminal_a_screen),
		cmocka_unit_test(test_route__gives_pipes_a_command),
		cmocka_unit_test(
			test_route__hands_quotes_and_semicolons_over_as_they_are),
		cmocka_unit_test(
			test_route__serves_clone_and_push_of_a_space_by_name),
		cmocka_unit_test(
			test_route__refuses_what_is_no_name_of_a_space),
		cmocka_unit_test(test_route__refuses_other_services_of_git),
		cmocka_unit_test(test_route__refuses_a_line_over_1_kib),
		cmocka_unit_test(test_route__refuses_what_is_no_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
