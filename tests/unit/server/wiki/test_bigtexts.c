/* Big texts, kept: which ones, how many, and what a reader gets of them. */
#include "town.h"

#include "plein/buf.h"
#include "plein/opening.h"
#include "wiki/bigtexts.h"

#define QUARTER (BIGTEXTS_ROOM / 4)

static json_t *
make_text(size_t len)
{
	struct buf b = BUF_INIT;
	json_t *text;

	memset(buf_room(&b, len), 'x', len);
	text = json_stringn(b.ptr, len);
	buf_release(&b);
	assert_non_null(text);
	return text;
}

static void
keep(struct bigtexts *b, const char *blob, size_t len)
{
	json_t *text = make_text(len);

	bigtexts_keep(b, blob, text);
	json_decref(text);
}

static bool
has(struct bigtexts *b, const char *blob)
{
	json_t *text = bigtexts_find(b, blob);

	json_decref(text);
	return text != NULL;
}

static void
test_bigtexts__gives_what_it_keeps(void **state)
{
	struct bigtexts *b = bigtexts_new();
	json_t *text = make_text(BIGTEXTS_BIG), *found;

	(void)state;
	bigtexts_keep(b, "aa", text);
	bigtexts_keep(b, "aa", text);
	found = bigtexts_find(b, "aa");
	assert_ptr_equal(found, text);
	assert_false(has(b, "ab"));
	bigtexts_free(b);
	/* the references of those who read are their own */
	assert_int_equal(json_string_length(found), BIGTEXTS_BIG);
	json_decref(found);
	json_decref(text);
}

static void
test_bigtexts__short_ones_are_not_kept(void **state)
{
	struct bigtexts *b = bigtexts_new();

	(void)state;
	keep(b, "aa", BIGTEXTS_BIG - 1);
	keep(b, "bb", BIGTEXTS_BIG);
	assert_false(has(b, "aa"));
	assert_true(has(b, "bb"));
	bigtexts_free(b);
}

static void
test_bigtexts__what_was_read_longest_ago_makes_room(void **state)
{
	struct bigtexts *b = bigtexts_new();

	(void)state;
	keep(b, "aa", QUARTER);
	keep(b, "bb", QUARTER);
	keep(b, "cc", QUARTER);
	keep(b, "dd", QUARTER);
	assert_true(has(b, "aa"));
	keep(b, "ee", BIGTEXTS_BIG);
	assert_false(has(b, "bb"));
	assert_true(has(b, "aa") && has(b, "cc") && has(b, "dd"));
	keep(b, "ff", BIGTEXTS_ROOM + 1);
	assert_false(has(b, "ff") || has(b, "aa") || has(b, "ee"));
	keep(b, "gg", QUARTER);
	assert_true(has(b, "gg"));
	bigtexts_free(b);
}

static void
test_bigtexts__without_one_nothing_is_kept(void **state)
{
	(void)state;
	keep(NULL, "aa", BIGTEXTS_BIG);
	assert_false(has(NULL, "aa"));
	bigtexts_free(NULL);
}

static void
put_by(struct bigtexts *b, const char *blob, size_t len)
{
	struct buf text = BUF_INIT;

	memset(buf_room(&text, len), 'x', len);
	text.len = len;
	bigtexts_put_by(b, blob, &text);
	assert_int_equal(text.len, 0);
}

static size_t
take_up(struct bigtexts *b, const char *blob)
{
	struct buf text;
	size_t len = bigtexts_take_up(b, blob, &text) ? text.len : 0;

	buf_release(&text);
	return len;
}

static void
test_bigtexts__half_read_are_put_by(void **state)
{
	struct bigtexts *b = bigtexts_new();

	(void)state;
	assert_int_equal(take_up(b, "aa"), 0);
	put_by(b, "aa", BIGTEXTS_BIG - 1);
	assert_int_equal(take_up(b, "aa"), 0);
	put_by(b, "aa", BIGTEXTS_BIG);
	put_by(b, "bb", BIGTEXTS_BIG + 1);
	assert_int_equal(take_up(b, "aa"), BIGTEXTS_BIG);
	assert_int_equal(take_up(b, "aa"), 0); /* once */
	put_by(b, "cc", BIGTEXTS_BIG);
	put_by(b, "dd", BIGTEXTS_BIG);
	assert_int_equal(take_up(b, "bb"), 0); /* the oldest goes */
	assert_int_equal(take_up(b, "dd"), BIGTEXTS_BIG);
	put_by(NULL, "aa", BIGTEXTS_BIG);
	assert_int_equal(take_up(NULL, "aa"), 0);
	bigtexts_free(b);
}

