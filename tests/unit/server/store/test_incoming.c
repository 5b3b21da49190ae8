/* Commits that want to be on main: nothing of them is hidden. */
#include "space.h"

#include "forge.h"
#include "store/incoming.h"
#include "store/quarantine.h"

struct told {
	struct buf text; /* what was told, a line each */
	size_t stop_after; /* lines; 0 = never */
	size_t n;
};

static int
note(struct told *t)
{
	buf_char(&t->text, '\n');
	return ++t->n == t->stop_after ? 7 : 0;
}

static int
note_commit(void *ctx, const struct incoming_commit *c)
{
	struct told *t = ctx;

	buf_printf(&t->text, "%s <%s> %s: %.*s", c->author, c->author_mail,
		   c->committer_mail, (int)strcspn(c->message, "\n"),
		   c->message);
	return note(t);
}

static int
note_file(void *ctx, const struct incoming_file *f)
{
	static const char *const kinds[] = { "-",    "file",   "program",
					     "link", "module", "odd" };
	struct told *t = ctx;

	buf_printf(&t->text, "%s%s %s %zu", f->appeared ? "+" : "",
		   kinds[f->kind], f->path, f->size);
	return note(t);
}

static int
note_folder(void *ctx, const char *path)
{
	struct told *t = ctx;

	buf_printf(&t->text, "odd folder %s", path);
	return note(t);
}

/* Tell of what was forged, through the quarantine. */
static int
tell(struct space *s, struct forge *f, const char *from, const char *to,
     struct told *t)
{
	struct incoming in = { t, note_commit, note_file, note_folder };
	struct quarantine *q = NULL;
	struct repo_id a = { "" }, b = { "" };
	int rc = quarantine_open(&q, s->path, f->name, &s->err);

	(void)snprintf(a.hex, sizeof(a.hex), "%s", from);
	(void)snprintf(b.hex, sizeof(b.hex), "%s", to);
	buf_reset(&t->text);
	t->n = 0;
	if (rc == 0)
		rc = incoming_walk(quarantine_repo(q), &a, &b, &in, &s->err);
	quarantine_close(q);
	return rc;
}

static void
test_incoming__tells_every_change_oldest_first(void **state)
{
	struct space *s = *state;
	struct told t = { .text = BUF_INIT };
	struct repo_id tip, one, two;
	struct forge f;
	git_oid blob, root;

	assert_int_equal(space_save(s, "themas/a.md", "een\n", &tip), 0);
	forge_open(&f, s->path);
	forge_blob(&f, "twee\n", &blob);
	root = blob;
	forge_path(&f, "themas/a.md", "100644", &root);
	forge_commit(&f, &root,
		     &(struct forge_commit){ .parents = { tip.hex },
					     .message = "ander\n\nmeer\n" },
		     &one);
	root = blob;
	forge_path(&f, "themas/b.md", "100644", &root);
	forge_commit(&f, &root,
		     &(struct forge_commit){ .parents = { one.hex },
					     .author = "Bo",
					     .mail = "bo@x",
					     .committer_mail = "c@x" },
		     &two);
	assert_int_equal(tell(s, &f, tip.hex, two.hex, &t), 0);
	assert_string_equal(t.text.ptr,
			    "Ada <ada@stad.example> ada@stad.example: ander\n"
			    "file themas/a.md 5\n"
			    "Bo <bo@x> c@x: gewijzigd\n"
			    "- themas/a.md 0\n"
			    "+file themas/b.md 5\n");
	t.stop_after = 2;
	assert_int_equal(tell(s, &f, tip.hex, two.hex, &t), 7);
	assert_int_equal(t.n, 2);
	forge_close(&f);
	buf_release(&t.text);
}

