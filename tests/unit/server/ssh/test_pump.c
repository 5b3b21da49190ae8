/* What is said to a person who was not yet sent all of before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "ssh/pump.h"

struct scene {
	struct chan chan;
	struct pump pump;
};

static int
setup(void **state)
{
	struct scene *s = mem_alloc(sizeof(*s));

	pump_init(&s->pump, NULL, &s->chan);
	*state = s;
	return 0;
}

static int
teardown(void **state)
{
	struct scene *s = *state;

	pump_release(&s->pump);
	free(s);
	return 0;
}

static void
expect_left(const struct flow *f, const char *text)
{
	assert_int_equal(f->len, strlen(text));
	assert_memory_equal(f->bytes + f->start, text, f->len);
}

static void
test_pump__what_is_said_waits_behind_what_was(void **state)
{
	struct scene *s = *state;
	struct flow *f = &s->pump.err;

	pump_say(&s->pump, "een");
	expect_left(f, "een\n");
	pump_say(&s->pump, "twee");
	expect_left(f, "een\ntwee\n");
	f->start += 4; /* as write_flow() does */
	f->len -= 4;
	s->chan.terminal = true;
	pump_say(&s->pump, "drie");
	expect_left(f, "twee\ndrie\r\n");
	assert_false(pump_is_drained(&s->pump));
}

/* A child can leave as much as is read at once. */
static void
test_pump__there_is_room_to_say_something(void **state)
{
	struct scene *s = *state;
	struct flow *f = &s->pump.err;
	char text[PUMP_SAY];

	pump_say(&s->pump, "");
	memset(f->bytes, 'x', PUMP_CHUNK);
	f->len = PUMP_CHUNK;
	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	pump_say(&s->pump, text);
	assert_int_equal(f->len, PUMP_CHUNK + PUMP_SAY);
	assert_memory_equal(f->bytes + PUMP_CHUNK - 1, "xaa", 3);
	assert_memory_equal(f->bytes + f->len - 2, "a\n", 2);
	/* And no more than that: nothing, rather than half of it. */
	pump_say(&s->pump, "nog iets");
	assert_int_equal(f->len, PUMP_CHUNK + PUMP_SAY);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_pump__what_is_said_waits_behind_what_was),
		TEST(test_pump__there_is_room_to_say_something),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
