/* What the supervisor says, and what is not understood. */
#include "town.h"

#include "wiki/instruction.h"

static int
parse(struct instruction *in, const char *text, int n_fds)
{
	struct err err = ERR_INIT;

	return instruction_parse(in, text, strlen(text), n_fds, &err);
}

static void
test_instruction__attach_names_the_stream(void **state)
{
	struct instruction in;

	(void)state;
	assert_int_equal(parse(&in,
			       "{\"op\":\"attach\",\"conn\":12,\"door\":"
			       "\"login\",\"peer\":\"192.0.2.1\"}",
			       1),
			 0);
	assert_int_equal(in.kind, INSTRUCTION_ATTACH);
	assert_int_equal(in.conn, 12);
	assert_string_equal(in.door, "login");
	assert_string_equal(in.peer, "192.0.2.1");
	assert_null(in.account);
	instruction_release(&in);
	assert_int_equal(parse(&in,
			       "{\"op\":\"attach\",\"conn\":1,\"door\":"
			       "\"screen\",\"account\":\"jan\",\"key\":\"K\"}",
			       1),
			 0);
	assert_string_equal(in.account, "jan");
	assert_string_equal(in.key, "K");
	assert_null(in.peer);
	instruction_release(&in);
}

static void
test_instruction__refused_says_who_why_and_how_often(void **state)
{
	struct instruction in;

	(void)state;
	assert_int_equal(parse(&in,
			       "{\"op\":\"refused\",\"peer\":\"192.0.2.1\","
			       "\"reason\":\"network\",\"n\":12}",
			       0),
			 0);
	assert_int_equal(in.kind, INSTRUCTION_REFUSED);
	assert_string_equal(in.peer, "192.0.2.1");
	assert_string_equal(in.reason, "network");
	assert_int_equal(in.n, 12);
	instruction_release(&in);
	assert_int_equal(parse(&in, "{\"op\":\"refused\",\"n\":1}", 0),
			 PLEIN_EPROTO);
	instruction_release(&in);
}

static void
test_instruction__stop_has_a_time(void **state)
{
	static const struct {
		const char *text;
		int seconds;
	} rows[] = {
		{ "{\"op\":\"stop\",\"seconds\":3}", 3 },
		{ "{\"op\":\"stop\",\"seconds\":0}", 0 },
		{ "{\"op\":\"stop\"}", 5 },
		{ "{\"op\":\"stop\",\"seconds\":-1}", 5 },
		{ "{\"op\":\"stop\",\"seconds\":99999}", 5 },
	};
	struct instruction in;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(parse(&in, rows[i].text, 0), 0);
		assert_int_equal(in.kind, INSTRUCTION_STOP);
		assert_int_equal(in.seconds, rows[i].seconds);
		instruction_release(&in);
	}
	assert_int_equal(parse(&in, "{\"op\":\"reload\"}", 0), 0);
	assert_int_equal(in.kind, INSTRUCTION_RELOAD);
	instruction_release(&in);
}

#define TICKET "\"ticket\":\"0123456789abcdef0123456789abcdef\""

static void
test_instruction__a_push_begins_and_ends(void **state)
{
	struct instruction in;

	(void)state;
	assert_int_equal(parse(&in,
			       "{\"op\":\"ticket\",\"conn\":3," TICKET
			       ",\"account\":\"jan\",\"space\":\"agenda\","
			       "\"peer\":\"192.0.2.1\"}",
			       0),
			 0);
	assert_int_equal(in.kind, INSTRUCTION_TICKET);
	assert_int_equal(in.conn, 3);
	assert_string_equal(in.ticket, "0123456789abcdef0123456789abcdef");
	assert_string_equal(in.account, "jan");
	assert_string_equal(in.space, "agenda");
	assert_string_equal(in.peer, "192.0.2.1");
	instruction_release(&in);
	assert_int_equal(
		parse(&in, "{\"op\":\"over\",\"conn\":3,\"status\":-1}", 0), 0);
	assert_int_equal(in.kind, INSTRUCTION_OVER);
	assert_int_equal(in.conn, 3);
	assert_int_equal(in.status, -1);
	assert_false(in.ended);
	instruction_release(&in);
	assert_int_equal(parse(&in,
			       "{\"op\":\"over\",\"conn\":3,\"status\":-1,"
			       "\"ended\":true}",
			       0),
			 0);
	assert_true(in.ended);
	instruction_release(&in);
}

