/* Streams that want to know what others do, and one that does not read. */
#include "stream.h"

#define STREAMS 100
#define SAVES 120
#define SMALL 4096 /* bytes of a socket's buffer */

/* The bound of events is small, so that it is reached. */
static const struct wiki_limits narrow = {
	.session = { .jobs = 64,
		     .out_pause = 256UL * 1024,
		     .out_max = 4UL * 1024 * 1024,
		     .events_max = 2048,
		     .stall_ms = PATIENCE_MS },
	.writer_max = 64,
	.n_admins = 1,
};

/* NULL: to no page. */
static void
subscribe(struct wire *wire, const char *pages)
{
	char params[80] = "{}";

	if (pages)
		(void)snprintf(params, sizeof(params), "{\"pages\":\"%s\"}",
			       pages);
	json_decref(ask(wire, "events.subscribe", params, NULL));
}

static void
attach_small(struct wiki *w, struct wire *wire)
{
	int pair[2], size = SMALL;

	assert_int_equal(
		socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	assert_int_equal(
		setsockopt(pair[1], SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)),
		0);
	say(w, WRITER, pair[1]);
	(void)close(pair[1]);
	wire_init(wire, pair[0], pair[0], RPC_LINE_MAX, RPC_LINE_MAX);
}

/* With that title. */
static void
save_as(struct wire *wire, const char *address, int base, const char *title)
{
	char params[160];

	(void)snprintf(params, sizeof(params),
		       "{\"address\":\"%s\",\"base\":%d,\"text\":"
		       "\"---\\ntitel: %s\\n---\\n%d\\n\"}",
		       address, base, title, base);
	json_decref(ask(wire, "page.save", params, NULL));
}

static void
save(struct wire *wire, const char *address, int base)
{
	save_as(wire, address, base, "Dezelfde");
}

/* The next line must be this notification; the version of a page, or 0. */
static long
expect_event(struct wire *wire, const char *method)
{
	json_t *j = hear_line(wire);
	json_t *params = json_object_get(j, "params");
	long version = 0;

	assert_non_null(j);
	assert_string_equal(town_text(j, "method"), method);
	assert_null(json_object_get(j, "id"));
	if (json_object_get(params, "version"))
		version = town_number(params, "version");
	json_decref(j);
	return version;
}

static void
test_watch__a_save_is_told_to_who_wants_to_know(void **state)
{
	struct wiki w;
	struct wire saver, all, one, other, none;

	start(&w, state, &wiki_limits_default);
	attach(&w, &saver, WRITER);
	attach(&w, &all, WRITER);
	attach(&w, &one, WRITER);
	attach(&w, &other, WRITER);
	attach(&w, &none, WRITER);
	subscribe(&all, "all");
	subscribe(&one, "index");
	subscribe(&other, TOWN_HERE);
	json_decref(ask(&none, "session.info", "{}", NULL));
	save(&saver, "index", 1); /* which gets another title by that */
	assert_int_equal(expect_event(&all, "event.page"), 2);
	(void)expect_event(&all, "event.tree");
	assert_int_equal(expect_event(&one, "event.page"), 2);
	(void)expect_event(&one, "event.tree");
	(void)expect_event(&other, "event.tree");
	/* who did not ask gets its answers and nothing else */
	json_decref(ask(&none, "session.info", "{}", NULL));
	(void)ask(&one, "events.subscribe", "{\"pages\":\"../x\"}", "rule");
	wire_release(&saver);
	wire_release(&all);
	wire_release(&one);
	wire_release(&other);
	wire_release(&none);
	stop(&w);
}

#define AS(handle) \
	"{\"op\":\"attach\",\"conn\":6,\"door\":\"screen\"," \
	"\"account\":\"" handle "\",\"key\":\"SHA256:k\"," \
	"\"peer\":\"::1\"}"

static void
open_round(struct wire *wire, const char *more)
{
	char params[200];

	(void)snprintf(params, sizeof(params),
		       "{\"address\":\"" TOWN_HERE "\",\"title\":\"T\","
		       "\"steps\":\"## S\\n\"%s}",
		       more);
	json_decref(ask(wire, "round.open", params, NULL));
}

/* Whatever page they are at; and nobody else hears it. */
static void
test_watch__who_is_asked_is_told(void **state)
{
	struct wire host, writer, reader, other;
	struct wiki w;

	start(&w, state, &wiki_limits_default);
	attach(&w, &host, AS("redacteur"));
	attach(&w, &writer, WRITER);
	attach(&w, &reader, AS("lezer"));
	attach(&w, &other, AS("beheerder"));
	subscribe(&writer, "index");
	subscribe(&reader, "all");
	subscribe(&other, NULL);
	open_round(&host, "");
	(void)expect_event(&writer, "event.asked");
	(void)expect_event(&other, "event.asked");
	open_round(&host, ",\"with\":\"beheerder\"");
	(void)expect_event(&other, "event.asked");
	/* who reads only is not asked for what they cannot do */
	open_round(&host, ",\"with\":\"lezer\"");
	json_decref(ask(&writer, "session.info", "{}", NULL));
	json_decref(ask(&reader, "session.info", "{}", NULL));
	wire_release(&host);
	wire_release(&writer);
	wire_release(&reader);
	wire_release(&other);
	stop(&w);
}

