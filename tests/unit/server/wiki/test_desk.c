/* Handles, damage, and the index that follows git. */
#include "town.h"

#include "loosen.h"
#include "wiki/pulse.h"

static long
count_problems(struct town *t)
{
	json_t *r = town_get(t, ROLE_HOST, "wiki.check", "{}");
	long n = (long)json_array_size(json_object_get(r, "problems"));

	json_decref(r);
	return n;
}

static void
reopen(struct town *t, struct err *trouble)
{
	desk_close(&t->desk);
	if (desk_open(&t->desk, &desk_writer, trouble, &t->err))
		fail_msg("%s", t->err.msg);
}

/* All that the index says, to compare. */
static json_t *
describe_all(struct town *t)
{
	static const char *const logs[] = { "index", TOWN_HERE,
					    "vraagstukken/hoe",
					    "themas/nieuwe-naam" };
	json_t *all = json_array(), *log;
	char params[100];
	size_t i;

	(void)json_array_append_new(all,
				    town_get(t, ROLE_LEZER, "page.list", "{}"));
	for (i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
		(void)snprintf(params, sizeof(params), "{'address':'%s'}",
			       logs[i]);
		log = NULL;
		if (!town_ask(t, ROLE_LEZER, "page.log", params, &log))
			(void)json_array_append_new(all, log);
	}
	return all;
}

static void
edit_a_bit(struct town *t)
{
	struct repo_id id;

	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'Twee\\n',"
			     "'note':'tweede','request':'ab'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.create",
			     "{'address':'themas/a','kind':'thema',"
			     "'title':'A'}"));
	town_commit(t->desk.repo, "vraagstukken/hoe.md", NULL, "weg", &id);
	town_commit(t->desk.repo, "bronnen.yml", "a: 1\n", "bron", &id);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

static void
test_desk__an_index_deleted_comes_back_the_same(void **state)
{
	struct town *t = *state;
	struct err trouble;
	json_t *before, *after;

	edit_a_bit(t);
	before = describe_all(t);
	desk_close(&t->desk);
	assert_int_equal(unlink(DATA_INDEX), 0);
	(void)unlink(DATA_INDEX "-wal");
	(void)unlink(DATA_INDEX "-shm");
	reopen(t, &trouble);
	assert_int_equal(trouble.code, 0);
	after = describe_all(t);
	assert_true(json_equal(before, after));
	json_decref(before);
	json_decref(after);
}

/* The clock went back: git's date is never before the parent's. */
static void
test_desk__times_are_those_of_the_commits(void **state)
{
	struct edit late = { "themas/later.md",
			     "x\n",
			     2,
			     "G",
			     "g@x",
			     "plein@x",
			     4000000000,
			     "uit de toekomst\n",
			     0 };
	struct town *t = *state;
	struct repo_id id;
	struct txn *x;
	json_t *before, *after;

	assert_int_equal(txn_begin(&x, t->desk.repo, &t->err), 0);
	assert_int_equal(txn_edit(x, &late, &id, &t->err), 0);
	assert_int_equal(txn_commit(x, &t->err), 0);
	edit_a_bit(t);
	before = describe_all(t);
	assert_int_equal(index_clear(t->desk.index, &t->err), 0);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	after = describe_all(t);
	assert_true(json_equal(before, after));
	json_decref(before);
	json_decref(after);
}

static void
test_desk__an_index_of_garbage_is_made_anew(void **state)
{
	struct town *t = *state;
	struct err trouble;
	json_t *before, *after;

	edit_a_bit(t);
	before = describe_all(t);
	desk_close(&t->desk);
	town_write(DATA_INDEX, "geen gegevens maar een verhaal");
	reopen(t, &trouble);
	assert_int_equal(trouble.code, 0);
	after = describe_all(t);
	assert_true(json_equal(before, after));
	json_decref(before);
	json_decref(after);
}

/* The file is kept by another name, or its number might be used again. */
static bool
is_replaced(void (*act)(struct town *t), struct town *t)
{
	struct stat before, after;

	assert_int_equal(link(DATA_INDEX, "gehouden"), 0);
	assert_int_equal(stat(DATA_INDEX, &before), 0);
	act(t);
	assert_int_equal(stat(DATA_INDEX, &after), 0);
	assert_int_equal(unlink("gehouden"), 0);
	return before.st_ino != after.st_ino;
}

