/* Who is here, and who hears that somebody begins to write. */
#include "stream.h"

#define ATTACH(conn, account) \
	"{\"op\":\"attach\",\"conn\":" #conn \
	",\"door\":\"screen\",\"account\":\"" account \
	"\",\"key\":\"SHA256:k\",\"peer\":\"192.0.2.7\",\"since\":1700000000}"

#define TRIES 1000
#define HERE "{\"address\":\"themas/common-ground\"}"
#define WRITES \
	"{\"address\":\"themas/common-ground\",\"writing\":true," \
	"\"under\":\"Bronnen\"}"

struct people {
	struct wiki w;
	struct wire one, window, other, third;
};

static void
come_in(struct people *p, void **state)
{
	start(&p->w, state, &wiki_limits_default);
	attach(&p->w, &p->one, ATTACH(6, "bijdrager"));
	attach(&p->w, &p->window, ATTACH(7, "bijdrager"));
	attach(&p->w, &p->other, ATTACH(8, "redacteur"));
	attach(&p->w, &p->third, ATTACH(9, "lezer"));
	json_decref(ask(&p->one, "session.info", "{}", NULL));
	json_decref(hear(&p->w, "answered"));
}

static void
go_home(struct people *p)
{
	wire_release(&p->one);
	wire_release(&p->window);
	wire_release(&p->other);
	wire_release(&p->third);
	stop(&p->w);
}

static void
stand(struct wire *wire, const char *params)
{
	json_decref(ask(wire, "presence.set", params, NULL));
}

static json_t *
list(struct wire *wire, const char *params)
{
	json_t *j = ask(wire, "presence.list", params, NULL);
	json_t *rows = json_incref(json_object_get(j, "rows"));

	json_decref(j);
	return rows;
}

static size_t
count(struct wire *wire, const char *params)
{
	json_t *rows = list(wire, params);
	size_t n = json_array_size(rows);

	json_decref(rows);
	return n;
}

static void
test_presence__tells_others_where_one_is(void **state)
{
	struct people p;
	json_t *rows, *row;

	come_in(&p, state);
	assert_int_equal(count(&p.third, "{}"), 0); /* nobody said so yet */
	stand(&p.one, WRITES);
	stand(&p.other, "{}");
	rows = list(&p.third, "{}");
	assert_int_equal(json_array_size(rows), 2);
	row = json_array_get(rows, 0);
	assert_string_equal(town_text(row, "handle"), "bijdrager");
	assert_string_equal(town_text(row, "address"), "themas/common-ground");
	assert_string_equal(town_text(row, "under"), "Bronnen");
	assert_true(json_is_true(json_object_get(row, "writing")));
	row = json_array_get(rows, 1);
	assert_string_equal(town_text(row, "handle"), "redacteur");
	assert_true(json_is_null(json_object_get(row, "address")));
	assert_true(json_is_false(json_object_get(row, "writing")));
	json_decref(rows);
	assert_int_equal(count(&p.third, HERE), 1);
	assert_int_equal(count(&p.third, "{\"address\":\"index\"}"), 0);
	/* not of oneself, whatever the window */
	assert_int_equal(count(&p.one, "{}"), 1);
	assert_int_equal(count(&p.window, "{}"), 1);
	stand(&p.one, "{\"address\":\"index\"}");
	assert_int_equal(count(&p.third, HERE), 0);
	(void)ask(&p.one, "presence.set", "{\"address\":\"../x\"}", "rule");
	(void)ask(&p.one, "presence.list", "{\"address\":\"../x\"}", "rule");
	go_home(&p);
}

static void
test_presence__goes_with_the_stream(void **state)
{
	struct people p;

	come_in(&p, state);
	stand(&p.one, HERE);
	assert_int_equal(count(&p.third, HERE), 1);
	wire_release(&p.one);
	for (int i = 0; i < TRIES && count(&p.third, HERE) > 0; i++)
		; /* the loop has seen the end of it by then */
	assert_int_equal(count(&p.third, HERE), 0);
	attach(&p.w, &p.one, ATTACH(10, "bijdrager"));
	go_home(&p);
}

static void
expect_writing(struct wire *wire, const char *handle)
{
	json_t *j = hear_line(wire), *params = json_object_get(j, "params");

	assert_string_equal(town_text(j, "method"), "event.writing");
	assert_string_equal(town_text(params, "address"),
			    "themas/common-ground");
	assert_string_equal(town_text(params, "handle"), handle);
	assert_string_equal(town_text(params, "under"), "Bronnen");
	json_decref(j);
}

