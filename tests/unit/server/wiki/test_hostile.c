/*
 * Pushes made to do harm, by a generator that always makes the same: names
 * that are no names, folders and commits git would not make. None passes,
 * none brings the judge down.
 */
#include "pusher.h"

#include "plein/path.h"
#include "wiki/filerule.h"

#define NAMES 5000
#define PACKS 300
#define FILE_MODE 0100644U

/* xorshift32 (G. Marsaglia): the same numbers everywhere. */
struct dice {
	uint32_t x;
};

static uint32_t
roll(struct dice *d, uint32_t sides)
{
	d->x ^= d->x << 13;
	d->x ^= d->x >> 17;
	d->x ^= d->x << 5;
	return d->x % sides;
}

static const char *
pick(struct dice *d, const char *const *list)
{
	uint32_t n = 0;

	while (list[n])
		n++;
	return list[roll(d, n)];
}

/* --- names ------------------------------------------------------------ */

static const char *const good_names[] = {
	"index.md",
	"README.md",
	"themas/common-ground.md",
	"vergaderingen/2026/eerste/index.md",
	"bijlagen/themas/common-ground/plaat.png",
	"bespreking/themas/a/k3f/20260317T092600Z-bijdrager-0a1b.md",
	NULL
};

/* Nowhere in any name. */
static const char *const bad_bytes[] = { "\x01",
					 "\x07",
					 "\b",
					 "\t",
					 "\n",
					 "\r",
					 "\x1b",
					 "\x1b[2J",
					 "\x7f",
					 "\xc2\x85",
					 "\xc2\x9b",
					 "\xc2\xa0",
					 "\xe2\x80\x8b",
					 "\xe2\x80\xae",
					 "\xe2\x81\xa6",
					 "\xef\xbb\xbf",
					 "\xff",
					 "\xc3",
					 "\xed\xa0\x80",
					 "\xc0\xaf",
					 "e\xcc\x81",
					 "\xe2\x84\xaa",
					 "\\",
					 ":",
					 "*",
					 "?",
					 "\"",
					 "<",
					 ">",
					 "|",
					 "~",
					 "%",
					 "$(x)",
					 "`x`",
					 ";",
					 "&",
					 "#",
					 "'",
					 " ",
					 "Q",
					 "\xc3\xa9",
					 "\xf0\x9f\x92\xa9",
					 NULL };

static const char *const bad_parts[] = { ".",
					 "..",
					 "...",
					 ".git",
					 ".GIT",
					 ".git ",
					 ".git.",
					 ".gitmodules",
					 "git~1",
					 ".gitattributes",
					 ".g\xe2\x80\x8cit",
					 "con",
					 "CON",
					 "nul.md",
					 "com1",
					 "lpt9.md",
					 "aux.png",
					 "-x.md",
					 "--upload-pack",
					 "x.",
					 "x ",
					 " x",
					 "~",
					 "$HOME",
					 "x\xff.md",
					 NULL };

static void
insert_bytes(struct buf *path, struct dice *d)
{
	const char *bytes = pick(d, bad_bytes);

	buf_insert(path, roll(d, (uint32_t)path->len + 1), bytes,
		   strlen(bytes));
}

static void
replace_part(struct buf *path, struct dice *d)
{
	const char *part = pick(d, bad_parts);
	size_t at = roll(d, (uint32_t)path->len), end = at;

	while (at > 0 && path->ptr[at - 1] != '/')
		at--;
	while (path->ptr[end] && path->ptr[end] != '/')
		end++;
	buf_erase(path, at, end - at);
	buf_insert(path, at, part, strlen(part));
}

static void
lengthen(struct buf *path, struct dice *d)
{
	static const char as[] =
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	uint32_t n = 1 + roll(d, 8);

	/* in front of the last dot: a slug, a digest that is no digest */
	while (n-- > 0)
		buf_insert(path, (size_t)(strrchr(path->ptr, '.') - path->ptr),
			   as, sizeof(as) - 1);
}

static void
deepen(struct buf *path, struct dice *d)
{
	static const char *const above[] = {
		"x/",	       "themas/",	   "bijlagen/",
		"bespreking/", "a/b/c/d/e/f/g/h/", NULL
	};
	const char *folder = pick(d, above);

	buf_insert(path, 0, folder, strlen(folder));
	if (path_kind_of(path->ptr) != PATH_BAD)
		buf_insert(path, 0, "zo/", 3);
}

static void
spoil_end(struct buf *path, struct dice *d)
{
	static const char *const ends[] = { ".MD", ".exe.md", ".lnk", ".m d",
					    ".",   "",	      ".md.", NULL };
	const char *end = pick(d, ends), *dot = strrchr(path->ptr, '.');

	path->len = (size_t)(dot - path->ptr);
	path->ptr[path->len] = '\0';
	buf_str(path, end);
	if (path_kind_of(path->ptr) != PATH_BAD) /* an attachment's may be */
		insert_bytes(path, d);
}

