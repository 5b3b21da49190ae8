/* What git's hooks ask: by ticket, never by being local alone. */
#include "pusher.h"

#include "wiki/pushes.h"

#define TICKET "0123456789abcdef0123456789abcdef"
#define ZEROS "0000000000000000000000000000000000000000"

static void
give_ticket(struct town *t, const char *ticket, const char *account,
	    const char *space)
{
	struct push_owner owner = { (char *)account, (char *)space,
				    (char *)"192.0.2.7", 7 };

	if (!t->desk.pushes)
		t->desk.pushes = pushes_new(60000);
	pushes_add(t->desk.pushes, ticket, &owner);
}

static int
teardown(void **state)
{
	struct town *t = *state;

	pushes_free(t->desk.pushes);
	t->desk.pushes = NULL;
	return town_teardown(state);
}

static int
ask_judge(struct pusher *u, const char *updates, json_t **result)
{
	struct buf params = BUF_INIT;
	int rc;

	buf_printf(&params,
		   "{'ticket':'" TICKET "','folder':'%s','updates':'%s'}",
		   u->forge.name, updates);
	rc = town_ask(u->town, ROLE_HOST, "push.judge", params.ptr, result);
	buf_release(&params);
	return rc;
}

/* One good commit on top of main. */
static void
start_good(struct pusher *u, struct town *t)
{
	pusher_start(u, t);
	pusher_put(u, "themas/nieuw.md", 0100644, "Tekst.\n");
	pusher_commit(u);
}

static void
format_update(struct buf *out, const struct pusher *u)
{
	buf_reset(out);
	buf_printf(out, "%s %s refs/heads/main\\n",
		   u->main.hex[0] ? u->main.hex : ZEROS, u->tip.hex);
}

/* The rules of the faults, a blank between. */
static void
expect_rules(json_t *verdict, const char *want)
{
	struct buf seen = BUF_INIT;
	json_t *fault;
	size_t i;

	json_array_foreach(json_object_get(verdict, "faults"), i, fault)
		buf_printf(&seen, "%s%s", i ? " " : "",
			   town_text(fault, "rule"));
	assert_string_equal(seen.ptr, want);
	buf_release(&seen);
	json_decref(verdict);
}

static void
test_handle_push__needs_a_ticket_that_is_known(void **state)
{
	struct pusher u;
	struct buf update = BUF_INIT;

	start_good(&u, *state);
	format_update(&update, &u);
	assert_int_equal(ask_judge(&u, update.ptr, NULL), PLEIN_EBUSY);
	give_ticket(u.town, "ffffffffffffffffffffffffffffffff", "bijdrager",
		    "agenda");
	assert_int_equal(ask_judge(&u, update.ptr, NULL), PLEIN_ENOTFOUND);
	pusher_stop(&u);
	buf_release(&update);
}

static void
test_handle_push__rights_are_those_of_the_account_now(void **state)
{
	static const struct {
		const char *account, *space;
	} rows[] = { { "lezer", "agenda" },
		     { "niemand", "agenda" },
		     { "bijdrager", "anders" } };
	struct pusher u;
	struct buf update = BUF_INIT;
	size_t i;

	start_good(&u, *state);
	format_update(&update, &u);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		give_ticket(u.town, TICKET, rows[i].account, rows[i].space);
		assert_int_equal(ask_judge(&u, update.ptr, NULL),
				 PLEIN_EDENIED);
		pushes_over(u.town->desk.pushes, 7);
	}
	pusher_stop(&u);
	buf_release(&update);
}

static int
settle(struct town *t, const char *status, const char *updates)
{
	struct buf params = BUF_INIT;
	int rc;

	buf_printf(&params,
		   "{'ticket':'" TICKET "','state':'%s','updates':'%s'}",
		   status, updates);
	rc = town_ask(t, ROLE_HOST, "push.settle", params.ptr, NULL);
	buf_release(&params);
	return rc;
}

static void
test_handle_push__approved_main_moves_once_and_is_followed(void **state)
{
	struct town *t = *state;
	struct pusher u;
	struct buf update = BUF_INIT, with_head = BUF_INIT;
	json_t *verdict, *log;

	start_good(&u, t);
	format_update(&update, &u);
	give_ticket(t, TICKET, "bijdrager", "agenda");
	assert_int_equal(settle(t, "prepared", update.ptr), PLEIN_EDENIED);
	assert_int_equal(ask_judge(&u, update.ptr, &verdict), 0);
	assert_string_equal(town_text(verdict, "mail"),
			    "bijdrager@stad.example");
	assert_string_equal(town_text(verdict, "name"), "Iemand Anders");
	assert_string_equal(town_text(verdict, "base"), u.main.hex);
	expect_rules(verdict, "");
	assert_int_equal(ask_judge(&u, update.ptr, NULL), PLEIN_EDENIED);
	buf_printf(&with_head, "%s%s %s refs/heads/x\\n", update.ptr,
		   u.main.hex, u.tip.hex);
	assert_int_equal(settle(t, "prepared", with_head.ptr), PLEIN_EDENIED);
	buf_reset(&with_head);
	buf_printf(&with_head, "%s%s %s HEAD\\n", update.ptr, u.main.hex,
		   u.tip.hex);
	assert_int_equal(settle(t, "prepared", with_head.ptr), 0);
	/* what git does: move the objects, move main */
	assert_int_equal(
		git_odb_add_disk_alternate(t->desk.repo->odb, u.forge.folder),
		0);
	assert_int_equal(repo_ref_swap(t->desk.repo, &u.main, &u.tip, &t->err),
			 0);
	assert_int_equal(settle(t, "committed", with_head.ptr), 0);
	assert_int_equal(settle(t, "prepared", with_head.ptr), PLEIN_EDENIED);
	assert_true(pushes_are_quiet(t->desk.pushes));
	json_decref(town_get(t, ROLE_HOST, "push.follow", "{}"));
	log = town_get(t, ROLE_LEZER, "page.log", "{'address':'themas/nieuw'}");
	assert_int_equal(json_array_size(json_object_get(log, "rows")), 1);
	json_decref(log);
	pusher_stop(&u);
	buf_release(&update);
	buf_release(&with_head);
}

