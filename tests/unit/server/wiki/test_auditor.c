/* Tests of server/wiki/auditor.c. */
#include "town.h"

#include "wiki/auditor.h"

#define WINDOW ((int64_t)AUDITOR_WINDOW_MS)

static void
note_of(struct auditor *a, const char *who, const char *act, const char *from,
	bool refused, int64_t now)
{
	struct audit_record *r = mem_alloc(sizeof(*r));

	r->field[AUDIT_ACT] = mem_strdup(act);
	r->field[AUDIT_WHO] = who ? mem_strdup(who) : NULL;
	r->field[AUDIT_FROM] = mem_strdup(from);
	auditor_note(a, r, refused, now);
}

static void
note(struct auditor *a, const char *act, const char *from, bool refused,
     int64_t now)
{
	note_of(a, NULL, act, from, refused, now);
}

static void
put(struct town *t, struct auditor *a, bool end, int64_t now)
{
	if (auditor_write(a, &t->desk, end, now, &t->err))
		fail_msg("%s", t->err.msg);
}

/* How many records of this act there are; *detail (may be NULL) becomes that
 * of the newest, or "". */
static int
count(struct town *t, const char *act, char detail[64])
{
	struct vec rows = VEC_INIT;
	const struct audit_record *r;
	int n = 0;

	assert_int_equal(audit_list(t->desk.state,
				    &(struct audit_part){ .most = 100000 },
				    &rows, &t->err),
			 0);
	if (detail)
		detail[0] = '\0';
	for (size_t i = 0; i < rows.len; i++) {
		r = rows.items[i];
		if (strcmp(r->field[AUDIT_ACT], act) != 0)
			continue;
		if (detail && n == 0)
			(void)snprintf(detail, 64, "%s %s",
				       r->field[AUDIT_FROM],
				       r->field[AUDIT_DETAIL]);
		n++;
	}
	vec_release(&rows, audit_record_free);
	return n;
}

static void
test_auditor__what_comes_together_is_written_together(void **state)
{
	struct auditor *a = auditor_new();
	struct town *t = *state;

	assert_int_equal(auditor_delay(a, 1000), -1);
	note(a, "session.open", "192.0.2.1", false, 1000);
	assert_int_equal(auditor_delay(a, 1000), AUDITOR_MS);
	note(a, "session.open", "192.0.2.2", false, 1100);
	assert_int_equal(auditor_delay(a, 1100), AUDITOR_MS - 100);
	assert_int_equal(auditor_delay(a, 2000), 0);
	assert_int_equal(count(t, "session.open", NULL), 0);
	put(t, a, false, 2000);
	assert_int_equal(count(t, "session.open", NULL), 2);
	assert_int_equal(auditor_delay(a, 2000), -1);
	auditor_free(a);
}

static void
test_auditor__a_flood_of_refusals_is_counted(void **state)
{
	struct auditor *a = auditor_new();
	struct town *t = *state;
	char detail[64], peer[32];

	for (int i = 0; i < 5000; i++)
		note(a, "auth.password", "192.0.2.1", true, 1000 + i);
	/* a network of IPv6 is one; others still get theirs */
	for (int i = 0; i < 50; i++) {
		(void)snprintf(peer, sizeof(peer), "2001:db8::%x", i + 1);
		note(a, "auth.code", peer, true, 7000);
	}
	note(a, "denied", "192.0.2.2", true, 7000);
	put(t, a, false, 8000);
	assert_int_equal(count(t, "auth.password", NULL), AUDITOR_EACH);
	assert_int_equal(count(t, "auth.code", NULL), AUDITOR_EACH);
	assert_int_equal(count(t, "denied", NULL), 1);
	assert_int_equal(count(t, "refused.more", NULL), 0);
	assert_int_equal(auditor_delay(a, 8000), 1000 + WINDOW - 8000);
	put(t, a, false, 1000 + WINDOW);
	assert_int_equal(count(t, "refused.more", detail), 2);
	assert_string_equal(detail, "2001:0db8:0000:0000::/64 n=40");
	/* from then on it has records again */
	note(a, "auth.password", "192.0.2.1", true, 1000 + WINDOW);
	put(t, a, false, 2000 + WINDOW);
	assert_int_equal(count(t, "auth.password", NULL), AUDITOR_EACH + 1);
	assert_int_equal(count(t, "refused.more", NULL), 2);
	auditor_free(a);
}