/* --- pages ----------------------------------------------------------------- */

static void
write_page(struct town *t, const char *head, size_t len)
{
	struct buf text = BUF_INIT;
	struct repo_id id;

	buf_str(&text, head);
	while (text.len < len)
		buf_str(&text, "Nog een zin. ");
	town_commit(t->desk.repo, "themas/groot.md", text.ptr, "Groot\n", &id);
	buf_release(&text);
}

static json_t *
read_page(struct town *t)
{
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	return town_get(t, ROLE_LEZER, "page.read",
			"{'address':'themas/groot'}");
}

static void
test_bigtexts__a_page_reads_the_same_again(void **state)
{
	struct town *t = *state;
	json_t *first, *second, *third;

	t->desk.bigtexts = bigtexts_new();
	write_page(t, "---\ntitel: Groot\n---\n", BIGTEXTS_BIG);
	first = read_page(t);
	second = read_page(t);
	assert_string_equal(town_text(second, "title"), "Groot");
	assert_true(json_equal(first, second));
	assert_ptr_equal(json_object_get(first, "text"),
			 json_object_get(second, "text"));
	write_page(t, "---\ntitel: Anders\n---\n", BIGTEXTS_BIG);
	third = read_page(t);
	assert_string_equal(town_text(third, "title"), "Anders");
	assert_int_equal(town_number(third, "version"), 2);
	json_decref(first);
	json_decref(second);
	json_decref(third);
	bigtexts_free(t->desk.bigtexts);
	t->desk.bigtexts = NULL;
}

/* The whole text after its beginning, which is read from the store once. */
static void
test_bigtexts__the_rest_comes_from_what_was_put_by(void **state)
{
	struct town *t = *state;
	json_t *opening, *whole;

	t->desk.bigtexts = bigtexts_new();
	write_page(t, "---\ntitel: Groot\n---\nEen.\n\n", 2 * OPENING_BIG);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	opening = town_get(t, ROLE_LEZER, "page.read",
			   "{'address':'themas/groot','opening':true}");
	assert_true(town_number(opening, "size") >= 2 * (long)OPENING_BIG);
	whole = read_page(t);
	assert_int_equal(town_number(opening, "size"),
			 strlen(town_text(whole, "text")));
	json_decref(opening);
	json_decref(whole);
	whole = read_page(t);
	assert_string_equal(town_text(whole, "title"), "Groot");
	json_decref(whole);
	bigtexts_free(t->desk.bigtexts);
	t->desk.bigtexts = NULL;
}

/* What is marked in an answer is not what is stored. */
static void
test_bigtexts__what_is_no_utf8_is_read_each_time(void **state)
{
	struct town *t = *state;
	json_t *first, *second;

	t->desk.bigtexts = bigtexts_new();
	write_page(t, "---\ntitel: Groot\n---\n\xff ", BIGTEXTS_BIG);
	first = read_page(t);
	second = read_page(t);
	assert_true(json_equal(first, second));
	assert_ptr_not_equal(json_object_get(first, "text"),
			     json_object_get(second, "text"));
	json_decref(first);
	json_decref(second);
	bigtexts_free(t->desk.bigtexts);
	t->desk.bigtexts = NULL;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bigtexts__gives_what_it_keeps),
		cmocka_unit_test(test_bigtexts__short_ones_are_not_kept),
		cmocka_unit_test(
			test_bigtexts__what_was_read_longest_ago_makes_room),
		cmocka_unit_test(test_bigtexts__without_one_nothing_is_kept),
		cmocka_unit_test(test_bigtexts__half_read_are_put_by),
		TEST(test_bigtexts__a_page_reads_the_same_again),
		TEST(test_bigtexts__the_rest_comes_from_what_was_put_by),
		TEST(test_bigtexts__what_is_no_utf8_is_read_each_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
