/* test_posting.c - what is done to discussions and taken back, and what their
 * writers are told. */
#include "talk.h"

/* All that can be read of it; free() it. */
static char *
look(struct town *t, const char *thread)
{
	json_t *answer = get(t, ROLE_LEZER, "thread.read", "{'thread':'%s'}",
			     thread),
	       *row;
	struct buf said = BUF_INIT;
	const char *number;
	size_t i;

	json_array_foreach(json_object_get(answer, "rows"), i, row)
	{
		number = json_string_value(json_object_get(row, "number"));
		buf_printf(&said, "%s %s %s%s|", number ? number : "-",
			   town_text(row, "handle"), town_text(row, "text"),
			   json_is_true(json_object_get(row, "withdrawn"))
				   ? "withdrawn"
				   : "");
	}
	json_decref(answer);
	return buf_take(&said);
}

static void
expect(struct town *t, const char *thread, const char *want)
{
	char *said = look(t, thread);

	assert_string_equal(said, want);
	free(said);
}

static char *
blob_of(struct town *t, const char *thread, size_t i)
{
	json_t *answer =
		get(t, ROLE_LEZER, "thread.read", "{'thread':'%s'}", thread);
	char *blob = mem_strdup(town_text(
		json_array_get(json_object_get(answer, "rows"), i), "blob"));

	json_decref(answer);
	return blob;
}

/* --- what was split ---------------------------------------------------------- */

static char *
split(struct town *t, const char *remark)
{
	return take(get(t, ROLE_REDACTEUR, "thread.split",
			"{'remark':'%s','title':'Bewaren'}", remark),
		    "thread");
}

static void
test_posting__a_split_is_taken_back(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *two = name_of(t, thread, "2");
	char *before = look(t, thread), *blob = blob_of(t, thread, 1), *now;
	char *part = split(t, two);

	refuse(t, ROLE_BIJDRAGER, PLEIN_EDENIED, "thread.join",
	       "{'thread':'%s'}", part);
	now = take(
		get(t, ROLE_BEHEERDER, "thread.join", "{'thread':'%s'}", part),
		"thread");
	assert_string_equal(now, thread);
	expect(t, thread, before);
	free(now);
	now = blob_of(t, thread, 1); /* byte for byte */
	assert_string_equal(now, blob);
	refuse(t, ROLE_LEZER, PLEIN_ENOTFOUND, "thread.read", "{'thread':'%s'}",
	       part);
	refuse(t, ROLE_REDACTEUR, PLEIN_ENOTFOUND, "thread.join",
	       "{'thread':'%s'}", part);
	free(now);
	free(thread);
	free(two);
	free(before);
	free(blob);
	free(part);
}

static void
test_posting__what_was_said_since_comes_along(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *two = name_of(t, thread, "2");
	char *part = split(t, two);

	json_decref(get(t, ROLE_BIJDRAGER, "remark.add",
			"{'thread':'%s','text':'Later.'}", part));
	json_decref(get(t, ROLE_REDACTEUR, "remark.edit",
			"{'remark':'%s','text':'Anders.'}", two));
	json_decref(get(t, ROLE_REDACTEUR, "thread.move",
			"{'thread':'%s','address':'index'}", thread));
	json_decref(
		get(t, ROLE_REDACTEUR, "thread.join", "{'thread':'%s'}", part));
	expect(t, thread,
	       "1 bijdrager Moeten we niet @redacteur vragen?\n|"
	       "2 redacteur Anders.\n|2.1 bijdrager Eens.\n|"
	       "3 beheerder Ook eens.\n|4 bijdrager Later.\n|");
	free(thread);
	free(two);
	free(part);
}

static void
test_posting__only_what_was_split_goes_back(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *two = name_of(t, thread, "2"), *part;

	refuse(t, ROLE_REDACTEUR, PLEIN_ERULE, "thread.join", "{'thread':'%s'}",
	       thread);
	refuse(t, ROLE_REDACTEUR, PLEIN_ENOTFOUND, "thread.join",
	       "{'thread':'0123456789ab'}");
	part = split(t, two);
	json_decref(get(t, ROLE_REDACTEUR, "thread.resolve", "{'thread':'%s'}",
			part));
	refuse(t, ROLE_REDACTEUR, PLEIN_ERULE, "thread.join", "{'thread':'%s'}",
	       part);
	assert_string_equal(t->err.rule, "join");
	free(thread);
	free(two);
	free(part);
}

