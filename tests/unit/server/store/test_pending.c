/* test_pending.c - objects that are there before they are stored. */
#include "space.h"

#include "store/libgit.h"
#include "store/pending.h"

static git_oid
add(struct space *s, const char *text, const git_oid *was)
{
	struct buf data = BUF_INIT;
	git_oid id;

	buf_str(&data, text);
	assert_int_equal(pending_add(s->repo->pending, GIT_OBJECT_BLOB, &data,
				     was, &id, &s->err),
			 0);
	buf_release(&data);
	return id;
}

static bool
git_has(struct space *s, const git_oid *id)
{
	struct buf out = BUF_INIT;
	int status =
		space_git(s,
			  (const char *const[]){ "cat-file", "-e",
						 git_oid_tostr_s(id), NULL },
			  "", &out);

	buf_release(&out);
	return status == 0;
}

static void
assert_reads(struct space *s, const git_oid *id, const char *text)
{
	git_odb_object *obj = NULL;
	git_object_t type;
	size_t len;

	assert_int_equal(git_odb_read_header(&len, &type, s->repo->odb, id), 0);
	assert_int_equal(len, strlen(text));
	assert_int_equal(type, GIT_OBJECT_BLOB);
	assert_int_equal(git_odb_read(&obj, s->repo->odb, id), 0);
	assert_string_equal(git_odb_object_data(obj), text);
	git_odb_object_free(obj);
}

static void
test_pending__is_read_before_it_is_stored(void **state)
{
	struct space *s = *state;
	git_oid id = add(s, "een tekst\n", NULL);

	assert_int_equal(git_odb_exists(s->repo->odb, &id), 1);
	assert_reads(s, &id, "een tekst\n");
	assert_false(git_has(s, &id));
	assert_int_equal(pending_store(s->repo->pending, s->path, &s->err), 0);
	assert_int_equal(pending_len(s->repo->pending), 0);
	assert_int_equal(pending_bytes(s->repo->pending), 0);
	assert_true(git_has(s, &id));
	assert_reads(s, &id, "een tekst\n");
	assert_int_equal(pending_store(s->repo->pending, s->path, &s->err), 0);
}

static void
test_pending__keeps_one_of_a_kind(void **state)
{
	struct space *s = *state;

	(void)add(s, "1\n", NULL);
	(void)add(s, "2\n", NULL);
	(void)add(s, "1\n", NULL);
	assert_int_equal(pending_len(s->repo->pending), 2);
	assert_int_equal(pending_bytes(s->repo->pending), 4);
}

static void
test_pending__forgets_what_is_cut_off(void **state)
{
	struct space *s = *state;
	git_oid kept = add(s, "1\n", NULL), gone = add(s, "22\n", NULL);

	pending_cut(s->repo->pending, 5);
	assert_int_equal(pending_len(s->repo->pending), 2);
	pending_cut(s->repo->pending, 1);
	assert_int_equal(pending_bytes(s->repo->pending), 2);
	assert_int_equal(pending_store(s->repo->pending, s->path, &s->err), 0);
	assert_true(git_has(s, &kept));
	assert_false(git_has(s, &gone));
}

static void
test_pending__long_chains_of_differences_are_read(void **state)
{
	enum { N = 200 };
	struct space *s = *state;
	git_oid ids[N], none = { { 0 } };
	char text[64];
	int i;

	for (i = 0; i < N; i++) {
		(void)snprintf(text, sizeof(text), "begin %d einde\n", i);
		if (i == N - 1) /* no difference that git reads */
			text[0] = '\0';
		ids[i] = add(s, text, i > 0 ? &ids[i - 1] : &none);
	}
	assert_int_equal(pending_store(s->repo->pending, s->path, &s->err), 0);
	for (i = 0; i < N; i++) {
		(void)snprintf(text, sizeof(text), "begin %d einde\n", i);
		if (i == N - 1)
			text[0] = '\0';
		assert_reads(s, &ids[i], text);
		assert_true(git_has(s, &ids[i]));
	}
}

/* A folder of `n` pages as git knows it. */
static git_oid
add_folder(struct space *s, struct folder *f, int n, const git_oid *was)
{
	git_oid id = { { 1 } };
	char name[32];

	for (int i = 0; i < n; i++) {
		(void)snprintf(name, sizeof(name), "pagina-%03d.md", i);
		assert_int_equal(
			folder_set(f, name, strlen(name), TREE_MODE_FILE, &id),
			0);
	}
	folder_id(f, &id);
	pending_add_folder(s->repo->pending, f, was, &id);
	return id;
}

