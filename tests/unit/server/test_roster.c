/* Connections: found by number and by process, bound once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <unistd.h>

#include "roster.h"

static struct member *
add(struct roster *r)
{
	struct address a;

	assert_int_equal(address_parse(&a, "192.0.2.9:4", NULL), 0);
	return roster_add(r, &a);
}

static void
test_roster__numbers_are_never_used_again(void **state)
{
	struct roster r;
	struct member *m;
	long first;

	(void)state;
	roster_init(&r);
	m = add(&r);
	first = m->id;
	assert_string_equal(m->peer, "192.0.2.9");
	roster_remove(&r, m);
	assert_null(roster_by_id(&r, first));
	m = add(&r);
	assert_true(m->id > first);
	assert_ptr_equal(roster_by_id(&r, m->id), m);
	roster_release(&r);
}

static void
test_roster__finds_by_either_process(void **state)
{
	struct roster r;
	struct member *a, *b;

	(void)state;
	roster_init(&r);
	a = add(&r);
	b = add(&r);
	a->conn = 100;
	b->conn = 200;
	b->client = 201;
	assert_ptr_equal(roster_by_pid(&r, 100), a);
	assert_ptr_equal(roster_by_pid(&r, 200), b);
	assert_ptr_equal(roster_by_pid(&r, 201), b);
	assert_null(roster_by_pid(&r, 300));
	/* 0 marks "no process" and must match nobody. */
	assert_null(roster_by_pid(&r, 0));
	roster_release(&r);
}

static void
test_roster__binds_once(void **state)
{
	struct roster r;
	struct member *m;
	struct err err = ERR_INIT;

	(void)state;
	roster_init(&r);
	m = add(&r);
	assert_int_equal(roster_bind(&r, m, "ann", "SHA256:x", "nl", &err), 0);
	assert_int_equal(r.n_bound, 1);
	assert_int_equal(roster_bind(&r, m, "ann", "SHA256:x", "nl", &err), 0);
	assert_int_equal(r.n_bound, 1);
	assert_int_equal(roster_bind(&r, m, "bob", "SHA256:y", "en", &err),
			 PLEIN_EDENIED);
	assert_string_equal(m->account, "ann");
	assert_string_equal(m->key, "SHA256:x");
	assert_string_equal(m->language, "nl");
	roster_remove(&r, m);
	assert_int_equal(r.n_bound, 0);
	roster_release(&r);
}

static void
test_roster__closes_sockets_of_who_leaves(void **state)
{
	struct roster r;
	struct member *m;
	int monitor[2], control[2];
	char c;

	(void)state;
	roster_init(&r);
	m = add(&r);
	assert_int_equal(pipe(monitor), 0);
	assert_int_equal(pipe(control), 0);
	m->monitor = monitor[1];
	m->control = control[1];
	roster_remove(&r, m);
	assert_int_equal(read(monitor[0], &c, 1), 0);
	assert_int_equal(read(control[0], &c, 1), 0);
	(void)close(monitor[0]);
	(void)close(control[0]);
	roster_release(&r);
}

static void
test_roster__knows_who_needs_the_wiki(void **state)
{
	struct roster r;
	struct member *m;

	(void)state;
	roster_init(&r);
	m = add(&r);
	assert_false(member_needs_wiki(m));
	m->monitor = 0;
	assert_true(member_needs_wiki(m));
	/* Git was started: neither the connection nor git wants it. */
	m->spawned = true;
	assert_false(member_needs_wiki(m));
	m->control = 0;
	m->monitor = -1;
	assert_true(member_needs_wiki(m));
	m->control = -1;
	roster_release(&r);
}

static void
test_roster__tells_the_earliest_deadline(void **state)
{
	struct roster r;

	(void)state;
	roster_init(&r);
	assert_int_equal(roster_deadline(&r), 0);
	(void)add(&r);
	add(&r)->kill_at = 900;
	add(&r)->kill_at = 500;
	add(&r)->kill_at = 700;
	assert_int_equal(roster_deadline(&r), 500);
	add(&r)->held_until = 400;
	assert_int_equal(roster_deadline(&r), 400);
	roster_release(&r);
}

static void
test_roster__counts_guests_by_address(void **state)
{
	struct roster r;
	struct address a;
	struct member *m;

	(void)state;
	roster_init(&r);
	for (int i = 0; i < 5; i++) {
		m = add(&r);
		m->role = i < 3 ? ROLE_GAST : ROLE_LEZER;
	}
	assert_int_equal(address_parse(&a, "192.0.2.10:4", NULL), 0);
	m = roster_add(&r, &a);
	m->role = ROLE_GAST;
	assert_int_equal(roster_guests(&r, NULL), 4);
	assert_int_equal(roster_guests(&r, "192.0.2.9"), 3);
	assert_int_equal(roster_guests(&r, "192.0.2.10"), 1);
	assert_int_equal(roster_guests(&r, "192.0.2.11"), 0);
	roster_release(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_roster__counts_guests_by_address),
		cmocka_unit_test(test_roster__numbers_are_never_used_again),
		cmocka_unit_test(test_roster__finds_by_either_process),
		cmocka_unit_test(test_roster__binds_once),
		cmocka_unit_test(test_roster__closes_sockets_of_who_leaves),
		cmocka_unit_test(test_roster__knows_who_needs_the_wiki),
		cmocka_unit_test(test_roster__tells_the_earliest_deadline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