static void
test_instruction__git_says_whose_it_is_and_what_for(void **state)
{
	struct instruction in;

	(void)state;
	assert_int_equal(parse(&in,
			       "{\"op\":\"git\",\"conn\":3,\"account\":\"jan\","
			       "\"key\":\"K\",\"space\":\"zorg\",\"peer\":"
			       "\"::1\",\"since\":17,\"push\":true,\"again\":"
			       "false}",
			       0),
			 0);
	assert_int_equal(in.kind, INSTRUCTION_GIT);
	assert_int_equal(in.conn, 3);
	assert_string_equal(in.account, "jan");
	assert_string_equal(in.key, "K");
	assert_string_equal(in.space, "zorg");
	assert_string_equal(in.peer, "::1");
	assert_int_equal(in.since, 17);
	assert_true(in.push && !in.again);
	instruction_release(&in);
	assert_int_equal(
		parse(&in, "{\"op\":\"git\",\"conn\":3,\"account\":\"a\"}", 0),
		PLEIN_EPROTO);
	instruction_release(&in);
}

static void
test_instruction__maintained_says_which_task_and_how(void **state)
{
	struct instruction in;

	(void)state;
	assert_int_equal(parse(&in,
			       "{\"op\":\"maintained\",\"task\":\"pack\","
			       "\"status\":-1}",
			       0),
			 0);
	assert_int_equal(in.kind, INSTRUCTION_MAINTAINED);
	assert_string_equal(in.task, "pack");
	assert_int_equal(in.status, -1);
	instruction_release(&in);
}

static void
test_instruction__refuses_the_rest(void **state)
{
	static const struct {
		const char *text;
		int n_fds;
	} rows[] = {
		{ "", 0 },
		{ "stop", 0 },
		{ "[\"stop\"]", 0 },
		{ "{}", 0 },
		{ "{\"op\":7}", 0 },
		{ "{\"op\":\"dance\"}", 0 },
		{ "{\"op\":\"stop\"}", 1 },
		{ "{\"op\":\"maintained\",\"task\":\"pack\"}", 0 },
		{ "{\"op\":\"maintained\",\"status\":0}", 0 },
		{ "{\"op\":\"attach\",\"conn\":1,\"door\":\"login\"}", 0 },
		{ "{\"op\":\"attach\",\"conn\":1,\"door\":\"login\"}", 2 },
		{ "{\"op\":\"attach\",\"conn\":0,\"door\":\"login\"}", 1 },
		{ "{\"op\":\"attach\",\"door\":\"login\"}", 1 },
		{ "{\"op\":\"attach\",\"conn\":1}", 1 },
		{ "{\"op\":\"attach\",\"conn\":1,\"door\":\"host\","
		  "\"account\":\"jan\"}",
		  1 },
		{ "{\"op\":\"attach\",\"conn\":1,\"door\":\"screen\"}", 1 },
		{ "{\"op\":\"attach\",\"conn\":1,\"door\":\"login\","
		  "\"account\":\"jan\"}",
		  1 },
		{ "{\"op\":\"over\"}", 0 },
		{ "{\"op\":\"haves\",\"conn\":3}", 0 },
		{ "{\"op\":\"haves\",\"ids\":\"aa\"}", 0 },
		{ "{\"op\":\"may\",\"conn\":3,\"account\":\"a\"}", 0 },
		{ "{\"op\":\"may\",\"account\":\"a\",\"space\":\"b\"}", 0 },
		{ "{\"op\":\"over\",\"conn\":3}", 1 },
		{ "{\"op\":\"ticket\",\"conn\":3," TICKET
		  ",\"account\":\"jan\"}",
		  0 },
		{ "{\"op\":\"ticket\",\"conn\":3," TICKET
		  ",\"space\":\"agenda\"}",
		  0 },
		{ "{\"op\":\"ticket\",\"conn\":3,\"ticket\":\"0123\","
		  "\"account\":\"jan\",\"space\":\"agenda\"}",
		  0 },
		{ "{\"op\":\"ticket\"," TICKET
		  ",\"account\":\"jan\",\"space\":\"agenda\"}",
		  0 },
	};
	struct instruction in;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (parse(&in, rows[i].text, rows[i].n_fds) != PLEIN_EPROTO)
			fail_msg("%s", rows[i].text);
		instruction_release(&in);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_instruction__attach_names_the_stream),
		cmocka_unit_test(
			test_instruction__refused_says_who_why_and_how_often),
		cmocka_unit_test(test_instruction__stop_has_a_time),
		cmocka_unit_test(
			test_instruction__maintained_says_which_task_and_how),
		cmocka_unit_test(test_instruction__a_push_begins_and_ends),
		cmocka_unit_test(
			test_instruction__git_says_whose_it_is_and_what_for),
		cmocka_unit_test(test_instruction__refuses_the_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