static void
assert_is_whole(struct space *s, const git_oid *id)
{
	git_odb_object *obj = NULL;
	git_oid is;

	assert_int_equal(git_odb_read(&obj, s->repo->odb, id), 0);
	assert_int_equal(git_odb_hash(&is, git_odb_object_data(obj),
				      git_odb_object_size(obj),
				      git_odb_object_type(obj)),
			 0);
	assert_true(git_oid_equal(&is, id));
	git_odb_object_free(obj);
}

/* It has its bytes from the folder, until that becomes another. */
static void
test_pending__large_folders_outlive_what_they_are_of(void **state)
{
	struct space *s = *state;
	struct folder f;
	git_oid ids[3], cut;

	folder_init(&f);
	ids[0] = add_folder(s, &f, 300, NULL);
	assert_is_whole(s, &ids[0]);
	ids[1] = add_folder(s, &f, 500, &ids[0]);
	assert_is_whole(s, &ids[0]);
	cut = add_folder(s, &f, 600, &ids[1]);
	assert_is_whole(s, &cut);
	pending_cut(s->repo->pending, 2);
	assert_int_not_equal(git_odb_exists(s->repo->odb, &cut), 1);
	ids[2] = add_folder(s, &f, 700, &ids[1]);
	folder_release(&f);
	for (int i = 0; i < 3; i++)
		assert_is_whole(s, &ids[i]);
	assert_int_equal(pending_store(s->repo->pending, s->path, &s->err), 0);
	for (int i = 0; i < 3; i++)
		assert_true(git_has(s, &ids[i]));
}

/* One page of it becomes another; its id. */
static git_oid
change_page(struct space *s, struct folder *f, int page, unsigned char to,
	    const git_oid *was)
{
	git_oid id = { { to } };
	char name[32];

	(void)snprintf(name, sizeof(name), "pagina-%03d.md", page);
	assert_int_equal(folder_set(f, name, strlen(name), TREE_MODE_FILE, &id),
			 0);
	folder_id(f, &id);
	pending_add_folder(s->repo->pending, f, was, &id);
	return id;
}

static void
store_all(struct space *s)
{
	assert_int_equal(pending_store(s->repo->pending, s->path, &s->err), 0);
}

/* Batch after batch, one of them with the folder as it was at first between
 * two others. */
static void
test_pending__large_folders_are_told_from_what_they_were(void **state)
{
	struct space *s = *state;
	struct buf out = BUF_INIT;
	struct folder f;
	git_oid ids[6];

	folder_init(&f);
	ids[0] = add_folder(s, &f, 700, NULL);
	store_all(s);
	ids[1] = change_page(s, &f, 300, 2, &ids[0]);
	store_all(s);
	ids[2] = change_page(s, &f, 301, 2, &ids[1]);
	ids[3] = change_page(s, &f, 301, 1, &ids[2]);
	ids[4] = change_page(s, &f, 300, 1, &ids[3]);
	ids[5] = change_page(s, &f, 699, 3, &ids[4]);
	assert_true(git_oid_equal(&ids[4], &ids[0]));
	store_all(s);
	folder_release(&f);
	for (int i = 0; i < 6; i++)
		assert_true(git_has(s, &ids[i]));
	/* its pages are nowhere: only the objects themselves are looked at */
	SPACE_GIT(s, "", &out, "-c",
		  "alias.all=!git verify-pack objects/pack/*.idx", "all");
	SPACE_GIT(s, "", &out, "cat-file", "--batch-all-objects",
		  "--batch-check=%(objecttype) %(objectsize)");
	buf_release(&out);
}

static void
test_pending__keeps_all_when_it_cannot_store(void **state)
{
	struct space *s = *state;
	git_oid id = add(s, "1\n", NULL);

	assert_true(pending_store(s->repo->pending, s->dir, &s->err) < 0);
	assert_int_equal(pending_len(s->repo->pending), 1);
	assert_reads(s, &id, "1\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_pending__is_read_before_it_is_stored),
		TEST(test_pending__keeps_one_of_a_kind),
		TEST(test_pending__forgets_what_is_cut_off),
		TEST(test_pending__long_chains_of_differences_are_read),
		TEST(test_pending__large_folders_outlive_what_they_are_of),
		TEST(test_pending__large_folders_are_told_from_what_they_were),
		TEST(test_pending__keeps_all_when_it_cannot_store),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
