/* test_verdicts.c - what was decided is told at its moment, once. */
#include "wiki/verdicts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "plein/clock.h"

struct fixture {
	uv_loop_t loop;
	struct verdicts *v;
	struct buf told;
};

static void
tell(void *ctx, const char *handle)
{
	struct fixture *f = ctx;

	buf_printf(&f->told, "%s ", handle);
}

static void
begin(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	buf_init(&f->told);
	assert_int_equal(uv_loop_init(&f->loop), 0);
	f->v = verdicts_new(&f->loop, tell, f);
}

static void
close_handle(uv_handle_t *handle, void *ctx)
{
	(void)ctx;
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

static void
end(struct fixture *f)
{
	verdicts_stop(f->v);
	uv_walk(&f->loop, close_handle, NULL);
	(void)uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_int_equal(uv_loop_close(&f->loop), 0);
	verdicts_free(f->v);
	buf_release(&f->told);
}

static void
test_verdicts__are_told_when_their_moment_has_come(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	verdicts_add(f.v, "later", clock_wall() + 3600);
	verdicts_add(f.v, "ada", clock_wall() - 1);
	verdicts_add(f.v, "bo", clock_wall());
	(void)uv_run(&f.loop, UV_RUN_NOWAIT);
	assert_string_equal(f.told.ptr, "ada bo ");
	(void)uv_run(&f.loop, UV_RUN_NOWAIT);
	assert_string_equal(f.told.ptr, "ada bo ");
	end(&f);
}

static void
test_verdicts__wait_for_the_moment_that_was_said_last(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	verdicts_add(f.v, "ada", clock_wall());
	verdicts_add(f.v, "ada", clock_wall() + 3600);
	(void)uv_run(&f.loop, UV_RUN_NOWAIT);
	assert_string_equal(f.told.ptr, "");
	verdicts_add(f.v, "ada", clock_wall());
	(void)uv_run(&f.loop, UV_RUN_NOWAIT);
	assert_string_equal(f.told.ptr, "ada ");
	end(&f);
}

static void
test_verdicts__keep_nobody_awake_without_any(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_int_equal(uv_run(&f.loop, UV_RUN_DEFAULT), 0);
	end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_verdicts__are_told_when_their_moment_has_come),
		cmocka_unit_test(
			test_verdicts__wait_for_the_moment_that_was_said_last),
		cmocka_unit_test(test_verdicts__keep_nobody_awake_without_any),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
