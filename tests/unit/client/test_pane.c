/* What is shown beside a list, and when the wiki is asked for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pane.h"
#include "plein/clock.h"

static int item; /* in focus; 0 opens nothing */

static struct request
preview(const struct view *v)
{
	(void)v;
	if (!item)
		return request_of(REQUEST_NONE);
	return request_show(SCREEN_PAGE, json_pack("{s:i}", "item", item));
}

static const struct view_ops list_ops = { .preview = preview };
static const struct view_ops page_ops = { .preview = NULL };

static void
test_pane__is_there_beside_lists_in_wide_windows(void **state)
{
	struct view list = { .ops = &list_ops }, page = { .ops = &page_ops };
	struct context c = { 0 };
	struct pane p;

	(void)state;
	pane_init(&p);
	assert_false(pane_follow(&p, &c, &list, PANE_FROM - 1));
	assert_false(pane_follow(&p, &c, &page, PANE_FROM));
	assert_int_equal(pane_due(&p), 0);
	assert_true(pane_follow(&p, &c, &list, PANE_FROM));
	assert_false(pane_follow(&p, &c, &page, PANE_FROM));
	assert_int_equal(pane_due(&p), 0);
	pane_release(&p);
}

static void
test_pane__waits_until_the_cursor_rests(void **state)
{
	struct view list = { .ops = &list_ops };
	struct context c = { 0 };
	struct pane p;
	int64_t due, now;

	(void)state;
	pane_init(&p);
	item = 1;
	assert_true(pane_follow(&p, &c, &list, PANE_FROM));
	assert_true(pane_due(&p) <= clock_mono_ms()); /* another list */
	item = 2;
	now = clock_mono_ms();
	assert_true(pane_follow(&p, &c, &list, PANE_FROM));
	due = pane_due(&p);
	assert_true(due >= now + PANE_REST_MS);
	assert_true(pane_follow(&p, &c, &list, PANE_FROM));
	assert_int_equal(pane_due(&p), due); /* the same item: no longer */
	pane_tick(&p, due - 1);
	assert_int_equal(pane_due(&p), due);
	item = 0;
	assert_true(pane_follow(&p, &c, &list, PANE_FROM));
	pane_tick(&p, pane_due(&p));
	assert_int_equal(pane_due(&p), 0);
	assert_null(p.shown);
	pane_release(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_pane__is_there_beside_lists_in_wide_windows),
		cmocka_unit_test(test_pane__waits_until_the_cursor_rests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
