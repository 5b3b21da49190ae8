/* Saving and creating: what is stored, and every way to be refused. */
#include "town.h"

#include "plein/message.h"
#include "plein/page.h"
#include "store/history.h"
#include "wiki/overviews.h"

static void
read_tip(struct town *t, const char *path, struct buf *text)
{
	struct repo_id tip;

	if (repo_ref_read(t->desk.repo, &tip, &t->err) ||
	    snap_read(t->desk.repo, &tip, path, text, NULL, &t->err))
		fail_msg("%s: %s", path, t->err.msg);
}

static void
expect_text(struct town *t, const char *path, const char *want)
{
	struct buf text = BUF_INIT;

	read_tip(t, path, &text);
	assert_string_equal(text.ptr, want);
	buf_release(&text);
}

static long
count_versions(struct town *t, const char *address)
{
	struct vec log = VEC_INIT;
	long n;

	assert_int_equal(index_log(t->desk.index, address, 0, 0, &log, &t->err),
			 0);
	n = (long)log.len;
	vec_release(&log, index_version_free);
	return n;
}

struct seen {
	char mail[64], name[64], message[400];
};

static int
see_commit(void *ctx, const struct history_commit *c)
{
	struct seen *s = ctx;

	(void)snprintf(s->mail, sizeof(s->mail), "%s", c->author_mail);
	(void)snprintf(s->name, sizeof(s->name), "%s", c->author_name);
	(void)snprintf(s->message, sizeof(s->message), "%s", c->message);
	return 0;
}

static void
see_tip(struct town *t, struct seen *s)
{
	struct repo_id none = { "" }, tip;

	assert_int_equal(repo_ref_read(t->desk.repo, &tip, &t->err), 0);
	assert_int_equal(
		history_walk(t->desk.repo, &none, &tip, see_commit, s, &t->err),
		0);
}

static void
test_handle_edit__save_is_one_commit_of_the_person(void **state)
{
	struct town *t = *state;
	struct seen seen;
	json_t *r = town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'Hallo\\n',"
			     "'note':'kortere groet','request':'0af1'}");

	assert_int_equal(town_number(r, "version"), 2);
	expect_text(t, "index.md", "Hallo\n");
	see_tip(t, &seen);
	assert_string_equal(seen.mail, "bijdrager@stad.example");
	assert_string_equal(seen.name, "Iemand Anders");
	assert_ptr_equal(strstr(seen.message, "kortere groet\n"), seen.message);
	assert_non_null(strstr(seen.message, "Plein-Page: index\n"));
	assert_non_null(strstr(seen.message, "Plein-Action: save\n"));
	assert_non_null(strstr(seen.message, "Plein-Request: 0af1"));
	json_decref(r);
}

/* The first line of the newest commit. */
static void
expect_subject(struct town *t, const char *want)
{
	struct seen seen;

	see_tip(t, &seen);
	seen.message[strcspn(seen.message, "\n")] = '\0';
	assert_string_equal(seen.message, want);
}

static void
save(struct town *t, int base, const char *text, const char *more)
{
	char params[300];

	(void)snprintf(params, sizeof(params),
		       "{'address':'index','base':%d,'text':'%s'%s}", base,
		       text, more);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save", params));
}

static void
test_handle_edit__without_note_the_subject_says_how_much(void **state)
{
	struct town *t = *state;

	save(t, 1, "een twee drie\\n", "");
	save(t, 2, "een twee drie vier vijf\\n", "");
	expect_subject(t, "(zonder toelichting, 2 woorden erbij)");
	save(t, 3, "een drie zes vijf\\n", ",'note':' \\n'");
	expect_subject(t, "(zonder toelichting, 1 woord erbij, "
			  "2 woorden weg)");
	save(t, 4, "een drie zes\\n\\nvijf\\n", "");
	expect_subject(t, "(zonder toelichting)");
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.create",
			     "{'address':'themas/nieuw','kind':'thema',"
			     "'title':'Nieuw'}"));
	expect_subject(t, "aangemaakt");
}

static void
test_handle_edit__a_small_change_is_called_one(void **state)
{
	struct town *t = *state;

	save(t, 1, "een\\n", ",'minor':true,'note':'typefout\\n\\nEn meer.'");
	expect_subject(t, "kleine wijziging: typefout");
	save(t, 2, "twee\\n", ",'minor':true");
	expect_subject(t, "kleine wijziging");
}

