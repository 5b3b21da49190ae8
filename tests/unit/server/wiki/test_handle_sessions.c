/* Where people are signed in, and ending that. */
#include "stream.h"

#define ATTACH(conn, door, account) \
	"{\"op\":\"attach\",\"conn\":" #conn ",\"door\":\"" door \
	"\",\"account\":\"" account \
	"\",\"key\":\"SHA256:k\",\"peer\":\"192.0.2.7\",\"since\":1700000000}"

struct people {
	struct wiki w;
	struct wire screen, command, reader, admin;
};

/* As many as there are; each has asked something, so it is there. */
static void
come_in(struct people *p, void **state)
{
	start(&p->w, state, &wiki_limits_default);
	attach(&p->w, &p->screen, ATTACH(6, "screen", "bijdrager"));
	attach(&p->w, &p->command, ATTACH(7, "command", "bijdrager"));
	attach(&p->w, &p->reader, ATTACH(8, "screen", "lezer"));
	attach(&p->w, &p->admin, ATTACH(9, "screen", "beheerder"));
	json_decref(ask(&p->screen, "session.info", "{}", NULL));
	json_decref(hear(&p->w, "answered"));
	json_decref(ask(&p->command, "session.info", "{}", NULL));
	json_decref(ask(&p->reader, "session.info", "{}", NULL));
	json_decref(ask(&p->admin, "session.info", "{}", NULL));
}

static void
go_home(struct people *p)
{
	wire_release(&p->screen);
	wire_release(&p->command);
	wire_release(&p->reader);
	wire_release(&p->admin);
	stop(&p->w);
}

static size_t
count(struct wire *wire, const char *params)
{
	json_t *j = ask(wire, "session.list", params, NULL);
	size_t n = json_array_size(json_object_get(j, "rows"));

	json_decref(j);
	return n;
}

static void
test_sessions__one_sees_ones_own(void **state)
{
	struct people p;
	json_t *j, *row;

	come_in(&p, state);
	json_decref(ask(&p.screen, "session.info", "{\"lines\":true}", NULL));
	j = ask(&p.command, "session.list", "{}", NULL);
	assert_int_equal(json_array_size(json_object_get(j, "rows")), 2);
	row = json_array_get(json_object_get(j, "rows"), 0);
	assert_int_equal(town_number(row, "session"), 6);
	assert_int_equal(town_number(row, "since"), 1700000000);
	assert_string_equal(town_text(row, "account"), "bijdrager");
	assert_string_equal(town_text(row, "from"), "192.0.2.7");
	assert_string_equal(town_text(row, "key"), "SHA256:k");
	assert_string_equal(town_text(row, "shape"), "lines");
	assert_true(json_is_false(json_object_get(row, "own")));
	row = json_array_get(json_object_get(j, "rows"), 1);
	assert_int_equal(town_number(row, "session"), 7);
	assert_string_equal(town_text(row, "shape"), "command");
	assert_true(json_is_true(json_object_get(row, "own")));
	json_decref(j);
	go_home(&p);
}

static void
test_sessions__of_others_are_for_administrators(void **state)
{
	struct people p;

	come_in(&p, state);
	assert_int_equal(count(&p.reader, "{\"account\":\"lezer\"}"), 1);
	(void)ask(&p.reader, "session.list", "{\"account\":\"bijdrager\"}",
		  "denied");
	(void)ask(&p.reader, "session.list", "{\"all\":true}", "denied");
	(void)ask(&p.reader, "session.end", "{\"account\":\"bijdrager\"}",
		  "denied");
	/* not by its number alone either */
	(void)ask(&p.reader, "session.end", "{\"session\":6}", "not-found");
	assert_int_equal(count(&p.admin, "{\"account\":\"bijdrager\"}"), 2);
	assert_int_equal(count(&p.admin, "{\"all\":true}"), 4);
	assert_int_equal(count(&p.admin, "{\"account\":\"niemand\"}"), 0);
	go_home(&p);
}

static void
expect_end(struct wire *wire, const char *why)
{
	json_t *j = hear_line(wire);

	assert_string_equal(town_text(j, "method"), "event.end");
	assert_string_equal(town_text(json_object_get(j, "params"), "why"),
			    why);
	json_decref(j);
}

