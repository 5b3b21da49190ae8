/* test_accounts.c - people and their keys. */
#include "state/accounts.h"

#include "state/marks.h"
#include "state/members.h"
#include "state/proofs.h"
#include "state/standing.h"
#include "statefile.h"

#define BLOB \
	"AAAAC3NzaC1lZDI1NTE5AAAAIGtj1Q3zccsZB+v9Ymn07tLHQwuY2On69YWG1NKrTIs1"
#define PRINT "SHA256:GApEBkn/JfsyoljRyaqtrI5wY8Sq7AjAHB839OB3fAg"
#define LINE "ssh-ed25519 " BLOB

static int
setup(void **state)
{
	return statefile_open(state, NULL);
}

static int
add(struct fixture *f, const char *handle, const char *name)
{
	return account_add(f->s, handle, name, ROLE_REDACTEUR, "nl", &f->err);
}

static void
test_accounts__keep_what_is_known_of_a_person(void **state)
{
	struct fixture *f = *state;
	struct account a = { 0 };

	assert_int_equal(add(f, "ada", "Ada de Vriës"), 0);
	assert_int_equal(account_get(f->s, "ada", &a, &f->err), 0);
	assert_string_equal(a.handle, "ada");
	assert_string_equal(a.name, "Ada de Vriës");
	assert_string_equal(a.language, "nl");
	assert_int_equal(a.role, ROLE_REDACTEUR);
	assert_int_equal(a.n_keys, 0);
	assert_true(a.created > 1600000000);
	account_release(&a);
	account_release(&a);
	assert_int_equal(account_get(f->s, "bo", &a, &f->err), PLEIN_ENOTFOUND);
}

static void
test_accounts__have_handles_of_their_own(void **state)
{
	struct fixture *f = *state;
	struct account a = { 0 };

	assert_int_equal(add(f, "ada", "Ada"), 0);
	assert_int_equal(add(f, "ada", "Een ander"), PLEIN_EEXISTS);
	assert_int_equal(account_get(f->s, "ada", &a, &f->err), 0);
	assert_string_equal(a.name, "Ada");
	account_release(&a);
}

static void
test_accounts__refuse_handles_and_names_that_cannot_be(void **state)
{
	static const char *const handles[] = {
		"", "Ada", "a b", "root", "gast", "-a", "a'; DROP TABLE", "é",
	};
	static const char *const names[] = {
		"",	     " Ada", "Ada ",  "A\nB",	 "A <a@b>",
		"A\033[31m", "\t",   "A\x80", "A\u202e", "Plein-\r",
	};
	struct fixture *f = *state;
	struct vec all = VEC_INIT;
	char longest[ACCOUNT_NAME_MAX + 2];
	size_t i;

	for (i = 0; i < sizeof handles / sizeof handles[0]; i++)
		assert_int_equal(add(f, handles[i], "Ada"), PLEIN_ERULE);
	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		assert_int_equal(add(f, "ada", names[i]), PLEIN_ERULE);
	memset(longest, 'x', sizeof longest);
	longest[ACCOUNT_NAME_MAX + 1] = '\0';
	assert_int_equal(add(f, "ada", longest), PLEIN_ERULE);
	assert_int_equal(account_list(f->s, &all, &f->err), 0);
	assert_int_equal(all.len, 0);
	longest[ACCOUNT_NAME_MAX] = '\0';
	assert_int_equal(add(f, "ada", longest), 0);
}

static void
test_accounts__refuse_roles_and_languages_that_are_none(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
		account_add(f->s, "ada", "Ada", ROLE_NONE, "nl", &f->err),
		PLEIN_ERULE);
	assert_int_equal(
		account_add(f->s, "ada", "Ada", ROLE_HOST, "nl", &f->err),
		PLEIN_ERULE);
	assert_int_equal(
		account_add(f->s, "ada", "Ada", ROLE_LEZER, "fr", &f->err),
		PLEIN_ERULE);
}

