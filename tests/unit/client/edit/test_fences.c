#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "edit/fences.h"
#include "plein/clock.h"
#include "plein/mem.h"

struct fixture {
	struct text *text;
	struct fences fences;
};

static void
note_change(void *ctx, size_t pos, size_t old_len, size_t new_len)
{
	struct fixture *f = ctx;

	(void)old_len;
	(void)new_len;
	fences_change(&f->fences, pos);
}

static void
set_up(struct fixture *f)
{
	f->text = text_new("", 0);
	fences_init(&f->fences);
	text_watch(f->text, (struct text_watcher){ note_change, f });
}

static void
tear_down(struct fixture *f)
{
	fences_release(&f->fences);
	text_free(f->text);
}

/* From the first line on, as nobody should. */
static bool
is_code_naively(const struct text *t, size_t pos)
{
	struct buf all = BUF_INIT;
	struct fence fence = { 0 };

	text_copy(t, 0, text_len(t), &all);
	for (size_t at = 0; at < pos;) {
		size_t n = strcspn(all.ptr + at, "\n");

		(void)markup_pass(&fence, all.ptr + at, n);
		at += n + 1;
	}
	buf_release(&all);
	return fence.sign != '\0';
}

static size_t
find_line(const struct text *t, size_t pos)
{
	while (pos > 0 && text_at(t, pos - 1) != '\n')
		pos--;
	return pos;
}

static void
test_fences__say_the_same_as_reading_it_all(void **state)
{
	static const char *const pieces[] = { "```\n", "a\n", "~~~~\n", "\n",
					      "x",     "`",   "  ```\n" };
	uint32_t seed = 7;
	struct fixture f;

	(void)state;
	set_up(&f);
	for (int i = 0; i < 6000; i++) {
		size_t len = text_len(f.text), at;
		const char *piece;

		seed = seed * 1103515245u + 12345u;
		piece = pieces[(seed >> 16) % 7];
		at = (seed >> 8) % (len + 1);
		if ((seed >> 20) % 5 == 0 && len > at)
			text_delete(f.text, at, (len - at) % 4);
		else
			text_insert(f.text, at, piece, strlen(piece));
		at = find_line(f.text, (seed >> 4) % (text_len(f.text) + 1));
		if (i % 16 == 0)
			assert_int_equal(
				fences_at(&f.fences, f.text, at).sign != 0,
				is_code_naively(f.text, at));
	}
	tear_down(&f);
}

static void
test_fences__are_quick_at_the_end_of_a_megabyte(void **state)
{
	size_t len = 1000000;
	char *big = mem_alloc(len);
	int64_t begun;
	struct fixture f;

	(void)state;
	set_up(&f);
	for (size_t i = 0; i < len; i++)
		big[i] = i % 40 ? 'a' : '\n';
	text_insert(f.text, 0, big, len);
	begun = clock_mono_ms();
	for (int i = 0; i < 2000; i++) {
		text_insert(f.text, len, "\nx", 2);
		(void)fences_at(&f.fences, f.text, len + 1);
	}
	assert_true(clock_mono_ms() - begun < 1000);
	tear_down(&f);
	free(big);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fences__say_the_same_as_reading_it_all),
		cmocka_unit_test(
			test_fences__are_quick_at_the_end_of_a_megabyte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