/* Only they, only once; the answer to a question is what comes next. */
static void
test_presence__who_is_on_the_page_hears_who_begins(void **state)
{
	struct people p;

	come_in(&p, state);
	json_decref(ask(&p.window, "events.subscribe", "{\"pages\":\"all\"}",
			NULL));
	json_decref(
		ask(&p.other, "events.subscribe", "{\"pages\":\"all\"}", NULL));
	json_decref(
		ask(&p.third, "events.subscribe", "{\"pages\":\"all\"}", NULL));
	stand(&p.window, HERE);
	stand(&p.other, HERE);
	stand(&p.third, "{\"address\":\"index\"}");
	stand(&p.one, HERE);
	stand(&p.one, WRITES);
	expect_writing(&p.other, "bijdrager");
	stand(&p.one, WRITES);
	assert_int_equal(count(&p.window, HERE), 1);
	assert_int_equal(count(&p.other, HERE), 2);
	assert_int_equal(count(&p.third, HERE), 3);
	stand(&p.one, HERE);
	stand(&p.one, WRITES);
	expect_writing(&p.other, "bijdrager");
	go_home(&p);
}

#define KRING "{\"space\":\"kring\"}"

/* Takes part there as their own role says, or no more. */
static void
let_in(struct wire *admin, const char *handle)
{
	char params[80];

	(void)snprintf(params, sizeof(params),
		       "{\"handle\":\"%s\",\"role\":\"%s\"}", handle, handle);
	json_decref(ask(admin, "member.set", params, NULL));
}

/* The next line says that they are that here. */
static void
expect_role(struct wire *wire, const char *role)
{
	json_t *j = hear_line(wire);

	assert_string_equal(town_text(j, "method"), "event.role");
	assert_string_equal(town_text(json_object_get(j, "params"), "role"),
			    role);
	json_decref(j);
}

/* All there is, from the page that others write on. */
static void
listen_at(struct wire *wire)
{
	json_decref(ask(wire, "events.subscribe", "{\"pages\":\"all\"}", NULL));
	stand(wire, HERE);
}

static void
expect_method(struct wire *wire, const char *method)
{
	json_t *j = hear_line(wire);

	assert_string_equal(town_text(j, "method"), method);
	json_decref(j);
}

/* Of who is in a private space, and of what they do there, nobody else hears:
 * nor who was there, and takes part no more. */
static void
test_presence__is_of_one_space(void **state)
{
	struct people p;
	struct wire admin, colleague;

	come_in(&p, state);
	attach(&p.w, &admin, ATTACH(10, "beheerder"));
	json_decref(ask(&admin, "space.add",
			"{\"space\":\"kring\",\"private\":true}", NULL));
	json_decref(ask(&admin, "session.space", KRING, NULL));
	let_in(&admin, "bijdrager");
	let_in(&admin, "redacteur");
	expect_role(&p.one, "bijdrager");
	expect_role(&p.other, "redacteur");
	json_decref(ask(&p.one, "session.space", KRING, NULL));
	json_decref(ask(&p.other, "session.space", KRING, NULL));
	tell_call(&admin, 1, "member.set",
		  "{\"handle\":\"beheerder\",\"role\":\"beheerder\"}");
	expect_role(&admin, "beheerder");
	json_decref(hear_line(&admin));
	attach(&p.w, &colleague, ATTACH(11, "beheerder"));
	json_decref(ask(&colleague, "session.space", KRING, NULL));
	let_in(&admin, "lezer"); /* who does not go there */
	expect_role(&p.third, "lezer");
	stand(&p.one, "{}");
	assert_int_equal(count(&p.other, "{}"), 1);
	assert_int_equal(count(&p.third, "{}"), 0);
	listen_at(&p.one);
	listen_at(&p.third);
	listen_at(&colleague);
	json_decref(ask(&admin, "member.remove", "{\"handle\":\"bijdrager\"}",
			NULL));
	expect_role(&p.one, "none");
	expect_role(&p.one, "none");
	assert_int_equal(count(&p.other, "{}"), 1); /* the colleague */
	json_decref(ask(&p.other, "page.create",
			"{\"address\":\"themas/een\",\"kind\":\"thema\","
			"\"title\":\"Een\",\"text\":\"Een.\\n\"}",
			NULL));
	/* all who hear it hear it at once */
	expect_method(&colleague, "event.page");
	expect_method(&colleague, "event.tree");
	stand(&p.other, WRITES);
	expect_writing(&colleague, "redacteur");
	json_decref(ask(&p.one, "session.info", "{}", NULL));
	json_decref(ask(&p.third, "session.info", "{}", NULL));
	wire_release(&colleague);
	wire_release(&admin);
	go_home(&p);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_presence__tells_others_where_one_is),
		TEST(test_presence__goes_with_the_stream),
		TEST(test_presence__who_is_on_the_page_hears_who_begins),
		TEST(test_presence__is_of_one_space),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
