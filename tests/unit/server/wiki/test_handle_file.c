/* Attachments through the protocol. */
#include "town.h"

#include "plein/base64.h"
#include "wiki/rebuild.h"
#include "wiki/upload.h"

#define PNG "\x89PNG\r\n\x1a\n"

struct piece {
	const char *name;
	size_t size, offset; /* of the file, in it */
	const char *bytes;
	size_t len;
};

/* The code, *result the answer. */
static int
put_piece(struct town *t, enum role role, const struct piece *p,
	  json_t **result)
{
	struct buf data = BUF_INIT, params = BUF_INIT;
	int rc;

	base64_encode(&data, p->bytes, p->len);
	buf_printf(&params,
		   "{'address':'%s','name':'%s','size':%zu,'offset':%zu,"
		   "'data':'%s','request':'ab%zu'}",
		   TOWN_HERE, p->name, p->size, p->offset, data.ptr, p->size);
	rc = town_ask(t, role, "file.put", params.ptr, result);
	buf_release(&params);
	buf_release(&data);
	return rc;
}

static int
put(struct town *t, const char *name, const char *bytes)
{
	return put_piece(
		t, ROLE_BIJDRAGER,
		&(struct piece){ name, strlen(bytes), 0, bytes, strlen(bytes) },
		NULL);
}

static json_t *
get(struct town *t, const char *name, long offset)
{
	char params[200];

	(void)snprintf(params, sizeof(params),
		       "{'address':'" TOWN_HERE "','name':'%s','offset':%ld}",
		       name, offset);
	return town_get(t, ROLE_LEZER, "file.get", params);
}

static void
expect_bytes(struct town *t, const char *name, const char *want)
{
	json_t *r = get(t, name, 0);
	struct buf bytes = BUF_INIT;

	assert_int_equal(base64_decode(&bytes, town_text(r, "data"),
				       strlen(town_text(r, "data")), NULL),
			 0);
	assert_string_equal(bytes.ptr, want);
	assert_null(json_object_get(r, "next"));
	buf_release(&bytes);
	json_decref(r);
}