static void
test_incoming__names_every_kind_of_entry(void **state)
{
	static const struct {
		const char *mode, *want;
	} rows[] = {
		{ "100644", "+file x 4\n" }, { "100755", "+program x 4\n" },
		{ "120000", "+link x 4\n" }, { "160000", "+module x 0\n" },
		{ "100664", "+odd x 4\n" },  { "100600", "+odd x 4\n" },
		{ "644", "+odd x 4\n" },     { "0", "odd folder" },
		{ "0100644", "odd folder" }, { "040000", "odd folder" },
		{ "7777777", "+odd x 4\n" }, { "77777777", "odd folder" },
		{ "1006444", "+odd x 4\n" }, { "", "odd folder" },
	};
	struct space *s = *state;
	struct told t = { .text = BUF_INIT };
	struct repo_id id;
	struct forge f;
	git_oid root;
	size_t i;

	forge_open(&f, s->path);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		forge_blob(&f, "vier", &root);
		forge_tree(&f, rows[i].mode, "x", &root);
		forge_commit(&f, &root, &(struct forge_commit){ 0 }, &id);
		assert_int_equal(tell(s, &f, "", id.hex, &t), 0);
		if (!strstr(t.text.ptr, rows[i].want))
			fail_msg("%s: %s", rows[i].mode, t.text.ptr);
	}
	forge_close(&f);
	buf_release(&t.text);
}

static void
test_incoming__folders_git_would_not_make_are_told(void **state)
{
	struct space *s = *state;
	struct told t = { .text = BUF_INIT };
	struct buf raw = BUF_INIT;
	struct repo_id id;
	struct forge f;
	git_oid blob, root, empty;
	size_t i;

	forge_open(&f, s->path);
	forge_blob(&f, "vier", &blob);
	forge_object(&f, GIT_OBJECT_TREE, &raw, &empty);
	for (i = 0; i < 5; i++) {
		buf_reset(&raw);
		if (i == 0) { /* twins */
			forge_entry(&raw, "100644", "a", &blob);
			forge_entry(&raw, "100644", "a", &blob);
		} else if (i == 1) { /* out of order */
			forge_entry(&raw, "100644", "b", &blob);
			forge_entry(&raw, "100644", "a", &blob);
		} else if (i == 2) { /* nothing in it */
			forge_entry(&raw, "40000", "\x1b[31m", &empty);
		} else if (i == 3) { /* a path for a name */
			forge_entry(&raw, "100644", "x/a.md", &blob);
		} else { /* cut off */
			forge_entry(&raw, "100644", "a", &blob);
			raw.len -= 3;
		}
		forge_object(&f, GIT_OBJECT_TREE, &raw, &root);
		forge_path(&f, "themas", "40000", &root);
		forge_commit(&f, &root, &(struct forge_commit){ 0 }, &id);
		assert_int_equal(tell(s, &f, "", id.hex, &t), 0);
		if (!strstr(t.text.ptr, "odd folder themas/"))
			fail_msg("%zu: %s", i, t.text.ptr);
	}
	forge_close(&f);
	buf_release(&raw);
	buf_release(&t.text);
}

static void
test_incoming__what_is_missing_or_no_file_is_told(void **state)
{
	struct space *s = *state;
	struct told t = { .text = BUF_INIT };
	struct repo_id id;
	struct forge f;
	git_oid root, nothing = { { 1, 2, 3 } }, tree;

	forge_open(&f, s->path);
	root = nothing;
	forge_path(&f, "weg.md", "100644", &root);
	forge_commit(&f, &root, &(struct forge_commit){ 0 }, &id);
	assert_int_equal(tell(s, &f, "", id.hex, &t), 0);
	assert_non_null(strstr(t.text.ptr, "+odd weg.md 0\n"));
	root = nothing;
	forge_path(&f, "themas", "40000", &root);
	forge_commit(&f, &root, &(struct forge_commit){ 0 }, &id);
	assert_int_equal(tell(s, &f, "", id.hex, &t), 0);
	assert_non_null(strstr(t.text.ptr, "odd folder themas/\n"));
	forge_blob(&f, "tekst", &tree); /* a file in place of a folder */
	root = tree;
	forge_path(&f, "themas", "40000", &root);
	forge_commit(&f, &root, &(struct forge_commit){ 0 }, &id);
	assert_int_equal(tell(s, &f, "", id.hex, &t), 0);
	assert_non_null(strstr(t.text.ptr, "odd folder themas/\n"));
	forge_path(&f, "a", "100644", &tree);
	root = tree; /* a folder in place of a file */
	forge_path(&f, "b.md", "100644", &root);
	forge_commit(&f, &root, &(struct forge_commit){ 0 }, &id);
	assert_int_equal(tell(s, &f, "", id.hex, &t), 0);
	assert_non_null(strstr(t.text.ptr, "+odd b.md 0\n"));
	forge_close(&f);
	buf_release(&t.text);
}