static void
test_auditor__many_origins_are_bounded_too(void **state)
{
	struct auditor *a = auditor_new();
	struct town *t = *state;
	char peer[32], detail[64];
	int n;

	for (int i = 0; i < 5000; i++) {
		(void)snprintf(peer, sizeof(peer), "10.0.%d.%d", i / 250,
			       i % 250);
		note(a, "auth.password", peer, true, 1000);
	}
	put(t, a, true, 2000); /* the process ends */
	n = count(t, "auth.password", NULL);
	assert_true(n >= AUDITOR_ORIGINS && n <= AUDITOR_ALL);
	assert_int_equal(count(t, "refused.more", detail), 1);
	(void)snprintf(peer, sizeof(peer), "* n=%d", 5000 - n);
	assert_string_equal(detail, peer);
	auditor_free(a);
}

/* Who signs in is never among those that are only counted. */
static void
test_auditor__a_flood_hides_nobody_who_signs_in(void **state)
{
	struct auditor *a = auditor_new();
	struct town *t = *state;

	for (int i = 0; i < 100; i++)
		note(a, "auth.password", "192.0.2.1", true, 1000);
	for (int i = 0; i < 100; i++)
		note_of(a, "jan", "session.open", "192.0.2.1", false, 1000);
	put(t, a, false, 2000);
	assert_int_equal(count(t, "session.open", NULL), 100);
	auditor_free(a);
}

/* They prove nothing, and come as often as they like. */
static void
test_auditor__a_flood_of_guests_is_counted(void **state)
{
	struct auditor *a = auditor_new();
	struct town *t = *state;
	char detail[64];

	for (int i = 0; i < 500; i++) {
		note_of(a, "gast", "git.clone", "192.0.2.1", false, 1000);
		note_of(a, "nieuw", "session.open", "192.0.2.2", false, 1000);
		note_of(a, "gast", "denied", "192.0.2.1", true, 1000);
	}
	put(t, a, true, 2000);
	assert_int_equal(count(t, "git.clone", NULL), AUDITOR_EACH_GUEST);
	assert_int_equal(count(t, "session.open", NULL), AUDITOR_EACH_GUEST);
	assert_int_equal(count(t, "denied", NULL), AUDITOR_EACH);
	assert_int_equal(count(t, "refused.more", detail), 1);
	assert_string_equal(detail, "192.0.2.1 n=490");
	assert_int_equal(count(t, "guest.more", detail), 2);
	assert_string_equal(detail, "192.0.2.2 n=470");
	auditor_free(a);
}

static void
test_auditor__what_cannot_be_written_waits_and_is_bounded(void **state)
{
	struct auditor *a = auditor_new();
	struct town *t = *state;
	char detail[64];

	note(a, "session.open", "192.0.2.1", false, 1000);
	state_close(t->desk.state);
	t->desk.state = NULL;
	assert_int_equal(rename(DATA_STATE, "elsewhere"), 0);
	town_write(DATA_STATE, "no database, but long enough to look at it");
	assert_int_not_equal(auditor_write(a, &t->desk, false, 2000, &t->err),
			     0);
	assert_int_equal(auditor_delay(a, 2000), AUDITOR_RETRY_MS);
	for (int i = 0; i < AUDITOR_PENDING + 6; i++)
		note(a, "session.open", "192.0.2.2", false, 2500);
	assert_int_equal(auditor_delay(a, 2500), AUDITOR_RETRY_MS - 500);
	assert_int_equal(rename("elsewhere", DATA_STATE), 0);
	put(t, a, false, 5000);
	assert_int_equal(count(t, "session.open", NULL), AUDITOR_PENDING);
	assert_int_equal(count(t, "lost", detail), 1);
	assert_string_equal(detail, " n=7");
	auditor_free(a);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_auditor__what_comes_together_is_written_together),
		TEST(test_auditor__a_flood_of_refusals_is_counted),
		TEST(test_auditor__many_origins_are_bounded_too),
		TEST(test_auditor__a_flood_hides_nobody_who_signs_in),
		TEST(test_auditor__a_flood_of_guests_is_counted),
		TEST(test_auditor__what_cannot_be_written_waits_and_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