static void
ask_reindex(struct town *t)
{
	json_decref(town_get(t, ROLE_HOST, "wiki.reindex", "{}"));
}

/* For `pleind reindex`, whose desk had to make it to begin with. */
static void
test_desk__a_missing_index_is_made_once(void **state)
{
	struct town *t = *state;
	struct err trouble;

	assert_int_equal(unlink(DATA_INDEX), 0);
	reopen(t, &trouble);
	assert_false(is_replaced(ask_reindex, t));
	assert_true(is_replaced(ask_reindex, t));
	reopen(t, &trouble);
	assert_true(is_replaced(ask_reindex, t));
}

static void
test_desk__a_rename_goes_on_counting(void **state)
{
	struct edit gone = { "themas/common-ground.md",
			     NULL,
			     0,
			     "G",
			     "g@x",
			     "plein@x",
			     1700000001,
			     "hernoemd\n",
			     0 };
	struct town *t = *state;
	struct repo_id id;
	struct txn *x;
	json_t *log, *rows, *old;

	assert_int_equal(txn_begin(&x, t->desk.repo, &t->err), 0);
	assert_int_equal(
		txn_stage(x, "themas/nieuwe-naam.md",
			  "---\naliassen: [themas/common-ground]\n---\nx\n",
			  strlen("---\naliassen: [themas/common-ground]\n"
				 "---\nx\n"),
			  &t->err),
		0);
	assert_int_equal(txn_edit(x, &gone, &id, &t->err), 0);
	assert_int_equal(txn_commit(x, &t->err), 0);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	log = town_get(t, ROLE_LEZER, "page.log",
		       "{'address':'themas/nieuwe-naam'}");
	rows = json_object_get(log, "rows");
	assert_int_equal(json_array_size(rows), 2);
	assert_int_equal(town_number(json_array_get(rows, 0), "version"), 2);
	assert_string_equal(town_text(json_array_get(rows, 1), "address"),
			    TOWN_HERE);
	old = town_get(t, ROLE_LEZER, "page.read",
		       "{'address':'themas/nieuwe-naam','version':1}");
	assert_string_equal(town_text(old, "text"), town_files[4].text);
	json_decref(old);
	json_decref(log);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "page.create",
				  "{'address':'themas/common-ground',"
				  "'kind':'thema','title':'T'}",
				  NULL),
			 PLEIN_EEXISTS);
}

static void
test_desk__another_history_is_read_from_the_start(void **state)
{
	struct town *t = *state;
	struct err trouble;
	json_t *titles;

	edit_a_bit(t);
	desk_close(&t->desk);
	assert_int_equal(rename(DATA_REPO, "spaces/oud.git"), 0);
	assert_int_equal(rename(DATA_INDEX, "index.keep"), 0);
	assert_int_equal(rename(DATA_SPACES, "spaces.oud"), 0);
	town_fill_repo();
	assert_int_equal(rename("index.keep", DATA_INDEX), 0);
	reopen(t, &trouble);
	assert_int_equal(trouble.code, 0);
	titles = town_get(t, ROLE_LEZER, "page.titles", "{}");
	assert_int_equal(json_array_size(json_object_get(titles, "rows")),
			 TOWN_FILES);
	json_decref(titles);
}

static void
test_desk__without_repository_the_rest_is_served(void **state)
{
	static const char *const broken[] = {
		"{'address':'index'}", "{'address':'index','base':1,'text':'x'}"
	};
	struct town *t = *state;
	struct err trouble;

	desk_close(&t->desk);
	assert_int_equal(rename(DATA_REPO, "spaces/elders.git"), 0);
	reopen(t, &trouble);
	assert_int_equal(trouble.code, PLEIN_ECORRUPT);
	assert_true(trouble.msg[0] != '\0');
	assert_int_equal(town_ask(t, ROLE_LEZER, "page.read", broken[0], NULL),
			 PLEIN_ECORRUPT);
	assert_int_equal(
		town_ask(t, ROLE_BIJDRAGER, "page.save", broken[1], NULL),
		PLEIN_ECORRUPT);
	json_decref(town_get(t, ROLE_LEZER, "session.info", "{}"));
	json_decref(town_get(t, ROLE_HOST, "user.list", "{}"));
	assert_int_equal(count_problems(t), 1);
	/* put back, it is used again without a new start */
	assert_int_equal(rename("spaces/elders.git", DATA_REPO), 0);
	json_decref(town_get(t, ROLE_LEZER, "page.read", broken[0]));
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save", broken[1]));
}