static void
test_handle_file__is_put_listed_got_and_deleted(void **state)
{
	struct town *t = *state;
	json_t *r, *row;

	assert_int_equal(put(t, "b.txt", "twee\n"), 0);
	assert_int_equal(put(t, "a.png", PNG "een"), 0);
	expect_bytes(t, "b.txt", "twee\n");
	r = town_get(t, ROLE_LEZER, "file.list", "{'address':'" TOWN_HERE "'}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 2);
	row = json_array_get(json_object_get(r, "rows"), 0);
	assert_string_equal(town_text(row, "name"), "a.png");
	assert_int_equal(town_number(row, "size"), 11);
	assert_string_equal(town_text(row, "handle"), "bijdrager");
	assert_int_equal(strlen(town_text(row, "commit")), 40);
	json_decref(r);
	r = town_get(t, ROLE_LEZER, "file.list",
		     "{'address':'" TOWN_HERE "','after':'a.png'}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 1);
	json_decref(r);
	json_decref(town_get(t, ROLE_BIJDRAGER, "file.delete",
			     "{'address':'" TOWN_HERE "','name':'a.png'}"));
	assert_int_equal(town_ask(t, ROLE_LEZER, "file.get",
				  "{'address':'" TOWN_HERE "','name':'a.png'}",
				  NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "file.delete",
				  "{'address':'" TOWN_HERE "','name':'a.png'}",
				  NULL),
			 PLEIN_ENOTFOUND);
}

/* It has no number, and its commit says who and why. */
static void
test_handle_file__is_no_version_of_its_page(void **state)
{
	struct town *t = *state;
	json_t *r, *row;

	assert_int_equal(put(t, "b.txt", "twee\n"), 0);
	r = town_get(t, ROLE_LEZER, "page.log", "{'address':'" TOWN_HERE "'}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 1);
	json_decref(r);
	r = town_get(t, ROLE_LEZER, "changes.list", "{}");
	row = json_array_get(json_object_get(r, "rows"), 0);
	assert_string_equal(town_text(row, "note"), "bijlage erbij: b.txt");
	assert_string_equal(town_text(row, "action"), "attach");
	assert_string_equal(town_text(row, "handle"), "bijdrager");
	assert_int_equal(town_number(row, "others"), 1);
	json_decref(r);
}

static void
test_handle_file__comes_and_goes_in_pieces(void **state)
{
	const size_t size = UPLOAD_PIECE + 5;
	struct town *t = *state;
	char *bytes = mem_alloc(size);
	json_t *r;

	memset(bytes, 'x', size);
	assert_int_equal(put_piece(t, ROLE_BIJDRAGER,
				   &(struct piece){ "a.txt", size, 0, bytes,
						    UPLOAD_PIECE },
				   &r),
			 0);
	assert_int_equal(town_number(r, "offset"), UPLOAD_PIECE);
	json_decref(r);
	assert_int_equal(
		put_piece(t, ROLE_BIJDRAGER,
			  &(struct piece){ "a.txt", size, 7, bytes, 5 }, NULL),
		PLEIN_ECONFLICT);
	assert_int_equal(town_number(t->args, "offset"), UPLOAD_PIECE);
	assert_int_equal(put_piece(t, ROLE_BIJDRAGER,
				   &(struct piece){ "a.txt", size, UPLOAD_PIECE,
						    bytes, 5 },
				   &r),
			 0);
	assert_string_equal(town_text(r, "path"),
			    "bijlagen/" TOWN_HERE "/a.txt");
	json_decref(r);
	r = get(t, "a.txt", 0);
	assert_int_equal(town_number(r, "size"), size);
	assert_int_equal(town_number(r, "next"), UPLOAD_PIECE);
	json_decref(r);
	r = get(t, "a.txt", UPLOAD_PIECE);
	assert_string_equal(town_text(r, "data"), "eHh4eHg=");
	assert_null(json_object_get(r, "next"));
	json_decref(r);
	free(bytes);
}

static void
test_handle_file__a_repetition_is_answered_alike(void **state)
{
	struct town *t = *state;
	json_t *first, *again;

	assert_int_equal(put_piece(t, ROLE_BIJDRAGER,
				   &(struct piece){ "a.txt", 4, 0, "een\n", 4 },
				   &first),
			 0);
	assert_int_equal(put_piece(t, ROLE_BIJDRAGER,
				   &(struct piece){ "a.txt", 4, 0, "een\n", 4 },
				   &again),
			 0);
	assert_true(json_equal(first, again));
	json_decref(first);
	json_decref(again);
	assert_int_equal(put_piece(t, ROLE_REDACTEUR,
				   &(struct piece){ "a.txt", 4, 0, "een\n", 4 },
				   NULL),
			 PLEIN_ESAME);
}

static void
test_handle_file__is_refused_by_rule(void **state)
{
	struct town *t = *state;

	assert_int_equal(put(t, "a.svg", "<svg/>"), PLEIN_ERULE);
	assert_string_equal(t->err.rule, "file-kind");
	assert_int_equal(put(t, "a.png", "<html>"), PLEIN_ERULE);
	assert_string_equal(t->err.rule, "file-bytes");
	assert_int_equal(put(t, "A.png", PNG), PLEIN_ERULE);
	assert_string_equal(t->err.rule, "file-name");
	assert_int_equal(put(t, "a.txt", ""), PLEIN_ERULE);
	assert_string_equal(t->err.rule, "file-empty");
	assert_int_equal(put_piece(t, ROLE_BIJDRAGER,
				   &(struct piece){ "a.txt", (10UL << 20) + 1,
						    0, "x", 1 },
				   NULL),
			 PLEIN_ETOOBIG);
	assert_int_equal(put_piece(t, ROLE_LEZER,
				   &(struct piece){ "a.txt", 1, 0, "x", 1 },
				   NULL),
			 PLEIN_EDENIED);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "file.put",
				  "{'address':'themas/geen','name':'a.txt',"
				  "'size':1,'offset':0,'data':'eA=='}",
				  NULL),
			 PLEIN_ENOTFOUND);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "file.put",
				  "{'address':'index','name':'a.txt',"
				  "'size':1,'offset':0,'data':'eA'}",
				  NULL),
			 PLEIN_ERULE);
}