static void
test_accounts__are_listed_by_handle(void **state)
{
	struct fixture *f = *state;
	struct vec all = VEC_INIT;
	struct account *a;

	assert_int_equal(add(f, "zed", "Z"), 0);
	assert_int_equal(add(f, "ada", "A"), 0);
	assert_int_equal(add(f, "bo", "B"), 0);
	assert_int_equal(account_add_key(f->s, "bo", LINE, &f->err), 0);
	assert_int_equal(account_list(f->s, &all, &f->err), 0);
	assert_int_equal(all.len, 3);
	a = all.items[0];
	assert_string_equal(a->handle, "ada");
	a = all.items[1];
	assert_string_equal(a->handle, "bo");
	assert_int_equal(a->n_keys, 1);
	a = all.items[2];
	assert_string_equal(a->handle, "zed");
	vec_release(&all, account_free);
}

static void
test_accounts__are_found_by_their_key(void **state)
{
	struct fixture *f = *state;
	struct account a = { 0 };
	char print[KEY_FINGERPRINT];

	assert_int_equal(add(f, "ada", "Ada"), 0);
	assert_int_equal(
		account_by_key(f->s, "ssh-ed25519", BLOB, &a, print, &f->err),
		PLEIN_ENOTFOUND);
	assert_string_equal(print, PRINT);
	assert_int_equal(
		account_add_key(f->s, "ada", LINE " ada@laptop\n", &f->err), 0);
	assert_int_equal(
		account_by_key(f->s, "ssh-ed25519", BLOB, &a, print, &f->err),
		0);
	assert_string_equal(a.handle, "ada");
	assert_int_equal(a.n_keys, 1);
	assert_string_equal(print, PRINT);
	account_release(&a);
}