static void
test_desk__a_broken_repository_is_damage(void **state)
{
	static const struct {
		const char *file, *text; /* NULL: it is gone */
	} rows[] = {
		{ DATA_REPO "/refs/heads/main", "geen id\n" },
		{ DATA_REPO "/refs/heads/main", NULL },
		{ DATA_REPO "/HEAD", "rommel" },
		{ DATA_REPO "/HEAD", "ref: refs/heads/elders\n" },
		{ DATA_REPO "/HEAD", NULL },
	};
	struct town *t = *state;
	struct err trouble;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		desk_close(&t->desk);
		assert_int_equal(rename(rows[i].file, "heel"), 0);
		if (rows[i].text)
			town_write(rows[i].file, rows[i].text);
		reopen(t, &trouble);
		assert_int_equal(trouble.code, PLEIN_ECORRUPT);
		assert_int_equal(town_ask(t, ROLE_LEZER, "page.read",
					  "{'address':'index'}", NULL),
				 PLEIN_ECORRUPT);
		assert_int_equal(
			town_ask(t, ROLE_BIJDRAGER, "page.create",
				 "{'address':'themas/a','kind':'thema',"
				 "'title':'A'}",
				 NULL),
			PLEIN_ECORRUPT);
		assert_true(count_problems(t) > 0);
		assert_int_equal(rename("heel", rows[i].file), 0);
		json_decref(town_get(t, ROLE_LEZER, "page.read",
				     "{'address':'index'}"));
	}
}

static void
test_desk__a_missing_state_is_told(void **state)
{
	struct town *t = *state;
	struct err trouble;

	desk_close(&t->desk);
	(void)unlink(DATA_STATE "-wal");
	(void)unlink(DATA_STATE "-shm");
	assert_int_equal(unlink(DATA_STATE), 0);
	reopen(t, &trouble);
	assert_int_equal(trouble.code, PLEIN_ENOTFOUND);
	assert_non_null(strstr(trouble.msg, "no accounts"));
	reopen(t, &trouble);
	assert_int_equal(trouble.code, 0);
}

static void
test_desk__a_broken_state_is_damage(void **state)
{
	struct town *t = *state;
	struct err trouble;

	desk_close(&t->desk);
	(void)unlink(DATA_STATE "-wal");
	(void)unlink(DATA_STATE "-shm");
	town_write(DATA_STATE, "geen gegevens");
	reopen(t, &trouble);
	assert_int_equal(trouble.code, PLEIN_ECORRUPT);
	assert_int_equal(town_ask(t, ROLE_HOST, "user.list", "{}", NULL),
			 PLEIN_ECORRUPT);
	json_decref(
		town_get(t, ROLE_LEZER, "page.read", "{'address':'index'}"));
	assert_true(count_problems(t) > 0);
}

static void
test_desk__a_whole_wiki_has_no_problems(void **state)
{
	struct town *t = *state;

	edit_a_bit(t);
	assert_int_equal(count_problems(t), 0);
	assert_int_equal(unlink(DATA_HOSTKEY ".pub"), 0);
	desk_close(&t->desk);
	town_open(t);
	assert_int_equal(count_problems(t), 1);
}

static void
test_desk__conf_that_cannot_be_read_is_an_error(void **state)
{
	struct town *t = *state;
	struct err trouble;

	desk_close(&t->desk);
	town_write(DATA_CONF, "onzin zonder is-teken\n");
	assert_int_equal(desk_open(&t->desk, &desk_writer, &trouble, &t->err),
			 PLEIN_ERULE);
	desk_close(&t->desk);
	assert_int_equal(unlink(DATA_CONF), 0);
	assert_int_not_equal(
		desk_open(&t->desk, &desk_reader, &trouble, &t->err), 0);
}

