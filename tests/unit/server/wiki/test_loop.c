/* The wiki process: streams that come, ask much, do not read, and go. */
#include "stream.h"

static const struct wiki_limits tight = {
	.session = { .jobs = 4,
		     .out_pause = 4096,
		     .out_max = 4UL * 1024 * 1024,
		     .events_max = 4096,
		     .stall_ms = 100 },
	.writer_max = 64,
	.n_admins = 1,
	.upkeep = { .loose = SIZE_MAX, .packs = SIZE_MAX },
};

#define KEY "{\"kind\":\"" TOWN_KIND "\",\"blob\":\"" TOWN_BLOB "\"}"

/* --- tests ------------------------------------------------------------ */

static void
test_loop__a_stream_becomes_a_person_once(void **state)
{
	struct wiki w;
	struct wire wire;
	json_t *j;

	start(&w, state, &wiki_limits_default);
	attach(&w, &wire, LOGIN);
	(void)ask(&wire, "page.read", "{\"address\":\"index\"}", "denied");
	json_decref(ask(&wire, "auth.key", KEY, NULL));
	json_decref(hear(&w, "answered"));
	(void)ask(&wire, "session.info", "{}", "denied");
	json_decref(ask(&wire, "session.open", KEY, NULL));
	j = hear(&w, "bound");
	assert_int_equal(town_number(j, "conn"), 5);
	assert_string_equal(town_text(j, "account"), "redacteur");
	assert_string_equal(town_text(j, "role"), "redacteur");
	assert_string_equal(town_text(j, "language"), "nl");
	assert_string_equal(town_text(j, "display"), "");
	assert_non_null(strstr(town_text(j, "key"), "SHA256:"));
	json_decref(j);
	(void)ask(&wire, "session.open", KEY, "denied");
	(void)ask(&wire, "auth.key", KEY, "denied");
	j = ask(&wire, "session.info", "{}", NULL);
	assert_string_equal(town_text(j, "handle"), "redacteur");
	json_decref(j);
	wire_release(&wire);
	stop(&w);
}

static bool
is_used(struct wire *wire)
{
	json_t *j = ask(wire, "profile.get", "{}", NULL);
	const json_t *key = json_array_get(json_object_get(j, "keys"), 0);
	bool used = json_is_integer(json_object_get(key, "used"));

	json_decref(j);
	return used;
}

static void
test_loop__signing_in_is_the_use_of_a_key(void **state)
{
	struct wiki w;
	struct wire wire;

	start(&w, state, &wiki_limits_default);
	attach(&w, &wire, LOGIN);
	json_decref(ask(&wire, "auth.key", KEY, NULL));
	json_decref(ask(&wire, "session.open", KEY, NULL));
	while (!is_used(&wire)) /* written behind the answer */
		;
	wire_release(&wire);
	stop(&w);
}

static void
test_loop__two_openings_at_once_bind_once(void **state)
{
	struct wiki w;
	struct wire one, two;
	json_t *j;

	start(&w, state, &wiki_limits_default);
	attach(&w, &one, LOGIN);
	tell_call(&one, 1, "session.open", KEY);
	tell_call(&one, 2, "session.open", KEY);
	json_decref(hear_line(&one));
	j = hear_line(&one);
	assert_non_null(json_object_get(j, "error"));
	json_decref(j);
	/* nor by another stream of the same connection */
	attach(&w, &two, LOGIN);
	(void)ask(&two, "session.open", KEY, "denied");
	json_decref(hear(&w, "bound"));
	wire_release(&one);
	wire_release(&two);
	stop(&w);
}

static void
test_loop__a_save_is_there_after_a_kill(void **state)
{
	struct wiki w;
	struct wire wire;
	json_t *j;

	start(&w, state, &wiki_limits_default);
	attach(&w, &wire, WRITER);
	j = ask(&wire, "page.save",
		"{\"address\":\"index\",\"base\":1,\"text\":\"Na.\\n\","
		"\"request\":\"aa\"}",
		NULL);
	assert_int_equal(town_number(j, "version"), 2);
	json_decref(j);
	assert_int_equal(kill(w.pid, SIGKILL), 0);
	assert_int_equal(reap(&w), -1);
	wire_release(&wire);
	town_write(DATA_REPO "/refs/heads/main.lock", "");
	start(&w, state, &wiki_limits_default);
	attach(&w, &wire, WRITER);
	j = ask(&wire, "page.save",
		"{\"address\":\"index\",\"base\":1,\"text\":\"Na.\\n\","
		"\"request\":\"aa\"}",
		NULL);
	assert_int_equal(town_number(j, "version"), 2);
	json_decref(j);
	json_decref(ask(&wire, "page.save",
			"{\"address\":\"index\",\"base\":2,"
			"\"text\":\"Weer.\\n\"}",
			NULL));
	wire_release(&wire);
	stop(&w);
}