/* --- what was withdrawn ------------------------------------------------------- */

static void
withdraw(struct town *t, enum role role, const char *remark)
{
	json_decref(get(t, role, "remark.withdraw", "{'remark':'%s'}", remark));
}

static void
test_posting__a_withdrawal_is_taken_back(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *one = name_of(t, thread, "1");
	char *before = look(t, thread);
	json_t *j;

	refuse(t, ROLE_BEHEERDER, PLEIN_ESAME, "remark.restore",
	       "{'remark':'%s'}", one);
	withdraw(t, ROLE_REDACTEUR, one);
	refuse(t, ROLE_BIJDRAGER, PLEIN_EDENIED, "remark.restore",
	       "{'remark':'%s'}", one);
	refuse(t, ROLE_LEZER, PLEIN_EDENIED, "remark.restore",
	       "{'remark':'%s'}", one);
	json_decref(get(t, ROLE_BEHEERDER, "remark.restore",
			"{'remark':'%s','request':'ab'}", one));
	json_decref(get(t, ROLE_BEHEERDER, "remark.restore",
			"{'remark':'%s','request':'ab'}", one));
	expect(t, thread, before);
	j = get(t, ROLE_LEZER, "thread.read", "{'thread':'%s'}", thread);
	assert_string_equal(town_text(json_object_get(j, "head"), "title"),
			    "Wat nu?");
	json_decref(j);
	free(thread);
	free(one);
	free(before);
}

/* An editor does not say for somebody what they took back themselves. */
static void
test_posting__ones_own_withdrawal_is_ones_own(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *one = name_of(t, thread, "1");
	char *before = look(t, thread);

	withdraw(t, ROLE_BIJDRAGER, one);
	refuse(t, ROLE_BEHEERDER, PLEIN_EDENIED, "remark.restore",
	       "{'remark':'%s'}", one);
	json_decref(get(t, ROLE_BIJDRAGER, "remark.restore", "{'remark':'%s'}",
			one));
	expect(t, thread, before);
	free(thread);
	free(one);
	free(before);
}

/* --- names of nobody ---------------------------------------------------------- */

static void
expect_unknown(json_t *answer_take, const char *want)
{
	const json_t *names = json_object_get(answer_take, "unknown"), *name;
	struct buf said = BUF_INIT;
	size_t i;

	assert_true(json_is_array(names));
	json_array_foreach(names, i, name)
	{
		buf_printf(&said, "@%s ", json_string_value(name));
	}
	assert_string_equal(said.ptr, want);
	buf_release(&said);
	json_decref(answer_take);
}

static void
test_posting__a_name_of_nobody_is_told(void **state)
{
	struct town *t = *state;
	char *thread = fill(t), *one = name_of(t, thread, "1");
	json_t *j;

	expect_unknown(get(t, ROLE_BIJDRAGER, "thread.start",
			   "{'address':'index','title':'T',"
			   "'text':'@lezer en @lezr en a@b.nl'}"),
		       "@lezr ");
	expect_unknown(get(t, ROLE_BIJDRAGER, "remark.add",
			   "{'thread':'%s','text':'@x @y @x @beheerder'}",
			   thread),
		       "@x @y ");
	expect_unknown(get(t, ROLE_BIJDRAGER, "remark.edit",
			   "{'remark':'%s','text':'@redacteur'}", one),
		       "");
	j = get(t, ROLE_BIJDRAGER, "thread.resolve", "{'thread':'%s'}", thread);
	assert_null(json_object_get(j, "unknown"));
	json_decref(j);
	free(thread);
	free(one);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_posting__a_split_is_taken_back),
		TEST(test_posting__what_was_said_since_comes_along),
		TEST(test_posting__only_what_was_split_goes_back),
		TEST(test_posting__a_withdrawal_is_taken_back),
		TEST(test_posting__ones_own_withdrawal_is_ones_own),
		TEST(test_posting__a_name_of_nobody_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