static void
expect_told(struct wiki *w, const char *account, int only, int but)
{
	json_t *j = hear(w, "end");

	assert_string_equal(town_text(j, "account"), account);
	assert_int_equal(town_number(j, "only"), only);
	assert_int_equal(town_number(j, "but"), but);
	json_decref(j);
}

static void
test_sessions__one_or_all_others_end(void **state)
{
	struct people p;

	come_in(&p, state);
	(void)ask(&p.screen, "session.end", "{\"session\":6}", "not-found");
	(void)ask(&p.screen, "session.end", "{\"session\":99}", "not-found");
	json_decref(ask(&p.screen, "session.end", "{\"session\":7}", NULL));
	expect_told(&p.w, "bijdrager", 7, 6);
	expect_end(&p.command, "own");
	json_decref(ask(&p.command, "session.end", "{}", NULL));
	expect_told(&p.w, "bijdrager", 0, 7);
	expect_end(&p.screen, "own");
	json_decref(
		ask(&p.admin, "session.end", "{\"account\":\"lezer\"}", NULL));
	expect_told(&p.w, "lezer", 0, 0);
	expect_end(&p.reader, "admin");
	/* what it still has to say is taken until it is gone */
	json_decref(ask(&p.screen, "draft.put",
			"{\"address\":\"index\",\"base\":1,\"text\":\"x\"}",
			NULL));
	go_home(&p);
}

/* An act, with who did what to whom. */
static void
test_sessions__ending_is_in_the_audit_log(void **state)
{
	struct people p;
	const json_t *row;
	json_t *j;

	come_in(&p, state);
	json_decref(ask(&p.admin, "session.end",
			"{\"account\":\"bijdrager\",\"session\":7}", NULL));
	do {
		j = ask(&p.admin, "audit.list", "{}", NULL);
		row = json_array_get(json_object_get(j, "rows"), 0);
		if (row) {
			assert_string_equal(town_text(row, "act"),
					    "session.end");
			assert_string_equal(town_text(row, "who"), "beheerder");
			assert_string_equal(town_text(row, "about"),
					    "bijdrager");
			assert_string_equal(town_text(row, "detail"),
					    "session=7");
			json_decref(j);
			break;
		}
		json_decref(j);
	} while (true);
	go_home(&p);
}

#define GIT(conn, account, space, more) \
	"{\"op\":\"git\",\"conn\":" #conn ",\"account\":\"" account \
	"\",\"key\":\"SHA256:g\",\"peer\":\"192.0.2.8\",\"since\":1700000001," \
	"\"space\":\"" space "\"" more "}"

/* What the supervisor says comes another way. */
static void
wait_for_count(struct wire *wire, size_t n)
{
	int64_t begun = clock_mono_ms();
	size_t now;

	do
		now = count(wire, "{\"all\":true}");
	while (now != n && clock_mono_ms() < begun + PATIENCE_MS);
	assert_int_equal(now, n);
}

static void
test_sessions__git_at_work_is_one(void **state)
{
	struct people p;
	json_t *j, *row;

	come_in(&p, state);
	say(&p.w, GIT(12, "gast", "agenda", ""), -1);
	say(&p.w, GIT(10, "bijdrager", "agenda", ",\"push\":true"), -1);
	say(&p.w, GIT(11, "lezer", "zorg", ""), -1);
	wait_for_count(&p.admin, 6); /* no guests */
	j = ask(&p.reader, "session.list", "{}", NULL);
	assert_int_equal(json_array_size(json_object_get(j, "rows")), 2);
	row = json_array_get(json_object_get(j, "rows"), 1);
	assert_int_equal(town_number(row, "session"), 11);
	assert_int_equal(town_number(row, "since"), 1700000001);
	assert_string_equal(town_text(row, "account"), "lezer");
	assert_string_equal(town_text(row, "from"), "192.0.2.8");
	assert_string_equal(town_text(row, "key"), "SHA256:g");
	assert_string_equal(town_text(row, "shape"), "clone");
	assert_string_equal(town_text(row, "space"), "zorg");
	assert_true(json_is_false(json_object_get(row, "own")));
	json_decref(j);
	(void)ask(&p.reader, "session.end", "{\"session\":10}", "not-found");
	json_decref(ask(&p.screen, "session.end", "{\"session\":10}", NULL));
	expect_told(&p.w, "bijdrager", 10, 6);
	say(&p.w, "{\"op\":\"over\",\"conn\":10,\"status\":-1}", -1);
	wait_for_count(&p.admin, 5);
	(void)ask(&p.screen, "session.end", "{\"session\":10}", "not-found");
	go_home(&p);
}

