/* test_drafts.c - texts that people are still writing. */
#include "state/drafts.h"

#include "statefile.h"
#include "plein/mem.h"

static int
setup(void **state)
{
	static const char *const people[] = { "ada", "bo", NULL };

	return statefile_open(state, people);
}

static int
put(struct fixture *f, const char *handle, const char *address, long base,
    const char *text)
{
	struct draft d = { .space = "agenda",
			   .handle = (char *)handle,
			   .address = (char *)address,
			   .base = base,
			   .commit = base > 0 ? "c0ffee" : NULL,
			   .text = (char *)text };

	return draft_put(f->s, &d, &f->err);
}

static void
test_drafts__are_given_back_as_they_were_put(void **state)
{
	struct fixture *f = *state;
	struct draft d = { 0 };

	assert_int_equal(put(f, "ada", "themas/x", 3, "é\r\n\ttekst"), 0);
	assert_int_equal(
		draft_get(f->s, "agenda", "ada", "themas/x", &d, &f->err), 0);
	assert_string_equal(d.handle, "ada");
	assert_string_equal(d.address, "themas/x");
	assert_string_equal(d.text, "é\r\n\ttekst");
	assert_string_equal(d.commit, "c0ffee");
	assert_int_equal(d.base, 3);
	assert_int_equal(d.size, strlen(d.text));
	assert_true(d.time > 1600000000);
	draft_release(&d);
	assert_int_equal(put(f, "ada", "themas/x", 0, ""), 0);
	assert_int_equal(
		draft_get(f->s, "agenda", "ada", "themas/x", &d, &f->err), 0);
	assert_string_equal(d.text, "");
	assert_int_equal(d.base, 0);
	assert_null(d.commit);
	draft_release(&d);
	draft_release(&d);
}

/* As INSERT OR REPLACE has it: a draft without a note takes the old one. */
static void
test_drafts__keep_the_note_of_the_last_time(void **state)
{
	struct fixture *f = *state;
	struct draft d = { .space = "agenda",
			   .handle = "ada",
			   .address = "themas/x",
			   .text = "een",
			   .note = "waarom" };
	struct draft got = { 0 };

	for (int i = 0; i < 2; i++)
		assert_int_equal(draft_put(f->s, &d, &f->err), 0);
	assert_int_equal(
		draft_get(f->s, "agenda", "ada", "themas/x", &got, &f->err), 0);
	assert_string_equal(got.note, "waarom");
	draft_release(&got);
	assert_int_equal(put(f, "ada", "themas/x", 1, "twee"), 0);
	assert_int_equal(
		draft_get(f->s, "agenda", "ada", "themas/x", &got, &f->err), 0);
	assert_null(got.note);
	draft_release(&got);
	assert_int_equal(draft_put(f->s, &d, &f->err), 0);
	assert_int_equal(draft_drop(f->s, "agenda", "ada", "themas/x", &f->err),
			 0);
	assert_int_equal(put(f, "ada", "themas/x", 1, "drie"), 0);
	assert_int_equal(
		draft_get(f->s, "agenda", "ada", "themas/x", &got, &f->err), 0);
	assert_null(got.note);
	draft_release(&got);
}

static void
test_drafts__are_one_a_person_and_page(void **state)
{
	struct fixture *f = *state;
	struct draft d = { 0 };
	struct vec all = VEC_INIT;
	const struct draft *first;

	assert_int_equal(put(f, "ada", "themas/x", 1, "een"), 0);
	assert_int_equal(put(f, "bo", "themas/x", 1, "van bo"), 0);
	assert_int_equal(put(f, "ada", "themas/x", 2, "twee"), 0);
	assert_int_equal(put(f, "ada", "themas/y", 1, "drie"), 0);
	assert_int_equal(draft_list(f->s, "agenda", "ada", &all, &f->err), 0);
	assert_int_equal(all.len, 2);
	first = all.items[0];
	assert_null(first->text);
	assert_int_equal(first->size, 4);
	vec_release(&all, draft_free);
	assert_int_equal(
		draft_get(f->s, "agenda", "bo", "themas/x", &d, &f->err), 0);
	assert_string_equal(d.text, "van bo");
	draft_release(&d);
	assert_int_equal(
		draft_get(f->s, "agenda", "bo", "themas/y", &d, &f->err),
		PLEIN_ENOTFOUND);
}

static void
test_drafts__can_be_dropped(void **state)
{
	struct fixture *f = *state;
	struct draft d = { 0 };
	bool has;

	assert_int_equal(put(f, "ada", "themas/x", 1, "een"), 0);
	assert_int_equal(put(f, "bo", "themas/x", 1, "van bo"), 0);
	assert_int_equal(
		draft_has(f->s, "agenda", "ada", "themas/x", &has, &f->err), 0);
	assert_true(has);
	assert_int_equal(draft_drop(f->s, "agenda", "ada", "themas/x", &f->err),
			 0);
	assert_int_equal(
		draft_has(f->s, "agenda", "ada", "themas/x", &has, &f->err), 0);
	assert_false(has);
	assert_int_equal(draft_drop(f->s, "agenda", "ada", "themas/x", &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(
		draft_get(f->s, "agenda", "ada", "themas/x", &d, &f->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(
		draft_get(f->s, "agenda", "bo", "themas/x", &d, &f->err), 0);
	draft_release(&d);
}

static void
test_drafts__have_a_largest_size(void **state)
{
	struct fixture *f = *state;
	char *text = mem_alloc((size_t)DRAFT_MAX + 2);
	struct draft d = { 0 };

	memset(text, 'a', (size_t)DRAFT_MAX);
	assert_int_equal(put(f, "ada", "themas/x", 1, text), 0);
	text[DRAFT_MAX] = 'b';
	assert_int_equal(put(f, "ada", "themas/x", 1, text), PLEIN_ETOOBIG);
	assert_int_equal(
		draft_get(f->s, "agenda", "ada", "themas/x", &d, &f->err), 0);
	assert_int_equal(d.size, DRAFT_MAX);
	draft_release(&d);
	free(text);
}

static void
test_drafts__are_limited_in_number(void **state)
{
	struct fixture *f = *state;
	char address[32];
	int i;

	assert_int_equal(state_begin(f->s, &f->err), 0);
	for (i = 0; i < DRAFTS_MAX; i++) {
		(void)snprintf(address, sizeof address, "themas/p%d", i);
		assert_int_equal(put(f, "ada", address, 1, "x"), 0);
	}
	assert_int_equal(state_commit(f->s, &f->err), 0);
	assert_int_equal(put(f, "ada", "themas/nog", 1, "x"), PLEIN_ERULE);
	assert_non_null(strstr(f->err.msg, "200"));
	assert_int_equal(put(f, "ada", "themas/p7", 1, "y"), 0);
	assert_int_equal(put(f, "bo", "themas/nog", 1, "x"), 0);
	assert_int_equal(
		draft_drop(f->s, "agenda", "ada", "themas/p7", &f->err), 0);
	assert_int_equal(put(f, "ada", "themas/nog", 1, "x"), 0);
}

static void
test_drafts__belong_to_somebody(void **state)
{
	struct fixture *f = *state;

	assert_true(put(f, "niemand", "themas/x", 1, "x") < 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, statefile_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_drafts__are_given_back_as_they_were_put),
		TEST(test_drafts__keep_the_note_of_the_last_time),
		TEST(test_drafts__are_one_a_person_and_page),
		TEST(test_drafts__can_be_dropped),
		TEST(test_drafts__have_a_largest_size),
		TEST(test_drafts__are_limited_in_number),
		TEST(test_drafts__belong_to_somebody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
