/* Remarks: what their files say, and what may be stored. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "plein/mem.h"
#include "plein/path.h"
#include "plein/remark.h"
#include "plein/vec.h"

static void
test_remark__is_read_as_it_was_made(void **state)
{
	struct remark r = { .title = (char *)"Wat \"vragen\" we?",
			    .reply = (char *)"20260312T091400Z-jan-0a1b",
			    .quote = (char *)"een lange\nadem: van",
			    .base = (char *)"0123",
			    .nth = 2 },
		      got;
	struct buf out = BUF_INIT;

	(void)state;
	remark_make(&out, &r, "Moeten we?\n\n--- ja ---");
	remark_read(&got, out.ptr, out.len);
	assert_int_equal(got.kind, REMARK_SAID);
	assert_string_equal(got.title, r.title);
	assert_string_equal(got.reply, r.reply);
	assert_string_equal(got.quote, "een lange adem: van");
	assert_string_equal(got.base, r.base);
	assert_int_equal(got.nth, 2);
	assert_null(got.withdrawn);
	assert_string_equal(out.ptr + got.body, "Moeten we?\n\n--- ja ---\n");
	remark_release(&got);
	buf_release(&out);
}

static void
test_remark__without_fields_is_its_text(void **state)
{
	struct remark r = { .kind = REMARK_SAID }, got;
	struct buf out = BUF_INIT;

	(void)state;
	remark_make(&out, &r, "Eens.");
	assert_string_equal(out.ptr, "Eens.\n");
	buf_reset(&out);
	remark_make(&out, &r, "---\nlijn\n---\n");
	remark_read(&got, out.ptr, out.len);
	assert_string_equal(out.ptr + got.body, "---\nlijn\n---\n");
	assert_int_equal(got.nth, 1);
	remark_release(&got);
	buf_release(&out);
}

static void
test_remark__kinds(void **state)
{
	static const enum remark_kind kinds[] = { REMARK_RESOLVED,
						  REMARK_REOPENED };
	struct remark r = { .kind = REMARK_SAID }, got;
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		buf_reset(&out);
		r.kind = kinds[i];
		remark_make(&out, &r, "");
		assert_int_equal(remark_check(out.ptr, out.len, NULL), 0);
		remark_read(&got, out.ptr, out.len);
		assert_int_equal(got.kind, kinds[i]);
		remark_release(&got);
	}
	assert_null(remark_kind_state(REMARK_SAID));
	assert_string_equal(remark_kind_state(REMARK_RESOLVED), "resolved");
	assert_string_equal(remark_kind_state(REMARK_REOPENED), "open");
	buf_release(&out);
}

static int
check(const char *text)
{
	return remark_check(text, strlen(text), NULL);
}

static void
test_remark__what_may_be_stored(void **state)
{
	char *most = mem_alloc(REMARK_CHARS_MAX + 2);
	struct buf large = BUF_INIT;
	size_t i;

	(void)state;
	assert_int_equal(check("Eens."), 0);
	assert_int_equal(check(" \n"), PLEIN_ERULE);
	assert_int_equal(check("---\nop: x\n---\n"), PLEIN_ERULE);
	assert_int_equal(check("---\ningetrokken: \"\"\n---\n"), 0);
	assert_int_equal(check("---\nop: [\n---\nx\n"), PLEIN_ERULE);
	assert_int_equal(check("\x1b[2J"), PLEIN_ERULE);
	memset(most, 'a', REMARK_CHARS_MAX);
	assert_int_equal(check(most), 0);
	most[REMARK_CHARS_MAX] = 'a';
	assert_int_equal(check(most), PLEIN_ETOOBIG);
	free(most);
	for (i = 0; i < REMARK_CHARS_MAX; i++)
		buf_str(&large, "\xe2\x82\xac");
	assert_int_equal(check(large.ptr), 0);
	for (i = 0; i < REMARK_CHARS_MAX; i++)
		buf_str(&large, "\xe2\x82\xac");
	assert_int_equal(check(large.ptr), PLEIN_ETOOBIG);
	buf_release(&large);
}

static void
test_remark__stamps(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	remark_stamp(&out, 1773306840);
	assert_string_equal(out.ptr, "20260312T091400Z");
	buf_release(&out);
}

static void
expect_mentions(const char *text, const char *joined)
{
	struct vec got = VEC_INIT;
	struct buf all = BUF_INIT;
	size_t i;

	remark_mentions(&got, text);
	for (i = 0; i < got.len; i++)
		buf_printf(&all, "%s ", (const char *)got.items[i]);
	assert_string_equal(all.ptr, joined);
	buf_release(&all);
	vec_release(&got, free);
}

static void
test_remark__mentions(void **state)
{
	(void)state;
	expect_mentions("", "");
	expect_mentions("@jan en @t.j-de-vries.", "jan t.j-de-vries ");
	expect_mentions("(@jan), @jan! @", "jan ");
	expect_mentions("jan@example.nl @@ @Jan @gast @jan_", "jan ");
	expect_mentions("@jan\xc3\xa9 \xc3\xa9@piet", "");
}

/* As many as a large remark holds, twice: no more is done for each of them. */
static void
test_remark__many_mentions_take_no_time(void **state)
{
	enum { N = 100000, SECONDS = 5 };
	struct buf text = BUF_INIT;
	struct vec got = VEC_INIT;
	clock_t began;

	(void)state;
	for (int i = 0; i < 2 * N; i++)
		buf_printf(&text, "@a%d ", i % N);
	began = clock();
	remark_mentions(&got, text.ptr);
	assert_true(clock() - began < SECONDS * CLOCKS_PER_SEC);
	assert_int_equal(got.len, N);
	for (int i = 0; i < N; i++)
		assert_int_equal(strtol((char *)got.items[i] + 1, NULL, 10), i);
	buf_release(&text);
	vec_release(&got, free);
}

static void
test_remark__what_a_path_says(void **state)
{
	struct path_remark r;

	(void)state;
	path_remark_read(&r, "bespreking/vergaderingen/2026/x/k3f/"
			     "20260312T091400Z-t.j-de-vries-0a1b2c.md");
	assert_string_equal(r.page, "vergaderingen/2026/x");
	assert_string_equal(r.thread, "k3f");
	assert_string_equal(r.name, "20260312T091400Z-t.j-de-vries-0a1b2c");
	assert_string_equal(r.handle, "t.j-de-vries");
	assert_string_equal(r.digest, "0a1b2c");
	assert_int_equal(r.when, 1773306840);
	assert_int_equal(path_kind_of("bespreking/index/k3f/"
				      "20260312T091400Z-jan-0a1b2c.md"),
			 PATH_REMARK);
	assert_int_equal(path_kind_of("bespreking/index/k3f/"
				      "20260312T091400Z-jan.md"),
			 PATH_BAD);
	assert_true(thread_code_is_valid("k3f"));
	assert_false(thread_code_is_valid("a/b"));
	assert_false(thread_code_is_valid(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_remark__is_read_as_it_was_made),
		cmocka_unit_test(test_remark__without_fields_is_its_text),
		cmocka_unit_test(test_remark__kinds),
		cmocka_unit_test(test_remark__what_may_be_stored),
		cmocka_unit_test(test_remark__stamps),
		cmocka_unit_test(test_remark__mentions),
		cmocka_unit_test(test_remark__many_mentions_take_no_time),
		cmocka_unit_test(test_remark__what_a_path_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