static void
test_accounts__are_not_found_by_half_a_key(void **state)
{
	struct fixture *f = *state;
	struct account a = { 0 };
	char print[KEY_FINGERPRINT];

	assert_int_equal(add(f, "ada", "Ada"), 0);
	assert_int_equal(account_add_key(f->s, "ada", LINE, &f->err), 0);
	assert_int_equal(
		account_by_key(f->s, "ssh-rsa", BLOB, &a, print, &f->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(
		account_by_key(f->s, "ssh-ed25519", "AAAA", &a, print, &f->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(
		account_by_key(f->s, "ssh-ed25519", "'", &a, print, &f->err),
		PLEIN_ENOTFOUND);
	assert_string_equal(print, "");
	assert_null(a.handle);
}

static void
test_accounts__share_no_key(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(add(f, "ada", "Ada"), 0);
	assert_int_equal(add(f, "bo", "Bo"), 0);
	assert_int_equal(account_add_key(f->s, "ada", LINE, &f->err), 0);
	assert_int_equal(account_add_key(f->s, "bo", LINE " x", &f->err),
			 PLEIN_EEXISTS);
	assert_int_equal(account_add_key(f->s, "ada", LINE, &f->err),
			 PLEIN_EEXISTS);
	assert_int_equal(account_add_key(f->s, "cy", LINE, &f->err),
			 PLEIN_ENOTFOUND);
}

static void
test_accounts__take_only_lines_of_one_key(void **state)
{
	static const char *const bad[] = {
		"",
		" ",
		"\n\n",
		"ssh-ed25519",
		"ssh-ed25519 ",
		BLOB,
		"ssh-rsa " BLOB,
		"ssh-ed25519 " BLOB "x",
		"command=\"x\" ssh-ed25519 " BLOB,
		"ssh-ed25519 " BLOB " a\nssh-ed25519 " BLOB " b\n",
		"-----BEGIN OPENSSH PRIVATE KEY-----",
	};
	struct fixture *f = *state;
	struct account a = { 0 };
	size_t i;

	assert_int_equal(add(f, "ada", "Ada"), 0);
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(account_add_key(f->s, "ada", bad[i], &f->err),
				 PLEIN_ERULE);
	assert_int_equal(account_get(f->s, "ada", &a, &f->err), 0);
	assert_int_equal(a.n_keys, 0);
	account_release(&a);
	assert_int_equal(account_add_key(f->s, "ada",
					 " ssh-ed25519\t" BLOB "\r\n", &f->err),
			 0);
}

static void
test_accounts__change_only_what_is_asked(void **state)
{
	static const struct account_change all = { "Ada B", "Duinstad", "en",
						   "mouse=on" },
					   one = { .organisation = "" },
					   none = { NULL, NULL, NULL, NULL };
	struct fixture *f = *state;
	struct account a = { 0 };

	assert_int_equal(add(f, "ada", "Ada"), 0);
	assert_int_equal(add(f, "bo", "Bo"), 0);
	assert_int_equal(account_change(f->s, "ada", &none, &f->err), 0);
	assert_int_equal(account_get(f->s, "ada", &a, &f->err), 0);
	assert_string_equal(a.name, "Ada");
	assert_string_equal(a.organisation, "");
	assert_string_equal(a.language, "nl");
	assert_string_equal(a.display, "");
	account_release(&a);
	assert_int_equal(account_change(f->s, "ada", &all, &f->err), 0);
	assert_int_equal(account_change(f->s, "ada", &one, &f->err), 0);
	assert_int_equal(account_get(f->s, "ada", &a, &f->err), 0);
	assert_string_equal(a.name, "Ada B");
	assert_string_equal(a.organisation, "");
	assert_string_equal(a.language, "en");
	assert_string_equal(a.display, "mouse=on");
	account_release(&a);
	assert_int_equal(account_get(f->s, "bo", &a, &f->err), 0);
	assert_string_equal(a.name, "Bo");
	assert_string_equal(a.display, "");
	account_release(&a);
	assert_int_equal(account_change(f->s, "cy", &all, &f->err),
			 PLEIN_ENOTFOUND);
}

static void
test_accounts__refuse_changes_that_cannot_be(void **state)
{
	static const struct {
		struct account_change change;
		const char *rule;
	} bad[] = {
		{ { .name = "" }, "name" },
		{ { .name = "A <b>", .organisation = "Ginds" }, "name" },
		{ { .organisation = " Ginds" }, "organisation" },
		{ { .organisation = "A\nB", .name = "Bo" }, "organisation" },
		{ { .language = "fr", .organisation = "Ginds" }, NULL },
	};
	struct fixture *f = *state;
	struct account a = { 0 };

	assert_int_equal(add(f, "ada", "Ada"), 0);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_int_equal(
			account_change(f->s, "ada", &bad[i].change, &f->err),
			PLEIN_ERULE);
		if (bad[i].rule)
			assert_string_equal(f->err.rule, bad[i].rule);
	}
	assert_int_equal(account_get(f->s, "ada", &a, &f->err), 0);
	assert_string_equal(a.name, "Ada");
	assert_string_equal(a.organisation, "");
	account_release(&a);
}

/* ada (beheerder, with a code, here), bo (lezer, of Duinstad, stopped), cé
 * (redacteur; lezer in the space markt). */
static void
add_three(struct fixture *f)
{
	static const struct account_change at = { .organisation = "Duinstád" };
	const char *none[1] = { NULL };

	assert_int_equal(
		account_add(f->s, "ada", "Ada", ROLE_BEHEERDER, "nl", &f->err),
		0);
	assert_int_equal(
		account_add(f->s, "bo", "Bo", ROLE_LEZER, "nl", &f->err), 0);
	assert_int_equal(add(f, "ce", "Cé"), 0);
	assert_int_equal(account_change(f->s, "bo", &at, &f->err), 0);
	assert_int_equal(
		standing_set(f->s, "bo", STANDING_BLOCKED, NULL, &f->err), 0);
	assert_int_equal(proofs_offer_code(f->s, "ada", "GEHEIM", &f->err), 0);
	assert_int_equal(proofs_confirm_code(f->s, "ada", 1, none, 0, &f->err),
			 0);
	assert_int_equal(space_put(f->s, "markt", "", false, &f->err), 0);
	assert_int_equal(member_set(f->s, "markt", "ce", ROLE_LEZER, &f->err),
			 0);
	assert_int_equal(visit_touch(f->s, "agenda", "ada", NULL, &f->err), 0);
}

static void
expect_chosen(struct fixture *f, const struct account_choice *which,
	      const char *handles)
{
	struct vec all = VEC_INIT;
	struct buf got = BUF_INIT;
	size_t count;

	assert_int_equal(account_choose(f->s, which, 10, &all, &count, &f->err),
			 0);
	for (size_t i = 0; i < all.len; i++)
		buf_printf(&got, "%s ",
			   ((struct account *)all.items[i])->handle);
	assert_string_equal(got.ptr, handles);
	assert_int_equal(count, all.len);
	buf_release(&got);
	vec_release(&all, account_free);
}

static void
test_accounts__are_chosen_by_what_they_are(void **state)
{
	static const struct {
		struct account_choice which;
		const char *handles;
	} rows[] = {
		{ { 0 }, "ada bo ce " },
		{ { .after = "ada" }, "bo ce " },
		{ { .after = "ce" }, "" },
		{ { .words = "DUIN" }, "bo " },
		{ { .words = "cé" }, "ce " },
		{ { .words = "c" }, "ce " },
		{ { .role = "redacteur" }, "ce " },
		{ { .role = "lezer" }, "" }, /* that one is stopped */
		{ { .out = true }, "bo " },
		{ { .codeless = true }, "bo ce " },
		{ { .space = "agenda", .unseen = 1 }, "bo ce " },
		{ { .space = "markt", .unseen = 1 }, "ada bo ce " },
		{ { .member_of = "markt" }, "ce " },
		{ { .member_of = "markt", .role = "lezer" }, "ce " },
		{ { .member_of = "markt", .role = "redacteur" }, "" },
	};
	struct fixture *f = *state;

	add_three(f);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		expect_chosen(f, &rows[i].which, rows[i].handles);
}

#define MANY 10000
#define PART 500

static void
test_accounts__come_in_parts_however_many(void **state)
{
	struct fixture *f = *state;
	struct account_choice which = { 0 };
	struct vec part = VEC_INIT;
	char last[40] = "", handle[40];
	size_t n = 0, count = 0;

	assert_int_equal(state_begin(f->s, &f->err), 0);
	for (int i = 0; i < MANY; i++) {
		(void)snprintf(handle, sizeof handle, "lid.%05d", i);
		assert_int_equal(add(f, handle, "Lid"), 0);
	}
	assert_int_equal(state_commit(f->s, &f->err), 0);
	do {
		vec_release(&part, account_free);
		assert_int_equal(account_choose(f->s, &which, PART, &part,
						n ? NULL : &count, &f->err),
				 0);
		for (size_t i = 0; i < part.len; i++, n++) {
			const struct account *a = part.items[i];

			assert_true(strcmp(last, a->handle) < 0);
			(void)snprintf(last, sizeof last, "%s", a->handle);
		}
		which.after = last;
	} while (part.len == PART);
	assert_int_equal(count, MANY);
	assert_int_equal(n, MANY);
	vec_release(&part, account_free);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, statefile_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_accounts__keep_what_is_known_of_a_person),
		TEST(test_accounts__have_handles_of_their_own),
		TEST(test_accounts__refuse_handles_and_names_that_cannot_be),
		TEST(test_accounts__refuse_roles_and_languages_that_are_none),
		TEST(test_accounts__are_listed_by_handle),
		TEST(test_accounts__are_chosen_by_what_they_are),
		TEST(test_accounts__come_in_parts_however_many),
		TEST(test_accounts__are_found_by_their_key),
		TEST(test_accounts__are_not_found_by_half_a_key),
		TEST(test_accounts__share_no_key),
		TEST(test_accounts__take_only_lines_of_one_key),
		TEST(test_accounts__change_only_what_is_asked),
		TEST(test_accounts__refuse_changes_that_cannot_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
