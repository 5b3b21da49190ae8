/* What there is help about. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/vec.h"
#include "view/help_keys.h"
#include "view/topics.h"

/* Each by its own, in both languages; a word goes before a screen. */
static void
test_topics__are_found_by_word_and_name(void **state)
{
	const struct topic *t;

	(void)state;
	for (size_t i = 0; (t = topic_row(i)); i++) {
		assert_non_null(topic_find(t->name));
		if (!t->nl)
			continue;
		assert_ptr_equal(topic_find(t->name), t);
		assert_ptr_equal(topic_find(t->nl), t);
		assert_ptr_equal(topic_find(t->en), t);
	}
	assert_ptr_equal(topic_find("PUTTY"), topic_find("putty"));
	assert_null(topic_find("onzin"));
	assert_null(topic_find(""));
}

/* A place that has no text would tell about help itself. */
static void
test_topics__there_is_one_for_every_screen(void **state)
{
	(void)state;
	for (unsigned place = 1; place & PLACE_ALL; place <<= 1) {
		size_t i = topic_of_place((enum place)place);

		assert_int_equal(topic_row(i)->place, place);
	}
}

/* The table ends by itself: no text is cut off. */
static void
test_topics__have_an_end(void **state)
{
	const struct topic *t;

	(void)state;
	for (size_t i = 0; (t = topic_row(i)); i++)
		assert_null(t->parts[TOPIC_PARTS - 1]);
}

static void
test_topics__lines_to_type_stand_together(void **state)
{
	struct buf text = BUF_INIT;

	(void)state;
	topic_text(topic_find("git"), &text);
	assert_non_null(strstr(text.ptr, ".\n\n  git clone ssh://<host>/agenda"
					 "\n  git pull --rebase\n\nWhat "));
	buf_release(&text);
}

static bool
has_line(const struct vec *lines, const char *text)
{
	for (size_t i = 0; i < lines->len; i++)
		if (strstr(lines->items[i], text))
			return true;
	return false;
}

static void
test_topics__every_key_is_in_the_list(void **state)
{
	struct vec lines = VEC_INIT;

	(void)state;
	help_keys_all(&lines, 40);
	for (int i = 0; i < CMD_N; i++) {
		const struct command_row *row = command_row((enum command)i);

		if (*row->keys)
			assert_true(has_line(&lines, row->help));
	}
	assert_true(has_line(&lines, "1-9"));
	assert_false(has_line(&lines, "1-9, 2"));
	vec_release(&lines, free);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_topics__are_found_by_word_and_name),
		cmocka_unit_test(test_topics__there_is_one_for_every_screen),
		cmocka_unit_test(test_topics__have_an_end),
		cmocka_unit_test(test_topics__lines_to_type_stand_together),
		cmocka_unit_test(test_topics__every_key_is_in_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