static void
test_loop__nobody_comes_in_as_a_stranger(void **state)
{
	struct wiki w;
	struct wire wire;

	start(&w, state, &wiki_limits_default);
	attach(&w, &wire,
	       "{\"op\":\"attach\",\"conn\":9,\"door\":\"screen\","
	       "\"account\":\"onbekend\"}");
	assert_null(hear_line(&wire));
	wire_release(&wire);
	attach(&w, &wire, "{\"op\":\"attach\",\"conn\":9,\"door\":\"host\"}");
	assert_null(hear_line(&wire));
	wire_release(&wire);
	stop(&w);
}

static void
test_loop__what_is_no_request_is_told_so(void **state)
{
	struct wiki w;
	struct wire wire;
	json_t *j;

	start(&w, state, &wiki_limits_default);
	attach(&w, &wire, WRITER);
	expect_code(&wire, "geen json\n", RPC_PARSE);
	expect_code(&wire, "\n", RPC_PARSE);
	expect_code(&wire, "{\"id\":1}\n", RPC_INVALID);
	expect_code(&wire, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rm\"}\n",
		    RPC_NO_METHOD);
	expect_code(&wire,
		    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"page.read\"}"
		    "\n",
		    RPC_PARAMS);
	/* a notification and an answer have no answer */
	tell(&wire, "{\"jsonrpc\":\"2.0\",\"method\":\"page.titles\"}\n");
	tell(&wire, "{\"jsonrpc\":\"2.0\",\"id\":8,\"result\":1}\n");
	j = ask(&wire, "wiki.version", "{}", NULL);
	assert_string_equal(town_text(j, "program"), PLEIN_VERSION);
	json_decref(j);
	wire_release(&wire);
	stop(&w);
}

static void
test_loop__a_line_without_end_is_hung_up_on(void **state)
{
	struct wiki w;
	struct wire wire;
	char *flood = mem_alloc(RPC_LOGIN_MAX + 2);
	json_t *j;

	memset(flood, 'x', RPC_LOGIN_MAX + 1);
	start(&w, state, &wiki_limits_default);
	attach(&w, &wire, LOGIN);
	tell(&wire, flood);
	j = hear_line(&wire);
	assert_int_equal(town_number(json_object_get(j, "error"), "code"), 8);
	json_decref(j);
	assert_null(hear_line(&wire));
	wire_release(&wire);
	free(flood);
	stop(&w);
}

static void
test_loop__more_requests_than_fit_are_all_answered(void **state)
{
	struct wiki w;
	struct wire wire;
	struct buf lines = BUF_INIT;
	char *seen = mem_alloc(300);
	struct err err = ERR_INIT;
	json_t *j;
	int i;

	start(&w, state, &tight);
	attach(&w, &wire, WRITER);
	for (i = 0; i < 300; i++)
		buf_printf(&lines,
			   "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\","
			   "\"params\":{}}\n",
			   i, i % 3 ? "page.list" : "wiki.version");
	assert_int_equal(wire_send(&wire, lines.ptr, lines.len, &err), 0);
	for (i = 0; i < 300; i++) {
		assert_int_equal(wire_flush(&wire, &err), 0);
		j = hear_line(&wire);
		assert_non_null(j);
		assert_non_null(json_object_get(j, "result"));
		seen[town_number(j, "id")]++;
		json_decref(j);
	}
	for (i = 0; i < 300; i++)
		assert_int_equal(seen[i], 1);
	buf_release(&lines);
	free(seen);
	wire_release(&wire);
	stop(&w);
}

static void
test_loop__half_a_stream_still_gets_its_answers(void **state)
{
	struct wiki w;
	struct wire wire;
	int i;

	start(&w, state, &tight);
	attach(&w, &wire, WRITER);
	for (i = 0; i < 10; i++)
		tell_call(&wire, i, "page.titles", "{}");
	assert_int_equal(shutdown(wire.out, SHUT_WR), 0);
	for (i = 0; i < 10; i++) {
		json_t *j = hear_line(&wire);

		assert_non_null(j);
		json_decref(j);
	}
	assert_null(hear_line(&wire));
	wire_release(&wire);
	stop(&w);
}