static bool
is_git_record(const json_t *row, const char *act, const char *result,
	      const char *detail)
{
	return strcmp(town_text(row, "act"), act) == 0 &&
	       strcmp(town_text(row, "result"), result) == 0 &&
	       strncmp(town_text(row, "detail"), detail, strlen(detail)) == 0 &&
	       strcmp(town_text(row, "door"), "git") == 0 &&
	       strcmp(town_text(row, "from"), "192.0.2.8") == 0;
}

static int
count_git_records(struct people *p, const char *act, const char *result,
		  const char *detail)
{
	json_t *j = ask(&p->admin, "audit.list", "{}", NULL), *row;
	size_t i;
	int n = 0;

	json_array_foreach(json_object_get(j, "rows"), i, row)
	{
		n += is_git_record(row, act, result, detail);
	}
	json_decref(j);
	return n;
}

/* Wait until there is a record of it; and then one. */
static void
expect_git_record(struct people *p, const char *act, const char *result,
		  const char *detail)
{
	int64_t begun = clock_mono_ms();
	int n;

	do
		n = count_git_records(p, act, result, detail);
	while (n == 0 && clock_mono_ms() < begun + PATIENCE_MS);
	if (n != 1)
		fail_msg("%d records of %s %s %s", n, act, result, detail);
}

static void
test_sessions__begin_and_end_of_git_are_in_the_audit_log(void **state)
{
	struct people p;

	come_in(&p, state);
	say(&p.w, GIT(10, "bijdrager", "agenda", ",\"push\":true"), -1);
	expect_git_record(&p, "git.push", "ok", "space=agenda key=SHA256:g");
	say(&p.w, "{\"op\":\"over\",\"conn\":10,\"status\":0}", -1);
	expect_git_record(&p, "git.push.end", "ok",
			  "space=agenda key=SHA256:g seconds=");
	say(&p.w, GIT(11, "gast", "agenda", ""), -1);
	expect_git_record(&p, "git.clone", "ok", "space=agenda");
	say(&p.w, "{\"op\":\"over\",\"conn\":11,\"status\":128}", -1);
	expect_git_record(&p, "git.clone.end", "io", "space=agenda");
	/* told again, to a wiki process that comes after */
	say(&p.w, GIT(12, "lezer", "zorg", ",\"again\":true"), -1);
	say(&p.w, "{\"op\":\"over\",\"conn\":12,\"status\":-1,\"ended\":true}",
	    -1);
	expect_git_record(&p, "git.clone.end", "closed", "space=zorg");
	assert_int_equal(count_git_records(&p, "git.clone", "ok", "space=zorg"),
			 0);
	/* or twice to this one */
	say(&p.w, GIT(13, "lezer", "zorg", ""), -1);
	say(&p.w, GIT(13, "lezer", "zorg", ""), -1);
	say(&p.w, "{\"op\":\"over\",\"conn\":13,\"status\":0}", -1);
	expect_git_record(&p, "git.clone.end", "ok", "space=zorg");
	expect_git_record(&p, "git.clone", "ok", "space=zorg");
	go_home(&p);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_sessions__one_sees_ones_own),
		TEST(test_sessions__of_others_are_for_administrators),
		TEST(test_sessions__one_or_all_others_end),
		TEST(test_sessions__git_at_work_is_one),
		TEST(test_sessions__begin_and_end_of_git_are_in_the_audit_log),
		TEST(test_sessions__ending_is_in_the_audit_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