static void
test_handle_push__a_refused_push_cannot_go_on(void **state)
{
	struct town *t = *state;
	struct pusher u;
	struct buf update = BUF_INIT;
	json_t *verdict;

	pusher_start(&u, t);
	pusher_put(&u, "themas/x.md", 0120000, "x");
	pusher_commit(&u);
	format_update(&update, &u);
	give_ticket(t, TICKET, "bijdrager", "agenda");
	assert_int_equal(ask_judge(&u, update.ptr, &verdict), 0);
	expect_rules(verdict, "link");
	assert_int_equal(settle(t, "prepared", update.ptr), PLEIN_EDENIED);
	assert_int_equal(ask_judge(&u, update.ptr, NULL), PLEIN_EDENIED);
	assert_true(pushes_are_quiet(t->desk.pushes));
	pusher_stop(&u);
	buf_release(&update);
}

/* What each list of updates, made of what is pushed, leads to. */
static void
expect_of_updates(struct town *t, const char *format, const char *want)
{
	struct pusher u;
	struct buf updates = BUF_INIT;
	const char *p;
	json_t *verdict = NULL;
	int rc;

	start_good(&u, t);
	for (p = format; *p; p++) {
		if (*p == 'O')
			buf_str(&updates, u.main.hex);
		else if (*p == 'N')
			buf_str(&updates, u.tip.hex);
		else if (*p == '0')
			buf_str(&updates, ZEROS);
		else
			buf_char(&updates, *p);
	}
	give_ticket(t, TICKET, "bijdrager", "agenda");
	rc = ask_judge(&u, updates.ptr, &verdict);
	if (want) {
		assert_int_equal(rc, 0);
		expect_rules(verdict, want);
	} else {
		assert_int_equal(rc, PLEIN_EUSAGE);
	}
	pushes_over(t->desk.pushes, 7);
	pusher_stop(&u);
	buf_release(&updates);
}

static void
test_handle_push__only_main_is_moved(void **state)
{
	static const struct {
		const char *updates, *want;
	} rows[] = {
		{ "O N refs/heads/main\\n", "" },
		{ "O N refs/heads/main", "" },
		{ "0 N refs/heads/main\\n", "moved" },
		{ "N N refs/heads/main\\n", "moved" },
		{ "O 0 refs/heads/main\\n", "delete" },
		{ "0 N refs/heads/ander\\n", "ref" },
		{ "0 N refs/tags/v1\\nO N refs/heads/main\\n", "ref" },
		{ "O 0 refs/heads/main\\n0 N refs/heads/x\\n", "ref delete" },
		{ "0 N refs/heads/main2\\n", "ref" },
		{ "rommel", NULL },
		{ "O N", NULL },
		{ "O  N refs/heads/main\\n", NULL },
		{ "O N refs/heads/main\\nrommel", NULL },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_of_updates(*state, rows[i].updates, rows[i].want);
}

static void
test_handle_push__a_busy_judge_is_asked_again(void **state)
{
	struct town *t = *state;
	struct push_owner owner;
	struct pusher u;
	struct buf update = BUF_INIT;
	json_t *verdict;

	start_good(&u, t);
	format_update(&update, &u);
	give_ticket(t, "a", "bijdrager", "agenda");
	give_ticket(t, "b", "bijdrager", "agenda");
	give_ticket(t, TICKET, "bijdrager", "agenda");
	assert_int_equal(pushes_judge(t->desk.pushes, "a", &owner, NULL), 0);
	push_owner_release(&owner);
	assert_int_equal(pushes_judge(t->desk.pushes, "b", &owner, NULL), 0);
	push_owner_release(&owner);
	assert_int_equal(ask_judge(&u, update.ptr, NULL), PLEIN_EBUSY);
	assert_int_equal(
		pushes_lease(t->desk.pushes, "a", &u.main, &u.tip, NULL), 0);
	assert_int_equal(ask_judge(&u, update.ptr, NULL), PLEIN_EBUSY);
	pushes_settle(t->desk.pushes, "a");
	assert_int_equal(ask_judge(&u, update.ptr, &verdict), 0);
	expect_rules(verdict, "");
	pusher_stop(&u);
	buf_release(&update);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, town_setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handle_push__needs_a_ticket_that_is_known),
		TEST(test_handle_push__rights_are_those_of_the_account_now),
		TEST(test_handle_push__approved_main_moves_once_and_is_followed),
		TEST(test_handle_push__a_refused_push_cannot_go_on),
		TEST(test_handle_push__only_main_is_moved),
		TEST(test_handle_push__a_busy_judge_is_asked_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
