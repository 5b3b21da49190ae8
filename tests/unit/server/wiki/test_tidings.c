/* What happened to pages, whoever moved main. */
#include "talk.h"

#include "wiki/tidings.h"

/* "page redacteur said to bijdrager @lezer", "@lezer again" when it did not
 * begin to name them there */
static void
tell_remark(struct buf *said, const struct tiding *t, const json_t *params)
{
	const json_t *names = json_object_get(params, "mentions"), *name;
	const json_t *named = json_object_get(params, "named");
	const json_t *answers = json_object_get(params, "answers");
	size_t i, n = 0;

	buf_printf(said, "%s %s %s", t->address, town_text(params, "handle"),
		   town_text(params, "action"));
	if (json_is_string(answers))
		buf_printf(said, " to %s", json_string_value(answers));
	if (json_is_string(answers))
		assert_true(tiding_is_for(t, json_string_value(answers)));
	assert_false(tiding_is_for(t, NULL));
	json_array_foreach(names, i, name)
	{
		buf_printf(said, " @%s", json_string_value(name));
		assert_true(tiding_is_for(t, json_string_value(name)));
		if (json_equal(json_array_get(named, n), name))
			n++;
		else
			buf_str(said, " again");
	}
	assert_int_equal(json_array_size(named), n);
}

/* What came since, as "page 3 redacteur changed; tree"; "lost" in front. */
static void
expect(struct town *t, struct told *told, const char *want)
{
	struct vec out = VEC_INIT;
	struct buf said = BUF_INIT;
	const struct tiding *one;
	const json_t *params;
	bool lost = false;
	json_t *j;
	size_t i;

	tidings_gather(&t->desk, told, &out, &lost);
	if (lost)
		buf_str(&said, "lost");
	for (i = 0; i < out.len; i++) {
		one = out.items[i];
		assert_ptr_equal(one->space, t->desk.space);
		if (i)
			buf_str(&said, "; ");
		if (!one->address) {
			assert_int_equal(one->line.len, 0);
			buf_str(&said, "tree");
			continue;
		}
		j = json_loads(one->line.ptr, 0, NULL);
		params = json_object_get(j, "params");
		if (json_object_get(params, "thread"))
			tell_remark(&said, one, params);
		else
			buf_printf(&said, "%s %ld %s %s", one->address,
				   town_number(params, "version"),
				   town_text(params, "handle"),
				   town_text(params, "action"));
		json_decref(j);
	}
	assert_string_equal(said.ptr, want);
	buf_release(&said);
	vec_release(&out, tiding_free);
}

static void
test_tidings__begin_with_silence(void **state)
{
	struct told told = { .seq = TOLD_NEW };

	expect(*state, &told, "");
	assert_int_equal(told.seq, TOWN_FILES);
	expect(*state, &told, "");
}

/* Who has a page open meanwhile reads anew. */
static void
test_tidings__after_having_no_index_all_may_be_lost(void **state)
{
	struct town *t = *state;
	struct index *index = t->desk.index;
	struct told told = { .seq = TOLD_NEW };

	t->desk.index = NULL;
	expect(t, &told, "");
	t->desk.index = index;
	expect(t, &told, "lost");
	expect(t, &told, "");
}

static void
test_tidings__tell_of_saves_and_new_pages(void **state)
{
	struct town *t = *state;
	struct told told = { .seq = TOLD_NEW };

	expect(t, &told, "");
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'x'}"));
	expect(t, &told, "index 2 bijdrager changed; tree");
	json_decref(town_get(t, ROLE_REDACTEUR, "page.create",
			     "{'address':'themas/nieuw','kind':'thema',"
			     "'title':'Nieuw'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':2,'text':'y'}"));
	expect(t, &told,
	       "themas/nieuw 1 redacteur new; index 3 bijdrager changed; "
	       "tree");
	expect(t, &told, "");
}

/* What lists tell of a page, and what they do not. */
static void
test_tidings__tell_of_lists_only_when_they_changed(void **state)
{
	static const struct {
		const char *text;
		bool tree;
	} rows[] = {
		{ "---\\ntitel: Nu\\n---\\na", true },
		{ "---\\ntitel: Nu\\n---\\nb", false },
		{ "---\\ntitel: Nu\\ntrefwoorden: [x]\\n---\\nb", false },
		{ "---\\ntitel: Nu\\nstatus: besluit\\n---\\nb", true },
		{ "---\\ntitel: Nu\\nhoort_bij: [themas/x]\\n---\\nb", true },
		{ "---\\ntitel: Nu\\nhoort_bij: [themas/y]\\n---\\nb", true },
		{ "---\\ntitel: Nu\\nhoort_bij: [themas/y]\\n---\\nc", false },
	};
	struct town *t = *state;
	struct told told = { .seq = TOLD_NEW };
	char params[160], want[64];

	expect(t, &told, "");
	for (int i = 0; i < (int)(sizeof(rows) / sizeof(rows[0])); i++) {
		(void)snprintf(params, sizeof(params),
			       "{'address':'index','base':%d,'text':'%s'}",
			       i + 1, rows[i].text);
		(void)snprintf(want, sizeof(want),
			       "index %d bijdrager changed%s", i + 2,
			       rows[i].tree ? "; tree" : "");
		json_decref(town_get(t, ROLE_BIJDRAGER, "page.save", params));
		expect(t, &told, want);
	}
}