static void
test_desk__conf_is_read_again_when_told(void **state)
{
	struct town *t = *state;

	town_write(DATA_CONF, "naam = Dorp\n");
	desk_refresh(&t->desk, 0);
	assert_string_equal(t->desk.conf->name, "Stad");
	desk_refresh(&t->desk, 1);
	assert_string_equal(t->desk.conf->name, "Dorp");
	town_write(DATA_CONF, "onzin\n");
	desk_refresh(&t->desk, 2);
	assert_string_equal(t->desk.conf->name, "Dorp");
}

/* Descriptors of files below the repository that are there no more. */
static int
count_deleted(void)
{
	char name[64], target[256];
	int fd, n = 0;
	ssize_t len;

	for (fd = 0; fd < 256; fd++) {
		(void)snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
		len = readlink(name, target, sizeof(target) - 1);
		if (len < 0)
			continue;
		target[len] = '\0';
		n += strstr(target, DATA_REPO) && strstr(target, "(deleted)");
	}
	return n;
}

static void
test_desk__lets_go_of_packs_that_were_replaced(void **state)
{
	struct town *t = *state;
	struct err trouble;
	struct pulse pulse;
	struct desk_setup setup = { .pulse = &pulse };
	struct call c;
	struct desk reader;

	pulse_init(&pulse);
	assert_int_equal(desk_open(&reader, &setup, &trouble, &t->err), 0);
	desk_refresh(&reader, 0);
	call_init(&c, t->roles[ROLE_LEZER],
		  json_pack("{s:s}", "address", "index"));
	assert_int_equal(desk_call(&reader, "page.read", &c), 0);
	call_release(&c);
	assert_true(loosen(DATA_REPO));
	assert_true(count_deleted() > 0);
	repo_close(t->desk.repo);
	t->desk.repo = NULL;
	desk_refresh(&reader, 0);
	assert_true(count_deleted() > 0);
	pulse_maintained(&pulse, 1, false);
	desk_refresh(&reader, 0);
	assert_int_equal(count_deleted(), 0);
	call_init(&c, t->roles[ROLE_LEZER],
		  json_pack("{s:s}", "address", "index"));
	assert_int_equal(desk_call(&reader, "page.read", &c), 0);
	call_release(&c);
	desk_close(&reader);
}

static void
test_desk__a_reader_follows_a_new_index(void **state)
{
	struct town *t = *state;
	struct err trouble;
	struct desk reader;

	assert_int_equal(desk_open(&reader, &desk_reader, &trouble, &t->err),
			 0);
	assert_int_equal(desk_need_index(&reader, &t->err), 0);
	desk_close(&t->desk);
	assert_int_equal(rename(DATA_INDEX, "oud"), 0);
	town_open(t);
	assert_int_equal(desk_need_index(&reader, &t->err), 0);
	assert_int_equal(unlink("oud"), 0);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'x'}"));
	{
		struct index_version *v;

		assert_int_equal(
			index_latest(reader.index, "index", &v, &t->err), 0);
		assert_int_equal(v->n, 2);
		index_version_free(v);
	}
	desk_close(&reader);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_desk__an_index_deleted_comes_back_the_same),
		TEST(test_desk__times_are_those_of_the_commits),
		TEST(test_desk__an_index_of_garbage_is_made_anew),
		TEST(test_desk__a_missing_index_is_made_once),
		TEST(test_desk__a_rename_goes_on_counting),
		TEST(test_desk__another_history_is_read_from_the_start),
		TEST(test_desk__without_repository_the_rest_is_served),
		TEST(test_desk__a_broken_repository_is_damage),
		TEST(test_desk__a_missing_state_is_told),
		TEST(test_desk__a_broken_state_is_damage),
		TEST(test_desk__a_whole_wiki_has_no_problems),
		TEST(test_desk__conf_that_cannot_be_read_is_an_error),
		TEST(test_desk__conf_is_read_again_when_told),
		TEST(test_desk__lets_go_of_packs_that_were_replaced),
		TEST(test_desk__a_reader_follows_a_new_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
