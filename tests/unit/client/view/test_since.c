/* A page that opens at what changed in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "view/since.h"

static const char body[] = "First line here.\n\n"
			   "## Sources\n\n"
			   "See [the site](https://a.example) for **more** of "
			   "it, and ask.\n";

static const char text_was[] = "See [the site](https://a.example) for ";

/* The last line was longer, or shorter, by these words. */
static json_t *
make_diff(const char *gone, const char *come)
{
	json_t *was =
		json_pack("{s:s, s:s+}", "kind", "-", "text", text_was, gone);
	json_t *is =
		json_pack("{s:s, s:s+}", "kind", "+", "text", text_was, come);

	json_object_set_new(was, "words",
			    json_pack("[{s:s, s:s}, {s:s, s:s}]", "kind", " ",
				      "text", text_was, "kind", "-", "text",
				      gone));
	json_object_set_new(is, "words",
			    json_pack("[{s:s, s:s}, {s:s, s:s}]", "kind", " ",
				      "text", text_was, "kind", "+", "text",
				      come));
	return json_pack("{s:[{s:[i, i], s:[i, i], s:[o, o]}], s:b}", "hunks",
			 "from", 5, 1, "to", 5, 1, "lines", was, is, "complete",
			 1);
}

struct fixture {
	struct context ctx;
	struct reading reading;
	struct since since;
	json_t *page;
};

static void
begin(struct fixture *f, int from, int left)
{
	json_t *args = json_pack("{s:{s:i, s:s, s:i}}", "since", "from", from,
				 "handle", "ciso", "left", left);

	memset(f, 0, sizeof(*f));
	reading_init(&f->reading);
	f->reading.reader.scroll.rows = 10;
	reader_set(&f->reading.reader, body, strlen(body), 80, NULL);
	since_init(&f->since, args);
	f->page = json_pack("{s:s}", "text", body);
	json_decref(args);
}

/* Arrive; then the cursor is on this line, and that was said. */
static void
expect(struct fixture *f, size_t line, const char *message)
{
	since_arrive(&f->since, &f->reading, &f->ctx, f->page);
	assert_string_equal(f->ctx.message ? f->ctx.message : "", message);
	assert_int_equal(f->reading.reader.scroll.at, line);
	since_release(&f->since);
	reading_release(&f->reading);
	json_decref(f->page);
	free(f->ctx.message);
	said_release(&f->ctx.told_before);
}

static void
test_since__goes_to_words_that_came(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, 3, 0);
	f.since.diff = make_diff("it.", "**more** of it, and ask.");
	expect(&f, 4, "Changed since version 3: place 1 of 1, under Sources.");
}

static void
test_since__goes_to_what_is_around_words_that_went(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, 3, 2);
	f.since.diff = make_diff("something.", "");
	expect(&f, 4,
	       "Changed since version 3: place 1 of 1, under Sources. "
	       "2 more are unread.");
}

static void
test_since__says_that_a_page_is_new(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, 0, 1);
	expect(&f, 0, "New page, by ciso. 1 more is unread.");
	begin(&f, 0, 500);
	f.since.more = true;
	expect(&f, 0, "New page, by ciso. More than 500 others are unread.");
}

static void
test_since__says_that_the_text_is_the_same(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, 4, 0);
	f.since.diff = json_pack("{s:[], s:b}", "hunks", "complete", 1);
	expect(&f, 0, "The text is that of version 4.");
}

/* The wiki could not tell, or nobody asked. */
static void
test_since__without_an_answer_says_nothing(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, 4, 0);
	expect(&f, 0, "");
	begin(&f, 4, 0);
	since_release(&f.since);
	since_init(&f.since, NULL);
	expect(&f, 0, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_since__goes_to_words_that_came),
		cmocka_unit_test(
			test_since__goes_to_what_is_around_words_that_went),
		cmocka_unit_test(test_since__says_that_a_page_is_new),
		cmocka_unit_test(test_since__says_that_the_text_is_the_same),
		cmocka_unit_test(test_since__without_an_answer_says_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