static enum incoming_shape
shape_of(struct space *s, struct forge *f, const struct repo_id *from,
	 const struct repo_id *to, size_t most)
{
	struct incoming_form form = { INCOMING_LINE, { "" } };
	struct quarantine *q = NULL;

	assert_int_equal(quarantine_open(&q, s->path, f->name, &s->err), 0);
	assert_int_equal(incoming_look(quarantine_repo(q), from, to, most,
				       &form, &s->err),
			 0);
	quarantine_close(q);
	return form.shape;
}

static void
test_incoming__only_a_line_on_top_of_main_is_a_line(void **state)
{
	struct space *s = *state;
	struct repo_id first, tip, none = { "" }, one, two, merge, aside, root;
	struct forge f;
	git_oid tree;

	assert_int_equal(space_save(s, "themas/a.md", "een\n", &first), 0);
	assert_int_equal(space_save(s, "themas/a.md", "twee\n", &tip), 0);
	forge_open(&f, s->path);
	forge_blob(&f, "drie\n", &tree);
	forge_path(&f, "themas/a.md", "100644", &tree);
	forge_commit(&f, &tree,
		     &(struct forge_commit){ .parents = { tip.hex } }, &one);
	forge_commit(&f, &tree,
		     &(struct forge_commit){ .parents = { one.hex } }, &two);
	forge_commit(&f, &tree,
		     &(struct forge_commit){ .parents = { first.hex } },
		     &aside);
	forge_commit(
		&f, &tree,
		&(struct forge_commit){ .parents = { aside.hex, tip.hex } },
		&merge);
	forge_commit(&f, &tree, &(struct forge_commit){ 0 }, &root);
	assert_int_equal(shape_of(s, &f, &tip, &two, 9), INCOMING_LINE);
	assert_int_equal(shape_of(s, &f, &tip, &two, 2), INCOMING_LINE);
	assert_int_equal(shape_of(s, &f, &tip, &two, 1), INCOMING_ASIDE);
	assert_int_equal(shape_of(s, &f, &tip, &tip, 9), INCOMING_LINE);
	assert_int_equal(shape_of(s, &f, &tip, &first, 9), INCOMING_ASIDE);
	assert_int_equal(shape_of(s, &f, &tip, &aside, 9), INCOMING_ASIDE);
	assert_int_equal(shape_of(s, &f, &tip, &root, 9), INCOMING_ASIDE);
	assert_int_equal(shape_of(s, &f, &tip, &merge, 9), INCOMING_MERGE);
	assert_int_equal(shape_of(s, &f, &none, &two, 9), INCOMING_LINE);
	forge_close(&f);
}

static void
test_incoming__the_raw_commit_shows_a_hidden_end(void **state)
{
	struct space *s = *state;
	struct told t = { .text = BUF_INIT };
	struct forge f;
	git_oid tree, id;
	struct repo_id hex;
	struct buf text = BUF_INIT;

	forge_open(&f, s->path);
	forge_blob(&f, "een\n", &tree);
	forge_path(&f, "themas/a.md", "100644", &tree);
	buf_printf(&text,
		   "tree %s\nauthor A <a@x> 1 +0000\n"
		   "committer A <a@x> 1 +0000\n\nzichtbaar",
		   git_oid_tostr_s(&tree));
	buf_add(&text, "\0onzichtbaar", 12);
	forge_object(&f, GIT_OBJECT_COMMIT, &text, &id);
	(void)git_oid_tostr(hex.hex, sizeof(hex.hex), &id);
	assert_int_equal(tell(s, &f, "", hex.hex, &t), 0);
	assert_non_null(strstr(t.text.ptr, ": zichtbaar\n"));
	forge_close(&f);
	buf_release(&text);
	buf_release(&t.text);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_incoming__tells_every_change_oldest_first),
		TEST(test_incoming__names_every_kind_of_entry),
		TEST(test_incoming__folders_git_would_not_make_are_told),
		TEST(test_incoming__what_is_missing_or_no_file_is_told),
		TEST(test_incoming__only_a_line_on_top_of_main_is_a_line),
		TEST(test_incoming__the_raw_commit_shows_a_hidden_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