/* The maker's own words come first. */
static void
test_handle_edit__a_note_of_a_joined_save_says_with_whom(void **state)
{
	struct town *t = *state;

	save(t, 1, "een\\ntwee\\ndrie\\n", "");
	save(t, 2, "EEN\\ntwee\\ndrie\\n", "");
	save(t, 2, "een\\ntwee\\nDRIE\\n", ",'note':'slot'");
	expect_subject(t, "slot (samengevoegd met wijziging van Iemand "
			  "Anders)");
}

static void
test_handle_edit__an_outdated_base_is_a_conflict(void **state)
{
	static const char save[] =
		"{'address':'index','base':1,'text':'%s\\n','request':'%s'}";
	struct town *t = *state;
	char params[200];

	(void)snprintf(params, sizeof(params), save, "een", "a1");
	json_decref(town_get(t, ROLE_REDACTEUR, "page.save", params));
	(void)snprintf(params, sizeof(params), save, "twee", "b2");
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "page.save", params, NULL),
			 PLEIN_ECONFLICT);
	assert_int_equal(town_number(t->args, "version"), 2);
	assert_string_equal(town_text(t->args, "handle"), "redacteur");
	assert_string_equal(town_text(t->args, "name"), "Iemand Anders");
	expect_text(t, "index.md", "een\n");
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "page.save",
				  "{'address':'index','base':7,'text':'x'}",
				  NULL),
			 PLEIN_ENOTFOUND);
}

static void
test_handle_edit__a_repeated_request_is_answered_again(void **state)
{
	static const char save[] =
		"{'address':'index','base':1,'text':'een\\n','request':'a1'}";
	struct town *t = *state;
	json_t *first = town_get(t, ROLE_BIJDRAGER, "page.save", save);
	json_t *again = town_get(t, ROLE_BIJDRAGER, "page.save", save);

	assert_true(json_equal(first, again));
	json_decref(again);
	json_decref(town_get(t, ROLE_REDACTEUR, "page.save",
			     "{'address':'index','base':2,'text':'twee\\n'}"));
	again = town_get(t, ROLE_BIJDRAGER, "page.save", save);
	assert_true(json_equal(first, again));
	assert_int_equal(count_versions(t, "index"), 3);
	/* somebody else's request with the same number is another one */
	assert_int_equal(town_ask(t, ROLE_REDACTEUR, "page.save", save, NULL),
			 PLEIN_ECONFLICT);
	json_decref(again);
	json_decref(first);
}

static void
test_handle_edit__the_same_text_is_no_version(void **state)
{
	struct town *t = *state;
	json_t *page =
		town_get(t, ROLE_LEZER, "page.read", "{'address':'index'}");
	json_t *save = json_pack("{s:s, s:i, s:O}", "address", "index", "base",
				 1, "text", json_object_get(page, "text"));
	struct call c;

	call_init(&c, t->roles[ROLE_BIJDRAGER], save);
	assert_int_equal(desk_call(&t->desk, "page.save", &c), PLEIN_ESAME);
	assert_int_equal(count_versions(t, "index"), 1);
	call_release(&c);
	json_decref(page);
}

static void
test_handle_edit__line_ends_become_plain(void **state)
{
	struct town *t = *state;

	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,"
			     "'text':'a\\r\\n\\r\\nb\\r\\n'}"));
	expect_text(t, "index.md", "a\n\nb\n");
}

static void
test_handle_edit__what_rules_refuse(void **state)
{
	static const struct {
		const char *params;
		int code;
	} rows[] = {
		{ "{'address':'themas/nee','base':1,'text':'x'}",
		  PLEIN_ENOTFOUND },
		{ "{'address':'../x','base':1,'text':'x'}", PLEIN_ERULE },
		{ "{'address':'README','base':1,'text':'x'}", PLEIN_ERULE },
		{ "{'address':'bijlagen/index/a.txt','base':1,'text':'x'}",
		  PLEIN_ERULE },
		{ "{'address':'index','base':1,'text':'a\\u001b[2J'}",
		  PLEIN_ERULE },
		{ "{'address':'index','base':1,'text':'a\\u202eb'}",
		  PLEIN_ERULE },
		{ "{'address':'index','base':1,'text':'---\\n- a\\n---\\n'}",
		  PLEIN_ERULE },
		{ "{'address':'index','base':1,'text':'x',"
		  "'note':'a\\u0007'}",
		  PLEIN_ERULE },
		{ "{'address':'index','base':1,'text':'x','note':'a\\tb'}",
		  PLEIN_ERULE },
		{ "{'address':'index','base':1,'text':'x','request':'xyz'}",
		  PLEIN_ERULE },
	};
	struct town *t = *state;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (town_ask(t, ROLE_BEHEERDER, "page.save", rows[i].params,
			     NULL) != rows[i].code)
			fail_msg("%s: %s", rows[i].params, t->err.msg);
	assert_int_equal(count_versions(t, "index"), 1);
}

