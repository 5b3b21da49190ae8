/* What a push brings is seen through one handle only, and measured first. */
#include "space.h"

#include "forge.h"
#include "store/quarantine.h"
#include "store/snap.h"

static struct quarantine_size
measure(struct space *s, struct forge *f, size_t most)
{
	struct quarantine *q = NULL;
	struct quarantine_size size;

	assert_int_equal(quarantine_open(&q, s->path, f->name, &s->err), 0);
	assert_int_equal(quarantine_measure(q, most, &size, &s->err), 0);
	quarantine_close(q);
	return size;
}

static void
test_quarantine__only_its_own_handle_sees_it(void **state)
{
	struct space *s = *state;
	struct quarantine *q = NULL;
	struct buf text = BUF_INIT;
	struct repo_id id;
	struct forge f;
	git_oid blob;

	forge_open(&f, s->path);
	forge_blob(&f, "nieuw\n", &blob);
	(void)git_oid_tostr(id.hex, sizeof(id.hex), &blob);
	assert_int_equal(quarantine_open(&q, s->path, f.name, &s->err), 0);
	assert_int_equal(snap_blob(quarantine_repo(q), &id, &text, &s->err), 0);
	assert_string_equal(text.ptr, "nieuw\n");
	assert_int_equal(snap_blob(s->repo, &id, &text, &s->err),
			 PLEIN_ENOTFOUND);
	quarantine_close(q);
	forge_close(&f);
	buf_release(&text);
}

static void
test_quarantine__only_folders_of_pushes_to_here(void **state)
{
	static const char *const bad[] = {
		"",
		".",
		"..",
		"info",
		"pack",
		"incoming-",
		"incoming-ab",
		"incoming-abcdefg",
		"incoming-ab/def",
		"incoming-../../",
		"tmp_objdir-incoming-abc/..",
		"tmp_objdir-bulk-fsync-abcdef",
		"/tmp/incoming-abcdef",
		"../objects/incoming-abcdef",
		"incoming-abcde\n",
	};
	struct space *s = *state;
	struct quarantine *q = NULL;
	struct buf path = BUF_INIT;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (quarantine_open(&q, s->path, bad[i], &s->err) !=
		    PLEIN_ERULE)
			fail_msg("\"%s\" is taken", bad[i]);
	assert_int_equal(
		quarantine_open(&q, s->path, "incoming-abcdef", &s->err),
		PLEIN_ENOTFOUND);
	buf_printf(&path, "%s/objects/incoming-abcdef", s->path);
	assert_int_equal(symlink("/tmp", path.ptr), 0);
	assert_int_equal(
		quarantine_open(&q, s->path, "incoming-abcdef", &s->err),
		PLEIN_ERULE);
	assert_null(q);
	buf_release(&path);
}

static void
test_quarantine__sizes_are_known_before_reading(void **state)
{
	struct space *s = *state;
	struct quarantine_size size;
	struct buf raw = BUF_INIT;
	char text[300];
	struct forge f;
	git_oid id;
	int i;

	forge_open(&f, s->path);
	size = measure(s, &f, 10);
	assert_int_equal(size.objects, 0);
	for (i = 0; i < 10; i++) {
		(void)snprintf(text, sizeof(text), "tekst %d", i);
		forge_blob(&f, text, &id);
		forge_entry(&raw, "100644", text, &id);
	}
	size = measure(s, &f, 10);
	assert_int_equal(size.objects, 10);
	assert_int_equal(size.file, 7);
	assert_int_equal(size.other, 0);
	forge_object(&f, GIT_OBJECT_TREE, &raw, &id);
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	forge_blob(&f, text, &id);
	size = measure(s, &f, 100);
	assert_int_equal(size.objects, 12);
	assert_int_equal(size.file, sizeof(text) - 1);
	assert_int_equal(size.other, raw.len);
	assert_int_equal(measure(s, &f, 3).objects, 4);
	forge_close(&f);
	buf_release(&raw);
}

/* An object whose file is no object. */
static void
test_quarantine__damage_is_found(void **state)
{
	struct space *s = *state;
	struct quarantine *q = NULL;
	struct quarantine_size size;
	struct buf path = BUF_INIT;
	struct forge f;
	FILE *out;

	forge_open(&f, s->path);
	buf_printf(&path, "%s/ab", f.folder);
	assert_int_equal(mkdir(path.ptr, 0700), 0);
	buf_str(&path, "/cdefabcdefabcdefabcdefabcdefabcdefabcd");
	out = fopen(path.ptr, "we");
	assert_non_null(out);
	assert_true(fputs("rommel", out) >= 0);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(quarantine_open(&q, s->path, f.name, &s->err), 0);
	assert_int_equal(quarantine_measure(q, 10, &size, &s->err),
			 PLEIN_ECORRUPT);
	quarantine_close(q);
	forge_close(&f);
	buf_release(&path);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_quarantine__only_its_own_handle_sees_it),
		TEST(test_quarantine__only_folders_of_pushes_to_here),
		TEST(test_quarantine__sizes_are_known_before_reading),
		TEST(test_quarantine__damage_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