static void
test_handle_file__settings_say_what_is_taken(void **state)
{
	struct town *t = *state;

	town_write(DATA_CONF, "naam = Stad\ndomein = stad.example\n"
			      "bijlagen_mb = 1\nbijlagen_soorten = svg\n");
	desk_refresh(&t->desk, 1);
	assert_int_equal(put(t, "a.svg", "<svg/>"), 0);
	assert_int_equal(put(t, "a.txt", "x"), PLEIN_ERULE);
	assert_int_equal(put_piece(t, ROLE_BIJDRAGER,
				   &(struct piece){ "a.svg", (1UL << 20) + 1, 0,
						    "x", 1 },
				   NULL),
			 PLEIN_ETOOBIG);
}

static void
test_handle_file__stays_with_a_page_that_goes_and_moves(void **state)
{
	struct town *t = *state;
	json_t *r;

	assert_int_equal(put(t, "a.txt", "een\n"), 0);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.delete",
			     "{'address':'" TOWN_HERE "'}"));
	expect_bytes(t, "a.txt", "een\n");
	assert_int_equal(put(t, "b.txt", "twee\n"), PLEIN_ENOTFOUND);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.restore",
			     "{'address':'" TOWN_HERE "'}"));
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.rename",
			     "{'address':'" TOWN_HERE
			     "','to':'themas/ander'}"));
	r = town_get(t, ROLE_LEZER, "file.list", "{'address':'themas/ander'}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 1);
	json_decref(r);
	r = town_get(t, ROLE_LEZER, "file.list", "{'address':'" TOWN_HERE "'}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 0);
	json_decref(r);
}

/* And goes along when its page moves then. */
static void
test_handle_file__is_taken_while_there_is_no_index(void **state)
{
	struct town *t = *state;
	json_t *r;

	t->desk.rebuild = rebuild_new(NULL, NULL);
	index_close(t->desk.index);
	t->desk.index = NULL;
	assert_int_equal(unlink(DATA_INDEX), 0);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), PLEIN_EBUSY);
	assert_true(rebuild_wait(t->desk.rebuild, 10000));
	assert_int_equal(put(t, "a.txt", "een\n"), 0);
	r = town_get(t, ROLE_LEZER, "file.list", "{'address':'" TOWN_HERE "'}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 1);
	json_decref(r);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.rename",
			     "{'address':'" TOWN_HERE
			     "','to':'themas/ander'}"));
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	r = town_get(t, ROLE_LEZER, "file.list", "{'address':'themas/ander'}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 1);
	json_decref(r);
	rebuild_free(t->desk.rebuild);
	t->desk.rebuild = NULL;
}

/* The address of one begins as that of another. */
static void
test_handle_file__of_another_page_is_not_listed(void **state)
{
	struct town *t = *state;
	struct repo_id id;
	json_t *r;

	town_commit(t->desk.repo, "bijlagen/themas/2026/een.txt", "een\n",
		    "Zo\n", &id);
	town_commit(t->desk.repo, "bijlagen/themas/2026/zaak/twee.txt",
		    "twee\n", "Zo\n", &id);
	r = town_get(t, ROLE_LEZER, "file.list", "{'address':'themas/2026'}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 1);
	json_decref(r);
	r = town_get(t, ROLE_LEZER, "file.list",
		     "{'address':'themas/2026/zaak'}");
	assert_int_equal(json_array_size(json_object_get(r, "rows")), 1);
	json_decref(r);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handle_file__is_put_listed_got_and_deleted),
		TEST(test_handle_file__is_no_version_of_its_page),
		TEST(test_handle_file__comes_and_goes_in_pieces),
		TEST(test_handle_file__a_repetition_is_answered_alike),
		TEST(test_handle_file__is_refused_by_rule),
		TEST(test_handle_file__settings_say_what_is_taken),
		TEST(test_handle_file__stays_with_a_page_that_goes_and_moves),
		TEST(test_handle_file__is_taken_while_there_is_no_index),
		TEST(test_handle_file__of_another_page_is_not_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