static void
make_bad_name(struct buf *path, struct dice *d)
{
	static void (*const ways[])(struct buf *, struct dice *) = {
		insert_bytes, replace_part, lengthen, deepen, spoil_end
	};

	buf_reset(path);
	buf_str(path, pick(d, good_names));
	ways[roll(d, sizeof(ways) / sizeof(ways[0]))](path, d);
}

static void
test_hostile__five_thousand_names_are_no_names(void **state)
{
	const struct filerule rule = { ROLE_BEHEERDER, 1000, 1000, NULL, NULL };
	struct incoming_file f = { .kind = INCOMING_FILE, .appeared = true };
	struct dice d = { 20260317 };
	struct buf path = BUF_INIT;
	struct fault fault;
	int i;

	(void)state;
	for (i = 0; good_names[i]; i++) {
		f.path = good_names[i];
		assert_true(filerule_entry(&rule, &f, &fault));
	}
	for (i = 0; i < NAMES; i++) {
		make_bad_name(&path, &d);
		f.path = path.ptr;
		if (filerule_entry(&rule, &f, &fault))
			fail_msg("name %d passes: %s", i, path.ptr);
	}
	buf_release(&path);
}

/* The same through objects, a name a push. */
static void
test_hostile__names_in_folders_are_refused(void **state)
{
	struct dice d = { 7 };
	struct buf path = BUF_INIT;
	struct pusher u;
	int i;

	for (i = 0; i < PACKS; i++) {
		make_bad_name(&path, &d);
		pusher_start(&u, *state);
		u.role = ROLE_BEHEERDER;
		pusher_put(&u, path.ptr, FILE_MODE, "tekst\n");
		pusher_commit(&u);
		pusher_judge(&u);
		if (verdict_is_fine(&u.verdict))
			fail_msg("push %d passes: %s", i, path.ptr);
		pusher_stop(&u);
	}
	buf_release(&path);
}

/* --- folders and commits ---------------------------------------------- */

/* One thing wrong with the tree of the commit to come. */

static void
add_odd_mode(struct pusher *u, struct dice *d)
{
	static const unsigned modes[] = { 0120000, 0160000, 0100755, 0100777,
					  0100600, 0,	    0644,    07777777 };

	pusher_put(u, "themas/odd.md",
		   modes[roll(d, sizeof(modes) / sizeof(modes[0]))],
		   "/etc/passwd");
}

static void
add_rubbish_folder(struct pusher *u, struct dice *d)
{
	struct buf raw = BUF_INIT;
	uint32_t n = 1 + roll(d, 200);
	git_oid id;

	while (n-- > 0)
		buf_char(&raw, (char)roll(d, 256));
	forge_object(&u->forge, GIT_OBJECT_TREE, &raw, &id);
	(void)pusher_graft(u, &u->root, "themas/sub", 040000, &id);
	buf_release(&raw);
}

static void
add_spoilt_folder(struct pusher *u, struct dice *d)
{
	struct buf raw = BUF_INIT, twin = BUF_INIT;
	struct tree_entry e;
	size_t pos = 0;
	git_oid id;

	pusher_read(u, &u->root, &raw);
	assert_int_equal(tree_next(&raw, &pos, &e), 1);
	switch (roll(d, 4)) {
	case 0: /* twice the same */
		buf_add(&twin, raw.ptr, pos);
		buf_insert(&raw, 0, twin.ptr, twin.len);
		break;
	case 1: /* the first is last */
		buf_add(&twin, raw.ptr, pos);
		buf_erase(&raw, 0, pos);
		buf_add(&raw, twin.ptr, twin.len);
		break;
	case 2: /* an end is missing */
		raw.len -= 1 + roll(d, 20);
		break;
	default: /* a zero in front */
		buf_insert(&raw, 0, "0", 1);
		break;
	}
	forge_object(&u->forge, GIT_OBJECT_TREE, &raw, &id);
	u->root = id;
	buf_release(&raw);
	buf_release(&twin);
}

static void
add_wrong_object(struct pusher *u, struct dice *d)
{
	git_oid id = { { (unsigned char)roll(d, 256), 1 } };

	switch (roll(d, 4)) {
	case 0: /* a folder where a file belongs */
		(void)pusher_graft(u, &u->root, "themas/f.md", FILE_MODE,
				   &u->root);
		break;
	case 1: /* a file where a folder belongs */
		forge_blob(&u->forge, "x", &id);
		(void)pusher_graft(u, &u->root, "themas/f", 040000, &id);
		break;
	case 2:
		(void)pusher_graft(u, &u->root, "themas/f.md", FILE_MODE, &id);
		break;
	default:
		(void)pusher_graft(u, &u->root, "hulp", 040000, &id);
		break;
	}
}

