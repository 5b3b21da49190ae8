/* test_members.c - which spaces there are, and who is what in them. */
#include "state/members.h"

#include "statefile.h"

#include "plein/path.h"
#include "state/drafts.h"
#include "state/folds.h"
#include "state/marks.h"

static int
setup(void **state)
{
	static const char *const people[] = { "ada", "bo", NULL };

	return statefile_open(state, people);
}

static void
make_spaces(struct fixture *f)
{
	assert_int_equal(space_put(f->s, "zorg", "Zorg", true, &f->err), 0);
	assert_int_equal(space_put(f->s, "jeugd", "", false, &f->err), 0);
}

static void
test_members__spaces_are_put_changed_and_listed(void **state)
{
	struct fixture *f = *state;
	struct vec rows = VEC_INIT;
	struct space_row *row;

	make_spaces(f);
	assert_int_equal(
		space_put(f->s, "zorg", "Zorg en welzijn", false, &f->err), 0);
	assert_int_equal(space_rows(f->s, &rows, &f->err), 0);
	assert_int_equal(rows.len, 2);
	row = rows.items[0];
	assert_string_equal(row->name, "jeugd");
	row = rows.items[1];
	assert_string_equal(row->title, "Zorg en welzijn");
	assert_false(row->closed);
	vec_release(&rows, space_row_free);
	assert_int_equal(space_put(f->s, "x", "twee\nregels", true, &f->err),
			 PLEIN_ERULE);
	assert_int_equal(space_row(f->s, "x", &row, &f->err), PLEIN_ENOTFOUND);
}

static enum role
role_in(struct fixture *f, const char *space, const char *handle)
{
	enum role role;

	assert_int_equal(member_role(f->s, space, handle, &role, &f->err), 0);
	return role;
}

static void
test_members__roles_are_of_one_space(void **state)
{
	struct fixture *f = *state;
	struct vec list = VEC_INIT;
	struct account a = { 0 };

	make_spaces(f);
	assert_int_equal(
		member_set(f->s, "zorg", "ada", ROLE_BEHEERDER, &f->err), 0);
	assert_int_equal(role_in(f, "zorg", "ada"), ROLE_BEHEERDER);
	assert_int_equal(role_in(f, "jeugd", "ada"), ROLE_NONE);
	assert_int_equal(role_in(f, "zorg", "bo"), ROLE_NONE);
	assert_int_equal(role_in(f, "agenda", "ada"), ROLE_NONE);
	assert_int_equal(account_get(f->s, "ada", &a, &f->err), 0);
	assert_int_equal(a.most, ROLE_BEHEERDER);
	account_release(&a);
	assert_int_equal(member_set(f->s, "zorg", "ada", ROLE_LEZER, &f->err),
			 0);
	assert_int_equal(member_list(f->s, "zorg", NULL, &list, &f->err), 0);
	assert_int_equal(list.len, 1);
	assert_int_equal(((struct member *)list.items[0])->role, ROLE_LEZER);
	vec_release(&list, member_free);
	assert_int_equal(member_set(f->s, "zorg", "ada", ROLE_NONE, &f->err),
			 0);
	assert_int_equal(member_set(f->s, "zorg", "ada", ROLE_NONE, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(role_in(f, "zorg", "ada"), ROLE_NONE);
}

static void
test_members__need_an_account_a_space_and_a_role_of_accounts(void **state)
{
	struct fixture *f = *state;

	make_spaces(f);
	assert_int_equal(
		member_set(f->s, "nergens", "ada", ROLE_LEZER, &f->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(
		member_set(f->s, "zorg", "niemand", ROLE_LEZER, &f->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(member_set(f->s, "zorg", "ada", ROLE_GAST, &f->err),
			 PLEIN_ERULE);
	assert_int_equal(member_set(f->s, "zorg", "ada", ROLE_HOST, &f->err),
			 PLEIN_ERULE);
}

static void
test_members__go_with_their_space_but_drafts_stay(void **state)
{
	struct fixture *f = *state;
	struct draft d = { .space = "zorg",
			   .handle = "ada",
			   .address = "index",
			   .text = "tekst" };
	char seat[SPACE_MAX + 1];
	bool has;

	make_spaces(f);
	assert_int_equal(member_set(f->s, "zorg", "ada", ROLE_LEZER, &f->err),
			 0);
	assert_int_equal(member_set(f->s, "jeugd", "ada", ROLE_LEZER, &f->err),
			 0);
	assert_int_equal(seat_put(f->s, "ada", "zorg", &f->err), 0);
	assert_int_equal(draft_put(f->s, &d, &f->err), 0);
	assert_int_equal(space_drop(f->s, "zorg", &f->err), 0);
	assert_int_equal(role_in(f, "zorg", "ada"), ROLE_NONE);
	assert_int_equal(role_in(f, "jeugd", "ada"), ROLE_LEZER);
	assert_int_equal(seat_get(f->s, "ada", seat, sizeof(seat), &f->err), 0);
	assert_string_equal(seat, "");
	assert_int_equal(draft_has(f->s, "zorg", "ada", "index", &has, &f->err),
			 0);
	assert_true(has);
	assert_int_equal(space_drop(f->s, "zorg", &f->err), PLEIN_ENOTFOUND);
}

/* What one has in a space is nowhere in another. */
static void
test_members__drafts_marks_visits_and_folds_are_of_a_space(void **state)
{
	struct fixture *f = *state;
	struct draft d = { .space = "zorg",
			   .handle = "ada",
			   .address = "index",
			   .text = "tekst",
			   .note = (char *)"waarom" };
	struct buf open = BUF_INIT;
	struct vec drafts = VEC_INIT;
	struct visit v;
	struct vec marks = VEC_INIT;

	make_spaces(f);
	assert_int_equal(draft_put(f->s, &d, &f->err), 0);
	assert_int_equal(mark_put(f->s, "zorg", "ada", "index", 3, &f->err), 0);
	assert_int_equal(visit_touch(f->s, "zorg", "ada", "", &f->err), 0);
	assert_int_equal(folds_put(f->s, "zorg", "ada", "-", &f->err), 0);
	assert_int_equal(draft_list(f->s, "agenda", "ada", &drafts, &f->err),
			 0);
	assert_int_equal(drafts.len, 0);
	assert_int_equal(draft_get(f->s, "agenda", "ada", "index", &d, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(marks_among(f->s, "agenda", "ada", "[\"index\"]",
				     &marks, &f->err),
			 0);
	assert_int_equal(marks.len, 0);
	assert_int_equal(visit_get(f->s, "agenda", "ada", &v, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(folds_get(f->s, "agenda", "ada", &open, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(draft_drop(f->s, "agenda", "ada", "index", &f->err),
			 PLEIN_ENOTFOUND);
	memset(&d, 0, sizeof(d));
	assert_int_equal(draft_get(f->s, "zorg", "ada", "index", &d, &f->err),
			 0);
	assert_string_equal(d.note, "waarom");
	draft_release(&d);
	buf_release(&open);
}

int
main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, statefile_close)
	const struct CMUnitTest tests[] = {
		TEST(test_members__spaces_are_put_changed_and_listed),
		TEST(test_members__roles_are_of_one_space),
		TEST(test_members__need_an_account_a_space_and_a_role_of_accounts),
		TEST(test_members__go_with_their_space_but_drafts_stay),
		TEST(test_members__drafts_marks_visits_and_folds_are_of_a_space),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
