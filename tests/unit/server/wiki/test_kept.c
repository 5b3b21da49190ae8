/* Answers that are kept, and until when. */
#include "town.h"

#include "wiki/kept.h"
#include "wiki/space.h"

#define LONG ((size_t)KEPT_ROOM / 8 * 3) /* two fit, three do not */

static int
count_calls(struct desk *d, struct call *c)
{
	static int n;

	(void)d;
	c->result = json_pack("{s:i}", "n", ++n);
	return 0;
}

static int
refuse(struct desk *d, struct call *c)
{
	(void)d;
	return err_set(&c->err, PLEIN_ENOTFOUND, "nothing");
}

/* One that fills more than a third of what can be kept. */
static int
make_much(struct desk *d, struct call *c)
{
	char *s = malloc(LONG + 1);

	assert_non_null(s);
	memset(s, 'x', LONG);
	s[LONG] = '\0';
	assert_int_equal(count_calls(d, c), 0);
	(void)json_object_set_new(c->result, "s", json_string(s));
	free(s);
	return 0;
}

/* Which call made the answer. */
static int
ask(struct town *t, const char *what, const char *params,
    int (*make)(struct desk *d, struct call *c))
{
	struct call c;
	int n;

	call_init(&c, t->roles[ROLE_LEZER],
		  json_loads(params, JSON_DECODE_ANY, NULL));
	assert_int_equal(kept_answer(&t->desk, &c, what, make), 0);
	n = (int)town_number(call_result(&c), "n");
	call_release(&c);
	return n;
}

static int
count(struct town *t, const char *what, const char *params)
{
	return ask(t, what, params, count_calls);
}

static void
save(struct town *t, int base, const char *text)
{
	char params[120];

	(void)snprintf(params, sizeof(params),
		       "{'address':'index','base':%d,'text':'%s'}", base, text);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save", params));
}

static void
test_kept__until_lists_are_others(void **state)
{
	struct town *t = *state;
	int first;

	t->desk.kept = kept_new();
	first = count(t, "a", "{}");
	assert_int_equal(count(t, "a", "{}"), first);
	assert_int_equal(count(t, "b", "{}"), first + 1);
	assert_int_equal(count(t, "a", "{\"after\":\"x\"}"), first + 2);
	assert_int_equal(count(t, "a", "{}"), first);
	save(t, 1, "---\\ntitel: Begin\\ntype: start\\n---\\nWelkom hier.\\n");
	assert_int_equal(count(t, "a", "{}"), first);
	save(t, 2, "---\\ntitel: Einde\\ntype: start\\n---\\nWelkom hier.\\n");
	assert_int_equal(count(t, "a", "{}"), first + 3);
	assert_int_equal(count(t, "a", "{}"), first + 3);
	assert_int_equal(count(t, "b", "{}"), first + 4);
	kept_free(t->desk.kept);
}

static void
test_kept__not_as_of_a_moment_nor_without_an_index(void **state)
{
	struct town *t = *state;
	struct index *index = t->desk.index;
	int first = count(t, "a", "{}"); /* nothing is kept at all */

	assert_int_equal(count(t, "a", "{}"), first + 1);
	t->desk.kept = kept_new();
	assert_int_equal(count(t, "a", "{\"at\":1}"), first + 2);
	assert_int_equal(count(t, "a", "{\"at\":1}"), first + 3);
	assert_int_equal(count(t, "a", "{}"), first + 4);
	assert_int_equal(count(t, "a", "{}"), first + 4);
	assert_ptr_equal(t->desk.index, index);
	kept_free(t->desk.kept);
	kept_free(NULL);
}

static void
test_kept__failures_are_not(void **state)
{
	struct town *t = *state;
	struct call c;

	t->desk.kept = kept_new();
	call_init(&c, t->roles[ROLE_LEZER], NULL);
	assert_int_equal(kept_answer(&t->desk, &c, "a", refuse),
			 PLEIN_ENOTFOUND);
	call_release(&c);
	assert_true(count(t, "a", "{}") > 0);
	kept_free(t->desk.kept);
}

/* What was not asked for longest makes room. */
static void
test_kept__in_bounded_room(void **state)
{
	struct town *t = *state;
	int first;

	t->desk.kept = kept_new();
	first = ask(t, "a", "{}", make_much);
	assert_int_equal(ask(t, "b", "{}", make_much), first + 1);
	assert_int_equal(ask(t, "a", "{}", make_much), first);
	assert_int_equal(ask(t, "c", "{}", make_much), first + 2);
	assert_int_equal(ask(t, "a", "{}", make_much), first);
	assert_int_equal(ask(t, "b", "{}", make_much), first + 3);
	kept_free(t->desk.kept);
}

/* The lists are the same whether they are kept or not. */
static void
test_kept__the_lists_as_they_are(void **state)
{
	static const char *const methods[] = { "page.titles", "agenda.tree" };
	struct town *t = *state;
	json_t *before, *made, *kept;

	for (size_t i = 0; i < 2; i++) {
		t->desk.kept = NULL;
		before = town_get(t, ROLE_LEZER, methods[i], "{}");
		t->desk.kept = kept_new();
		made = town_get(t, ROLE_LEZER, methods[i], "{}");
		kept = town_get(t, ROLE_BIJDRAGER, methods[i], "{}");
		assert_true(json_equal(before, made));
		assert_true(json_equal(before, kept));
		json_decref(before);
		json_decref(made);
		json_decref(kept);
		kept_free(t->desk.kept);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_kept__until_lists_are_others),
		TEST(test_kept__not_as_of_a_moment_nor_without_an_index),
		TEST(test_kept__failures_are_not),
		TEST(test_kept__in_bounded_room),
		TEST(test_kept__the_lists_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