/* Ask for much and read none of it: hung up on, and nobody else waits. */
static void
test_loop__who_does_not_read_is_dropped(void **state)
{
	struct pollfd p = { -1, 0, 0 };
	struct wiki w;
	struct wire deaf, other;
	char *text = mem_alloc(900001);
	json_t *params, *j;
	char *dumped;
	int i;

	memset(text, 'a', 900000);
	start(&w, state, &tight);
	attach(&w, &other, WRITER);
	params = json_pack("{s:s, s:i, s:s}", "address", "index", "base", 1,
			   "text", text);
	dumped = json_dumps(params, 0);
	json_decref(ask(&other, "page.save", dumped, NULL));
	attach(&w, &deaf, WRITER);
	for (i = 0; i < 4; i++)
		tell_call(&deaf, i, "page.read", "{\"address\":\"index\"}");
	j = ask(&other, "page.titles", "{}", NULL);
	json_decref(j);
	p.fd = deaf.in;
	assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
	assert_true(p.revents & POLLHUP);
	json_decref(ask(&other, "session.info", "{}", NULL));
	wire_release(&deaf);
	wire_release(&other);
	free(dumped);
	json_decref(params);
	free(text);
	stop(&w);
}

static void
test_loop__what_was_asked_is_answered_before_the_end(void **state)
{
	struct wiki w;
	struct wire wire;
	json_t *j;

	start(&w, state, &wiki_limits_default);
	attach(&w, &wire, WRITER);
	json_decref(ask(&wire, "session.info", "{}", NULL));
	json_decref(hear(&w, "answered"));
	tell_call(&wire, 7, "page.save",
		  "{\"address\":\"index\",\"base\":1,\"text\":\"Laat.\\n\"}");
	/* the stream is read before the next round sees the control socket,
	 * or the request is never taken: then the stream just ends */
	say(&w, "{\"op\":\"stop\",\"seconds\":5}", -1);
	j = hear_line(&wire);
	if (j) {
		assert_non_null(json_object_get(j, "result"));
		json_decref(j);
		assert_null(hear_line(&wire));
	}
	assert_int_equal(reap(&w), 0);
	wire_release(&wire);
}