static void
test_tidings__tell_what_is_said(void **state)
{
	struct town *t = *state;
	struct told told = { .seq = TOLD_NEW };
	char *thread, *one;

	expect(t, &told, "");
	thread = fill(t);
	expect(t, &told,
	       TOWN_HERE " bijdrager said @redacteur; " TOWN_HERE
			 " redacteur said; " TOWN_HERE
			 " bijdrager said to redacteur; " TOWN_HERE
			 " beheerder said");
	one = name_of(t, thread, "1");
	json_decref(get(t, ROLE_BIJDRAGER, "remark.edit",
			"{'remark':'%s','text':'@lezer, weet jij het?'}", one));
	json_decref(get(t, ROLE_BIJDRAGER, "thread.resolve",
			"{'thread':'%s','reason':'klaar'}", thread));
	expect(t, &told,
	       TOWN_HERE " bijdrager changed @lezer; " TOWN_HERE
			 " bijdrager resolved");
	json_decref(get(t, ROLE_BIJDRAGER, "remark.edit",
			"{'remark':'%s','text':'@redacteur, @beheerder, '}",
			one));
	expect(t, &told,
	       TOWN_HERE " bijdrager changed @redacteur again @beheerder");
	json_decref(get(t, ROLE_BIJDRAGER, "remark.withdraw", "{'remark':'%s'}",
			one));
	expect(t, &told, TOWN_HERE " bijdrager changed");
	free(one);
	free(thread);
}

/* A page moves in one commit, as a push would do it. */
static void
move_page(struct town *t)
{
	struct edit e = { .author_name = "Git Zelf",
			  .author_mail = "git.zelf@stad.example",
			  .service_mail = "plein@stad.example",
			  .when = 1700000000,
			  .message = "Verplaatst\n" };
	static const char text[] =
		"---\ntitel: N\naliassen: [themas/common-ground]\n---\nx\n";
	struct repo_id id;
	struct txn *txn;

	if (txn_begin(&txn, t->desk.repo, &t->err) ||
	    txn_stage(txn, "themas/common-ground.md", NULL, 0, &t->err) ||
	    txn_stage(txn, "themas/n.md", text, strlen(text), &t->err) ||
	    txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s", t->err.msg);
}

static void
test_tidings__tell_of_pushes(void **state)
{
	struct town *t = *state;
	struct repo_id id;
	struct told told = { .seq = TOLD_NEW };

	expect(t, &told, "");
	town_commit(t->desk.repo, "vraagstukken/hoe.md", NULL, "Weg\n", &id);
	move_page(t);
	town_commit(t->desk.repo, "README.md", "geen pagina\n", "Lees\n", &id);
	expect(t, &told, ""); /* the index has not followed yet */
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	expect(t, &told,
	       "vraagstukken/hoe 2 git.zelf gone; "
	       "themas/common-ground 2 git.zelf gone; "
	       "themas/n 2 git.zelf moved; tree");
	assert_int_equal(told.seq, TOWN_FILES + 3);
}

static void
test_tidings__too_much_is_not_told_one_by_one(void **state)
{
	struct town *t = *state;
	struct told told = { .seq = TOLD_NEW };
	char params[80];
	int i;

	expect(t, &told, "");
	for (i = 1; i <= TIDINGS_MAX + 1; i++) {
		(void)snprintf(params, sizeof(params),
			       "{'address':'index','base':%d,'text':'%d'}", i,
			       i);
		json_decref(town_get(t, ROLE_BIJDRAGER, "page.save", params));
	}
	expect(t, &told, "lost");
	expect(t, &told, "");
}

static void
test_tidings__a_main_that_went_back_is_told(void **state)
{
	struct town *t = *state;
	struct told told = { .seq = 100 };

	expect(t, &told, "lost");
	assert_int_equal(told.seq, TOWN_FILES);
}

static void
test_tidings__wait_for_the_index(void **state)
{
	struct town *t = *state;
	struct told told = { .seq = 3 };

	index_close(t->desk.index);
	t->desk.index = NULL;
	expect(t, &told, "");
	assert_int_equal(told.seq, 3);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_tidings__begin_with_silence),
		TEST(test_tidings__after_having_no_index_all_may_be_lost),
		TEST(test_tidings__tell_of_saves_and_new_pages),
		TEST(test_tidings__tell_what_is_said),
		TEST(test_tidings__tell_of_lists_only_when_they_changed),
		TEST(test_tidings__tell_of_pushes),
		TEST(test_tidings__too_much_is_not_told_one_by_one),
		TEST(test_tidings__a_main_that_went_back_is_told),
		TEST(test_tidings__wait_for_the_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