/* 30 folders in each other, or ten thousand million paths from few objects. */
static void
add_maze(struct pusher *u, struct dice *d)
{
	struct buf raw = BUF_INIT;
	char name[16];
	git_oid id;
	int i, depth = 5 + (int)roll(d, 40), width = 1 + (int)roll(d, 10);

	forge_blob(&u->forge, "x\n", &id);
	forge_tree(&u->forge, "100644", "x.md", &id);
	while (depth-- > 0) {
		buf_reset(&raw);
		for (i = 0; i < width; i++) {
			(void)snprintf(name, sizeof(name), "f%d", i);
			forge_entry(&raw, "40000", name, &id);
		}
		forge_object(&u->forge, GIT_OBJECT_TREE, &raw, &id);
	}
	(void)pusher_graft(u, &u->root, "bijlagen", 040000, &id);
	buf_release(&raw);
}

static void
add_bad_text(struct pusher *u, struct dice *d)
{
	struct buf text = BUF_INIT;

	buf_str(&text, "goed begin\n");
	buf_char(&text, (char)(1 + roll(d, 8)));
	buf_char(&text, (char)roll(d, 256));
	pusher_put(u, "themas/t.md", FILE_MODE, text.ptr);
	buf_release(&text);
}

static void (*const in_tree[])(struct pusher *, struct dice *) = {
	add_odd_mode,	  add_rubbish_folder, add_spoilt_folder,
	add_wrong_object, add_maze,	      add_bad_text
};

#define IN_TREE (sizeof(in_tree) / sizeof(in_tree[0]))

/* A commit with one thing wrong. */
static void
commit_badly(struct pusher *u, struct dice *d)
{
	static const struct forge_commit bad[] = {
		{ .mail = "x@elders" },
		{ .mail = "beheerder@stad.example" },
		{ .mail = "" },
		{ .author = "" },
		{ .author = "a\x1b]0;x\x07z" },
		{ .committer = "x\xff" },
		{ .committer_mail = "plein@stad.example" },
		{ .committer_mail = "\xe2\x80\xaex" },
		{ .message = "\x1b[31mrood\n" },
		{ .message = "\xff\xfe" },
		{ .header = "encoding x\x07\n" },
		{ .header = "gpgsig \x9b\n" },
		{ .when = 4102444800 },
		{ .when = INT64_MAX },
		{ .when = 1 },
		{ .author_when = 4102444800 },
		{ .parents = { "0000000000000000000000000000000000000007" } },
		{ .parents = { "rommel" } },
	};
	struct forge_commit c = bad[roll(d, sizeof(bad) / sizeof(bad[0]))];

	pusher_put(u, "themas/c.md", FILE_MODE, "tekst\n");
	if (roll(d, 8) == 0) { /* a merge */
		c = (struct forge_commit){ .parents = { u->tip.hex, u->main.hex,
							u->main.hex } };
	}
	pusher_commit_as(u, c);
}

/* An object that says it is a commit. */
static void
commit_rubbish(struct pusher *u, struct dice *d)
{
	struct buf text = BUF_INIT;
	git_oid id;

	buf_printf(&text,
		   "tree %s\nparent %s\n"
		   "author B <bijdrager@stad.example> 1700000000 +0000\n"
		   "committer B <b@x> 1700000000 +0000\n\nzo\n",
		   git_oid_tostr_s(&u->root), u->tip.hex);
	switch (roll(d, 3)) {
	case 0:
		text.len = roll(d, 150);
		break;
	case 1:
		buf_add(&text, "\0verborgen", 11);
		break;
	default:
		text.ptr[roll(d, 60)] = (char)(1 + roll(d, 9));
		break;
	}
	forge_object(&u->forge, GIT_OBJECT_COMMIT, &text, &id);
	(void)git_oid_tostr(u->tip.hex, sizeof(u->tip.hex), &id);
	buf_release(&text);
}

static void
test_hostile__three_hundred_packs_are_refused(void **state)
{
	struct dice d = { 42 };
	struct pusher u;
	uint32_t way;
	int i;

	for (i = 0; i < PACKS; i++) {
		pusher_start(&u, *state);
		way = roll(&d, IN_TREE + 3);
		if (way < IN_TREE) {
			in_tree[way](&u, &d);
			pusher_commit(&u);
		} else if (way == IN_TREE) {
			commit_rubbish(&u, &d);
		} else {
			commit_badly(&u, &d);
		}
		if (roll(&d, 2)) /* something good on top hides nothing */
			pusher_commit(&u);
		pusher_judge(&u);
		if (verdict_is_fine(&u.verdict))
			fail_msg("pack %d (way %u) passes", i, (unsigned)way);
		pusher_stop(&u);
	}
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_hostile__five_thousand_names_are_no_names),
		TEST(test_hostile__names_in_folders_are_refused),
		TEST(test_hostile__three_hundred_packs_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