static void
test_loop__ends_with_its_supervisor(void **state)
{
	struct wiki w;
	int status;

	start(&w, state, &wiki_limits_default);
	(void)close(w.control);
	assert_int_equal(waitpid(w.pid, &status, 0), w.pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
test_loop__term_is_a_clean_end(void **state)
{
	struct wiki w;
	struct wire wire;

	start(&w, state, &wiki_limits_default);
	attach(&w, &wire, WRITER);
	json_decref(ask(&wire, "session.info", "{}", NULL));
	assert_int_equal(kill(w.pid, SIGTERM), 0);
	assert_null(hear_line(&wire));
	assert_int_equal(reap(&w), 0);
	wire_release(&wire);
}

static void
test_loop__the_host_has_a_door_of_its_own(void **state)
{
	struct err err = ERR_INIT;
	struct wiki w;
	struct wire wire;
	struct stat st;
	json_t *j;
	int fd;

	town_write(DATA_ADMIN, "een oud bestand op deze plek");
	start(&w, state, &tight);
	assert_int_equal(stat(DATA_ADMIN, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	fd = door_knock(&err);
	assert_true(fd >= 0);
	wire_init(&wire, fd, fd, RPC_LINE_MAX, RPC_LINE_MAX);
	json_decref(ask(&wire, "user.add",
			"{\"handle\":\"piet\",\"name\":\"Piet\","
			"\"role\":\"lezer\"}",
			NULL));
	j = ask(&wire, "user.list", "{}", NULL);
	assert_int_equal(json_array_size(json_object_get(j, "rows")), 5);
	json_decref(j);
	(void)ask(&wire, "session.open", KEY, "denied");
	j = ask(&wire, "wiki.check", "{}", NULL);
	assert_int_equal(json_array_size(json_object_get(j, "problems")), 0);
	json_decref(j);
	wire_release(&wire);
	stop(&w);
	assert_int_equal(door_knock(&err), PLEIN_ECLOSED);
}

static void
test_loop__reads_plein_conf_again_when_told(void **state)
{
	struct wiki w;
	struct wire wire;
	json_t *j;

	start(&w, state, &wiki_limits_default);
	attach(&w, &wire, WRITER);
	json_decref(ask(&wire, "session.info", "{}", NULL));
	json_decref(hear(&w, "answered"));
	town_write(DATA_CONF, "naam = Dorp\ndomein = dorp.example\n");
	say(&w, "{\"op\":\"reload\"}", -1);
	/* a stream attached after it is served after it */
	wire_release(&wire);
	attach(&w, &wire, WRITER);
	j = ask(&wire, "session.info", "{}", NULL);
	assert_string_equal(town_text(j, "wiki"), "Dorp");
	json_decref(j);
	wire_release(&wire);
	stop(&w);
}

static void
test_loop__serves_what_is_left_of_a_broken_wiki(void **state)
{
	struct wiki w;
	struct wire wire;

	desk_close(&((struct town *)*state)->desk);
	assert_int_equal(rename(DATA_REPO, "elders.git"), 0);
	start(&w, state, &wiki_limits_default);
	attach(&w, &wire, WRITER);
	json_decref(ask(&wire, "session.info", "{}", NULL));
	(void)ask(&wire, "page.read", "{\"address\":\"index\"}", "corrupt");
	(void)ask(&wire, "page.save",
		  "{\"address\":\"index\",\"base\":1,\"text\":\"x\"}",
		  "corrupt");
	assert_int_equal(rename("elders.git", DATA_REPO), 0);
	json_decref(ask(&wire, "page.read", "{\"address\":\"index\"}", NULL));
	wire_release(&wire);
	stop(&w);
}

/* The test, being the supervisor, does nothing but say it was done. */
static void
play_git(struct wiki *w, const char *task)
{
	char text[80];
	json_t *msg = hear(w, "maintain");

	assert_string_equal(town_text(msg, "task"), task);
	assert_string_equal(town_text(msg, "space"), "agenda");
	json_decref(msg);
	(void)snprintf(text, sizeof(text),
		       "{\"op\":\"maintained\",\"task\":\"%s\","
		       "\"status\":0}",
		       task);
	say(w, text, -1);
}

static void
test_loop__has_the_repository_maintained(void **state)
{
	struct wiki_limits eager = wiki_limits_default;
	struct wiki w;
	struct wire wire;
	struct err err = ERR_INIT;
	json_t *health, *part;
	int fd;

	memset(&eager.upkeep, 0, sizeof(eager.upkeep));
	start(&w, state, &eager);
	play_git(&w, "pack");
	play_git(&w, "graph");
	fd = door_knock(&err);
	assert_true(fd >= 0);
	wire_init(&wire, fd, fd, RPC_LINE_MAX, RPC_LINE_MAX);
	json_decref(ask(&wire, "wiki.maintain", "{}", NULL));
	json_decref(hear(&w, "answered"));
	play_git(&w, "pack");
	play_git(&w, "graph");
	do {
		health = ask(&wire, "wiki.health", "{}", NULL);
		part = json_object_get(health, "maintenance");
		fd = (int)town_number(part, "runs");
		json_decref(health);
	} while (fd < 2);
	wire_release(&wire);
	stop(&w);
}

static void
test_loop__does_not_start_without_conf(void **state)
{
	struct town *t = *state;
	struct err err = ERR_INIT;
	int pair[2];

	desk_close(&t->desk);
	assert_int_equal(unlink(DATA_CONF), 0);
	assert_int_equal(passfd_pair(pair, &err), 0);
	assert_int_equal(
		loop_serve(open(".", O_RDONLY), pair[1], &wiki_limits_default),
		1);
	(void)close(pair[0]);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_loop__a_stream_becomes_a_person_once),
		TEST(test_loop__signing_in_is_the_use_of_a_key),
		TEST(test_loop__two_openings_at_once_bind_once),
		TEST(test_loop__a_save_is_there_after_a_kill),
		TEST(test_loop__nobody_comes_in_as_a_stranger),
		TEST(test_loop__what_is_no_request_is_told_so),
		TEST(test_loop__a_line_without_end_is_hung_up_on),
		TEST(test_loop__more_requests_than_fit_are_all_answered),
		TEST(test_loop__half_a_stream_still_gets_its_answers),
		TEST(test_loop__who_does_not_read_is_dropped),
		TEST(test_loop__what_was_asked_is_answered_before_the_end),
		TEST(test_loop__ends_with_its_supervisor),
		TEST(test_loop__term_is_a_clean_end),
		TEST(test_loop__the_host_has_a_door_of_its_own),
		TEST(test_loop__reads_plein_conf_again_when_told),
		TEST(test_loop__serves_what_is_left_of_a_broken_wiki),
		TEST(test_loop__has_the_repository_maintained),
		TEST(test_loop__does_not_start_without_conf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