/* Of a remark, by its method. */
static json_t *
talk(struct wire *wire, const char *method, const char *key, const char *value,
     const char *text)
{
	char params[200];

	(void)snprintf(params, sizeof(params),
		       "{\"%s\":\"%s\",\"title\":\"T\",\"text\":\"%s\"}", key,
		       value, text);
	if (strcmp(method, "remark.edit") == 0)
		(void)snprintf(params, sizeof(params),
			       "{\"%s\":\"%s\",\"text\":\"%s\"}", key, value,
			       text);
	return ask(wire, method, params, NULL);
}

/* Whatever page they are at, when a change names them. */
static void
test_watch__who_is_named_by_a_change_is_told(void **state)
{
	struct wire writer, named, other;
	struct wiki w;
	json_t *answer;
	char *remark;

	start(&w, state, &wiki_limits_default);
	attach(&w, &writer, WRITER);
	attach(&w, &named, AS("lezer"));
	attach(&w, &other, AS("beheerder"));
	subscribe(&named, NULL);
	subscribe(&other, NULL);
	answer = talk(&writer, "thread.start", "address", TOWN_HERE, "Wie?");
	remark = mem_strdup(town_text(answer, "remark"));
	json_decref(answer);
	json_decref(talk(&writer, "remark.edit", "remark", remark, "@lezer?"));
	(void)expect_event(&named, "event.remark");
	json_decref(ask(&other, "session.info", "{}", NULL));
	free(remark);
	wire_release(&writer);
	wire_release(&named);
	wire_release(&other);
	stop(&w);
}

/* Only of the page one is at each version is told; lists are told of when
 * something that they show has changed. */
static void
test_watch__lists_are_told_of_when_they_change(void **state)
{
	struct wire saver, all, reader, lister;
	struct wiki w;
	int i;

	start(&w, state, &wiki_limits_default);
	attach(&w, &saver, WRITER);
	attach(&w, &all, WRITER);
	attach(&w, &reader, WRITER);
	attach(&w, &lister, WRITER);
	subscribe(&all, "all");
	save(&saver, "index", 1);
	assert_int_equal(expect_event(&all, "event.page"), 2);
	(void)expect_event(&all, "event.tree");
	subscribe(&reader, "index");
	subscribe(&lister, NULL);
	for (i = 2; i <= 5; i++) {
		save(&saver, "index", i);
		assert_int_equal(expect_event(&reader, "event.page"), i + 1);
	}
	json_decref(ask(&lister, "session.info", "{}", NULL));
	save_as(&saver, "index", 6, "Anders");
	assert_int_equal(expect_event(&reader, "event.page"), 7);
	(void)expect_event(&reader, "event.tree");
	(void)expect_event(&lister, "event.tree");
	wire_release(&saver);
	wire_release(&all);
	wire_release(&reader);
	wire_release(&lister);
	stop(&w);
}

/* Each version once and in order; the last one was `version`. */
static void
expect_all(struct wire *wire, long version)
{
	long v = 1;

	while (v < version) {
		assert_int_equal(expect_event(wire, "event.page"), v + 1);
		if (v++ == 1) /* its title became another */
			(void)expect_event(wire, "event.tree");
	}
}

/* What it got before it fell behind, then one event.resync, then news. */
static void
expect_resync(struct wire *deaf, struct wire *saver)
{
	json_t *j;
	bool resync = false;
	int n = 0;

	while (!resync) {
		j = hear_line(deaf);
		assert_non_null(j);
		resync = strcmp(town_text(j, "method"), "event.resync") == 0;
		json_decref(j);
		n++;
	}
	assert_true(n < SAVES);
	save(saver, "index", SAVES + 1);
	assert_int_equal(expect_event(deaf, "event.page"), SAVES + 2);
}

static void
test_watch__who_does_not_read_is_not_waited_for(void **state)
{
	struct wire *streams = mem_array(STREAMS, sizeof(*streams));
	struct wire saver;
	struct wiki w;
	int i;

	start(&w, state, &narrow);
	attach(&w, &saver, WRITER);
	for (i = 0; i < STREAMS; i++) {
		if (i == 0)
			attach_small(&w, &streams[i]);
		else
			attach(&w, &streams[i], WRITER);
		subscribe(&streams[i], "all");
	}
	for (i = 1; i <= SAVES; i++)
		save(&saver, "index", i);
	for (i = 1; i < STREAMS; i++)
		expect_all(&streams[i], SAVES + 1);
	expect_resync(&streams[0], &saver);
	for (i = 0; i < STREAMS; i++)
		wire_release(&streams[i]);
	wire_release(&saver);
	free(streams);
	stop(&w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_watch__a_save_is_told_to_who_wants_to_know),
		TEST(test_watch__who_is_asked_is_told),
		TEST(test_watch__who_is_named_by_a_change_is_told),
		TEST(test_watch__lists_are_told_of_when_they_change),
		TEST(test_watch__who_does_not_read_is_not_waited_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
