/* A text as numbered pieces, and changing it by them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "line_near.h"
#include "line_pieces.h"

static const char text[] = "Een alinea\nvan twee regels.\n\n## Kop\n"
			   "- [x] klaar\n- [ ] nog\n  niet\n1. eerst\n\n"
			   "```\n# geen kop\n\n- geen punt\n```\n\n"
			   "> citaat\n\n| a | b |\n|---|---|\n";

static void
take(struct buf *out, struct pieces *p, const char *s)
{
	buf_init(out);
	buf_str(out, s);
	pieces_find(p, out);
}

static void
drop(struct buf *b, struct pieces *p)
{
	pieces_release(p);
	buf_release(b);
}

static void
expect_piece(const struct buf *b, const struct pieces *p, size_t i,
	     enum piece_kind kind, const char *said)
{
	struct buf line = BUF_INIT;

	assert_true(i < p->n);
	assert_int_equal(p->list[i].kind, kind);
	piece_describe(b, &p->list[i], &line);
	assert_string_equal(line.ptr, said);
	buf_release(&line);
}

static void
test_line_pieces__are_what_people_see(void **state)
{
	struct buf b;
	struct pieces p;

	(void)state;
	take(&b, &p, text);
	assert_int_equal(p.n, 8);
	expect_piece(&b, &p, 0, PIECE_PARAGRAPH,
		     "Paragraph: Een alinea van twee regels.");
	expect_piece(&b, &p, 1, PIECE_HEADING, "Heading: Kop");
	expect_piece(&b, &p, 2, PIECE_DONE, "Item, done: klaar");
	expect_piece(&b, &p, 3, PIECE_TO_DO, "Item, to do: nog niet");
	expect_piece(&b, &p, 4, PIECE_ITEM, "Item: eerst");
	expect_piece(&b, &p, 5, PIECE_CODE,
		     "Code: ``` # geen kop - geen punt ```");
	expect_piece(&b, &p, 6, PIECE_QUOTE, "Quote: > citaat");
	assert_int_equal(p.list[7].kind, PIECE_TABLE);
	drop(&b, &p);
}

static void
test_line_pieces__end_where_the_text_does(void **state)
{
	static const char *const texts[] = { "",    "\n",    "\n\n  \n", "a",
					     "```", "```\n", "# ",	 "- " };
	static const size_t counts[] = { 0, 0, 0, 1, 1, 1, 1, 1 };

	(void)state;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		struct buf b;
		struct pieces p;

		take(&b, &p, texts[i]);
		assert_int_equal(p.n, counts[i]);
		for (size_t j = 0; j < p.n; j++)
			assert_true(p.list[j].at + p.list[j].len <= b.len &&
				    p.list[j].words <= b.len);
		drop(&b, &p);
	}
}

static void
test_line_pieces__are_inserted_with_a_blank_line(void **state)
{
	struct buf b;
	struct pieces p;

	(void)state;
	take(&b, &p, "een\n\n- a\n- b\n\nslot\n");
	piece_insert(&b, &p.list[0], "nieuw", 5);
	assert_string_equal(b.ptr, "een\n\nnieuw\n\n- a\n- b\n\nslot\n");
	drop(&b, &p);
	take(&b, &p, "een\n\n- a\n- b\n");
	piece_insert(&b, &p.list[1], "- tussen", 8);
	assert_string_equal(b.ptr, "een\n\n- a\n- tussen\n- b\n");
	drop(&b, &p);
	take(&b, &p, "een\n");
	piece_insert(&b, NULL, "eerst", 5);
	assert_string_equal(b.ptr, "eerst\n\neen\n");
	drop(&b, &p);
}

static void
test_line_pieces__are_removed_with_their_blank_line(void **state)
{
	struct buf b;
	struct pieces p;

	(void)state;
	take(&b, &p, "een\n\ntwee\n\ndrie\n");
	piece_remove(&b, &p.list[1]);
	assert_string_equal(b.ptr, "een\n\ndrie\n");
	drop(&b, &p);
	take(&b, &p, "een\n\ntwee\n");
	piece_remove(&b, &p.list[1]);
	assert_string_equal(b.ptr, "een\n");
	drop(&b, &p);
	take(&b, &p, "- a\n- b\n- c\n");
	piece_remove(&b, &p.list[1]);
	assert_string_equal(b.ptr, "- a\n- c\n");
	piece_replace(&b, &p.list[0], "- z", 3);
	assert_string_equal(b.ptr, "- z\n- c\n");
	drop(&b, &p);
}

static void
test_line_near__finds_what_was_meant(void **state)
{
	struct line_near n;

	(void)state;
	line_near_init(&n, "opsaan");
	line_near_try(&n, "ongedaan");
	line_near_try(&n, "opslaan");
	line_near_try(&n, "afmelden");
	assert_string_equal(n.found, "opslaan");
	line_near_init(&n, "xyzzy");
	line_near_try(&n, "lees");
	assert_null(n.found);
	line_near_init(&n, "een-heel-lang-woord-dat-niemand-kent");
	line_near_try(&n, "lees");
	assert_null(n.found);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line_pieces__are_what_people_see),
		cmocka_unit_test(test_line_pieces__end_where_the_text_does),
		cmocka_unit_test(
			test_line_pieces__are_inserted_with_a_blank_line),
		cmocka_unit_test(
			test_line_pieces__are_removed_with_their_blank_line),
		cmocka_unit_test(test_line_near__finds_what_was_meant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
