/* The queue of the writer: bounded, and fair between people. */
#include "town.h"

#include "wiki/queue.h"

static void
put(struct town *t, struct queue *q, enum role role, int id, int expect)
{
	json_t *number = json_integer(id);
	struct job *j =
		job_new(method_find("wiki.news"), t->roles[role], number, NULL);

	json_decref(number);
	assert_int_equal(queue_put(q, j, &t->err), expect);
	if (expect)
		job_free(j);
}

/* Take `n`: the numbers of what came out. */
static void
take(struct queue *q, size_t n, const char *expect)
{
	struct vec out = VEC_INIT;
	struct buf ids = BUF_INIT;
	size_t i;

	queue_take(q, n, &out);
	for (i = 0; i < out.len; i++)
		buf_printf(&ids, "%s%d", i ? " " : "",
			   (int)json_integer_value(
				   ((struct job *)out.items[i])->id));
	assert_string_equal(ids.len ? ids.ptr : "", expect);
	buf_release(&ids);
	vec_release(&out, job_free);
}

static void
test_queue__gives_all_in_order_when_there_are_few(void **state)
{
	struct town *t = *state;
	struct queue q = { .max = 80 };

	put(t, &q, ROLE_LEZER, 1, 0);
	put(t, &q, ROLE_REDACTEUR, 2, 0);
	put(t, &q, ROLE_LEZER, 3, 0);
	take(&q, 3, "1 2 3");
	take(&q, 3, "");
	queue_release(&q);
}

static void
test_queue__everybody_gets_a_turn(void **state)
{
	struct town *t = *state;
	struct queue q = { .max = 80 };
	int i;

	for (i = 1; i <= 8; i++)
		put(t, &q, ROLE_LEZER, i, 0);
	put(t, &q, ROLE_BIJDRAGER, 9, 0);
	put(t, &q, ROLE_REDACTEUR, 10, 0);
	put(t, &q, ROLE_REDACTEUR, 11, 0);
	/* one each, a second of two of them; each in their own order */
	take(&q, 5, "1 2 9 10 11");
	put(t, &q, ROLE_BIJDRAGER, 12, 0);
	take(&q, 2, "3 12");
	take(&q, 1, "4");
	take(&q, 80, "5 6 7 8");
	queue_release(&q);
}

static void
test_queue__one_person_does_not_fill_it(void **state)
{
	struct town *t = *state;
	struct queue q = { .max = 16 };

	put(t, &q, ROLE_LEZER, 1, 0);
	put(t, &q, ROLE_LEZER, 2, 0);
	put(t, &q, ROLE_LEZER, 3, PLEIN_EBUSY);
	put(t, &q, ROLE_BIJDRAGER, 4, 0);
	take(&q, 1, "1");
	put(t, &q, ROLE_LEZER, 5, 0);
	take(&q, 9, "2 4 5");
	queue_release(&q);
}

static void
test_queue__has_an_end(void **state)
{
	struct town *t = *state;
	struct queue q = { .max = 2 };

	put(t, &q, ROLE_LEZER, 1, 0);
	put(t, &q, ROLE_BIJDRAGER, 2, 0);
	put(t, &q, ROLE_REDACTEUR, 3, PLEIN_EBUSY);
	queue_release(&q);
	q = (struct queue){ .max = 0 };
	put(t, &q, ROLE_LEZER, 1, PLEIN_EBUSY);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_queue__gives_all_in_order_when_there_are_few),
		TEST(test_queue__everybody_gets_a_turn),
		TEST(test_queue__one_person_does_not_fill_it),
		TEST(test_queue__has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