static void
test_handle_edit__a_page_ends_at_its_limit(void **state)
{
	struct town *t = *state;
	char *text = mem_alloc(PAGE_MAX + 2);
	json_t *save;
	struct call c;

	memset(text, 'a', PAGE_MAX + 1);
	save = json_pack("{s:s, s:i, s:s#}", "address", "index", "base", 1,
			 "text", text, PAGE_MAX + 1);
	call_init(&c, t->roles[ROLE_BIJDRAGER], save);
	assert_int_equal(desk_call(&t->desk, "page.save", &c), PLEIN_ETOOBIG);
	call_release(&c);
	save = json_pack("{s:s, s:i, s:s#}", "address", "index", "base", 1,
			 "text", text, PAGE_MAX);
	call_init(&c, t->roles[ROLE_BIJDRAGER], save);
	assert_int_equal(desk_call(&t->desk, "page.save", &c), 0);
	call_release(&c);
	free(text);
}

static void
test_handle_edit__a_note_may_forge_no_trailer(void **state)
{
	struct town *t = *state;
	struct vec log = VEC_INIT;
	struct index_version *v;

	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'x\\n',"
			     "'note':'a\\n\\nPlein-Request: ff\\n',"
			     "'request':'aa'}"));
	assert_int_equal(index_log(t->desk.index, "index", 0, 1, &log, &t->err),
			 0);
	v = log.items[0];
	assert_string_equal(v->request, "aa");
	vec_release(&log, index_version_free);
}

static void
test_handle_edit__create_makes_fields(void **state)
{
	struct town *t = *state;
	json_t *r = town_get(t, ROLE_BIJDRAGER, "page.create",
			     "{'address':'themas/open','kind':'thema',"
			     "'title':'Open: standaarden','text':'Tekst.\\n'}");
	json_t *page = town_get(t, ROLE_LEZER, "page.read",
				"{'address':'themas/open'}");

	assert_int_equal(town_number(r, "version"), 1);
	assert_string_equal(town_text(r, "address"), "themas/open");
	assert_string_equal(town_text(page, "title"), "Open: standaarden");
	assert_string_equal(town_text(page, "kind"), "thema");
	assert_non_null(strstr(town_text(page, "text"), "---\nTekst.\n"));
	json_decref(page);
	json_decref(r);
}

static void
test_handle_edit__create_lets_the_title_win(void **state)
{
	struct town *t = *state;

	json_decref(town_get(
		t, ROLE_BIJDRAGER, "page.create",
		"{'address':'themas/open','kind':'thema','title':'Goed',"
		"'text':'---\\nx: 1\\ntitel: Fout\\n---\\nTekst.\\n'}"));
	expect_text(t, "themas/open.md",
		    "---\ntype: thema\nx: 1\ntitel: \"Goed\"\n---\nTekst.\n");
}

static void
expect_day(struct town *t, const char *address, const char *day)
{
	struct buf params = BUF_INIT, want = BUF_INIT;
	json_t *page;

	buf_printf(&params,
		   "{'address':'%s','kind':'vergadering','title':'Overleg'}",
		   address);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.create", params.ptr));
	buf_reset(&params);
	buf_printf(&params, "{'address':'%s'}", address);
	page = town_get(t, ROLE_LEZER, "page.read", params.ptr);
	buf_printf(&want, "\ndatum: %s\n", day);
	assert_non_null(strstr(town_text(page, "text"), want.ptr));
	assert_non_null(strstr(town_text(page, "text"), "## 1. Opening\n"));
	json_decref(page);
	buf_release(&params);
	buf_release(&want);
}

static void
test_handle_edit__a_page_from_a_template_is_of_its_own_day(void **state)
{
	struct town *t = *state;
	char today[DAYTEXT_LEN + 1];

	json_decref(town_get(t, ROLE_REDACTEUR, "page.create",
			     "{'address':'sjablonen/vergadering',"
			     "'kind':'sjabloon','title':'V','text':'---\\n"
			     "datum: 2020-01-01\\n---\\n## 1. Opening\\n'}"));
	expect_day(t, "vergaderingen/2026/2026-03-19-overleg", "2026-03-19");
	overviews_today(today);
	expect_day(t, "vergaderingen/overleg", today);
}

static void
test_handle_edit__create_refuses(void **state)
{
	static const struct {
		const char *params;
		int code;
	} rows[] = {
		{ "{'address':'index','kind':'start','title':'T'}",
		  PLEIN_EEXISTS },
		{ "{'address':'themas/oude-naam','kind':'thema',"
		  "'title':'T'}",
		  PLEIN_EEXISTS },
		{ "{'address':'themas/a','kind':'besluit','title':'T'}",
		  PLEIN_ERULE },
		{ "{'address':'themas/a','kind':'The ma','title':'T'}",
		  PLEIN_ERULE },
		{ "{'address':'Themas/A','kind':'thema','title':'T'}",
		  PLEIN_ERULE },
		{ "{'address':'vanalles/a','kind':'thema','title':'T'}",
		  PLEIN_ERULE },
		{ "{'address':'themas/a','kind':'thema','title':' '}",
		  PLEIN_ERULE },
		{ "{'address':'themas/a','kind':'thema','title':'a\\nb'}",
		  PLEIN_ERULE },
		{ "{'address':'themas/a','kind':'thema','title':'T',"
		  "'text':'a\\u009bb'}",
		  PLEIN_ERULE },
	};
	struct town *t = *state;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (town_ask(t, ROLE_BEHEERDER, "page.create", rows[i].params,
			     NULL) != rows[i].code)
			fail_msg("%s: %s", rows[i].params, t->err.msg);
	assert_int_equal(count_versions(t, "themas/a"), 0);
}

static void
test_handle_edit__create_can_be_repeated(void **state)
{
	static const char create[] =
		"{'address':'themas/a','kind':'thema','title':'A',"
		"'request':'99'}";
	struct town *t = *state;
	json_t *first = town_get(t, ROLE_BIJDRAGER, "page.create", create);
	json_t *again = town_get(t, ROLE_BIJDRAGER, "page.create", create);

	assert_true(json_equal(first, again));
	assert_int_equal(count_versions(t, "themas/a"), 1);
	assert_int_equal(
		town_ask(t, ROLE_REDACTEUR, "page.create", create, NULL),
		PLEIN_EEXISTS);
	json_decref(first);
	json_decref(again);
}

static void
test_handle_edit__putting_back_goes_on_counting(void **state)
{
	struct town *t = *state;
	struct repo_id id;
	json_t *r;

	town_commit(t->desk.repo, "vraagstukken/hoe.md", NULL, "Weg\n", &id);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "page.save",
				  "{'address':'vraagstukken/hoe','base':1,"
				  "'text':'x'}",
				  NULL),
			 PLEIN_ECONFLICT);
	assert_true(json_is_true(json_object_get(t->args, "gone")));
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "page.save",
				  "{'address':'vraagstukken/hoe','base':2,"
				  "'text':'x'}",
				  NULL),
			 PLEIN_ENOTFOUND);
	r = town_get(t, ROLE_BIJDRAGER, "page.create",
		     "{'address':'vraagstukken/hoe','kind':'vraagstuk',"
		     "'title':'Weer'}");
	assert_int_equal(town_number(r, "version"), 3);
	json_decref(r);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handle_edit__save_is_one_commit_of_the_person),
		TEST(test_handle_edit__without_note_the_subject_says_how_much),
		TEST(test_handle_edit__a_small_change_is_called_one),
		TEST(test_handle_edit__a_note_of_a_joined_save_says_with_whom),
		TEST(test_handle_edit__an_outdated_base_is_a_conflict),
		TEST(test_handle_edit__a_repeated_request_is_answered_again),
		TEST(test_handle_edit__the_same_text_is_no_version),
		TEST(test_handle_edit__line_ends_become_plain),
		TEST(test_handle_edit__what_rules_refuse),
		TEST(test_handle_edit__a_page_ends_at_its_limit),
		TEST(test_handle_edit__a_note_may_forge_no_trailer),
		TEST(test_handle_edit__create_makes_fields),
		TEST(test_handle_edit__create_lets_the_title_win),
		TEST(test_handle_edit__a_page_from_a_template_is_of_its_own_day),
		TEST(test_handle_edit__create_refuses),
		TEST(test_handle_edit__create_can_be_repeated),
		TEST(test_handle_edit__putting_back_goes_on_counting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
