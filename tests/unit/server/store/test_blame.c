#include "store/blame.h"

#include "plein/mem.h"
#include "space.h"

#define PAGE "themas/x.md"

struct page {
	struct blame_version versions[64];
	size_t n;
};

/* The next version of the page; NULL: it is gone. */
static void
add_version(struct space *s, struct page *p, const char *text)
{
	struct blame_version *v = &p->versions[p->n++];
	struct buf id = BUF_INIT;

	v->n = (long)p->n;
	v->blob.hex[0] = '\0';
	assert_int_equal(space_save(s, PAGE, text, NULL), 0);
	if (text) {
		SPACE_GIT(s, "", &id, "rev-parse", "main:" PAGE);
		(void)snprintf(v->blob.hex, sizeof(v->blob.hex), "%s", id.ptr);
	}
	buf_release(&id);
}

/* The versions of the lines, one blank between. */
static void
assert_origins(struct space *s, const struct page *p, const char *want)
{
	struct buf got = BUF_INIT;
	struct blame b;

	assert_int_equal(blame_make(&b, s->repo, p->versions, p->n, BLAME_LINES,
				    &s->err),
			 0);
	assert_true(b.complete);
	for (size_t i = 0; i < b.pieces.n; i++)
		buf_printf(&got, i ? " %ld" : "%ld", b.origins[i]);
	assert_string_equal(got.ptr, want);
	blame_release(&b);
	buf_release(&got);
}

static void
test_blame__each_line_has_its_version(void **state)
{
	struct space *s = *state;
	struct page p = { .n = 0 };

	add_version(s, &p, "a\nb\n");
	assert_origins(s, &p, "1 1");
	add_version(s, &p, "a\nb\nc\n");
	add_version(s, &p, "a\nB\nc\n");
	add_version(s, &p, "x\na\nB\nc\nd\n");
	assert_origins(s, &p, "4 1 3 2 4");
	add_version(s, &p, "a\nc\n");
	assert_origins(s, &p, "1 2");
	add_version(s, &p, "");
	assert_origins(s, &p, "");
}

static void
test_blame__what_comes_back_is_as_old_as_it_was(void **state)
{
	struct space *s = *state;
	struct page p = { .n = 0 };

	add_version(s, &p, "a\nb\n");
	add_version(s, &p, "a\nb\nc\n");
	add_version(s, &p, NULL);
	add_version(s, &p, "a\nb\nc\n");
	assert_origins(s, &p, "1 1 2");
	add_version(s, &p, NULL);
	add_version(s, &p, "a\nX\nc\n");
	assert_origins(s, &p, "1 6 2");
}

/* A page that is what it was before has the versions it had. */
static void
test_blame__rolling_back_brings_nothing(void **state)
{
	struct space *s = *state;
	struct page p = { .n = 0 };

	add_version(s, &p, "a\nb\n");
	add_version(s, &p, "a\nb\nc\n");
	add_version(s, &p, "c\n");
	add_version(s, &p, "a\nb\nc\n");
	assert_origins(s, &p, "1 1 2");
	add_version(s, &p, "a\nX\nc\n");
	assert_origins(s, &p, "1 5 2");
}

static void
test_blame__a_text_that_is_missing_is_told(void **state)
{
	struct space *s = *state;
	struct page p = { .n = 0 };
	struct blame b;

	add_version(s, &p, "a\n");
	add_version(s, &p, "a\nb\n");
	memset(p.versions[0].blob.hex, '1', REPO_ID_LEN);
	assert_int_equal(
		blame_make(&b, s->repo, p.versions, p.n, BLAME_LINES, &s->err),
		PLEIN_ECORRUPT);
	blame_release(&b);
}

/* Too much to read: what is not known is said to be so. */
static void
test_blame__a_long_history_is_cut_off(void **state)
{
	struct space *s = *state;
	struct page p = { .n = 0 };
	struct buf text = BUF_INIT;
	struct blame b;

	for (int i = 0; i < 1400000; i++)
		buf_str(&text, "regel\n");
	while (p.n < 12) {
		buf_str(&text, "slot\n");
		add_version(s, &p, text.ptr);
	}
	assert_int_equal(
		blame_make(&b, s->repo, p.versions, p.n, BLAME_LINES, &s->err),
		0);
	assert_false(b.complete);
	assert_int_equal(b.origins[b.pieces.n - 1], 12);
	assert_in_range(b.origins[0], 2, 8);
	blame_release(&b);
	buf_release(&text);
}

#define LINES_MAX 200

/* A page of lines none of which is like another. */
struct draft {
	int lines[LINES_MAX];
	int n, next;
};

static void
change_draft(struct draft *d)
{
	int at = d->n ? rand() % d->n : 0, what = rand() % 3;

	if (what == 0 && d->n > 0)
		d->lines[at] = d->next++;
	if (what == 1 && d->n > 1) {
		memmove(&d->lines[at], &d->lines[at + 1],
			(size_t)(d->n - at - 1) * sizeof(int));
		d->n--;
	}
	if ((what == 2 || d->n < 2) && d->n < LINES_MAX) {
		memmove(&d->lines[at + 1], &d->lines[at],
			(size_t)(d->n - at) * sizeof(int));
		d->lines[at] = d->next++;
		d->n++;
	}
}

static void
save_draft(struct space *s, struct page *p, const struct draft *d)
{
	struct buf text = BUF_INIT;

	for (int i = 0; i < d->n; i++)
		buf_printf(&text, "regel %d\n", d->lines[i]);
	add_version(s, p, text.ptr);
	buf_release(&text);
}

/* The commits of main that git names for the lines, as version numbers. */
static void
ask_git(struct space *s, struct buf *origins)
{
	struct buf commits = BUF_INIT, said = BUF_INIT;
	const char *line, *found;

	SPACE_GIT(s, "", &commits, "rev-list", "--reverse", "main");
	SPACE_GIT(s, "", &said, "blame", "-s", "-l", "--root", "main", "--",
		  PAGE);
	for (line = said.ptr; line && *line;) {
		char id[REPO_ID_LEN + 1];

		(void)snprintf(id, sizeof(id), "%s", line);
		found = strstr(commits.ptr, id);
		assert_non_null(found);
		buf_printf(origins, "%s%d", origins->len ? " " : "",
			   (int)((found - commits.ptr) / (REPO_ID_LEN + 1)) +
				   1);
		line = strchr(line, '\n');
		line += line ? 1 : 0;
	}
	buf_release(&commits);
	buf_release(&said);
}

static void
test_blame__says_what_git_says(void **state)
{
	struct space *s = *state;
	struct draft d = { .next = 1 };
	struct page p = { .n = 0 };
	struct buf want = BUF_INIT;

	srand(5);
	while (p.n < 60) {
		for (int k = rand() % 6; k >= 0; k--)
			change_draft(&d);
		d.lines[0] = d.next++; /* so that it differs in any case */
		save_draft(s, &p, &d);
		if (p.n % 10 == 0) {
			buf_reset(&want);
			ask_git(s, &want);
			assert_origins(s, &p, want.ptr);
		}
	}
	buf_release(&want);
}

/* --- words --- */

/* "word:version" of each word of the page, and of signs, one blank between. */
static void
tell_words(struct space *s, const struct page *p, struct buf *got)
{
	struct blame b;

	assert_int_equal(blame_make(&b, s->repo, p->versions, p->n, BLAME_WORDS,
				    &s->err),
			 0);
	assert_true(b.complete);
	for (size_t i = 0; i < b.pieces.n; i++) {
		const char *word = textrow_ptr(&b.pieces, i);
		size_t len = textrow_len(&b.pieces, i, 1);

		if (!strchr(" \n", *word))
			buf_printf(got, "%s%.*s:%ld", got->len ? " " : "",
				   (int)len, word, b.origins[i]);
	}
	blame_release(&b);
}

static void
assert_words(struct space *s, const struct page *p, const char *want)
{
	struct buf got = BUF_INIT;

	tell_words(s, p, &got);
	assert_string_equal(got.ptr, want);
	buf_release(&got);
}

static void
test_blame__each_word_has_its_version(void **state)
{
	struct space *s = *state;
	struct page p = { .n = 0 };

	add_version(s, &p, "De uitvoering vraagt gemeenten.\n\nSlot.\n");
	add_version(s, &p,
		    "De uitvoering vraagt tijd van gemeenten.\n\nSlot.\n");
	add_version(s, &p,
		    "Een begin.\nDe uitvoering vraagt tijd van veel "
		    "gemeenten.\n\nSlot.\n");
	assert_words(s, &p,
		     "Een:3 begin:3 .:3 De:1 uitvoering:1 vraagt:1 tijd:2 "
		     "van:2 veel:3 gemeenten:1 .:1 Slot:1 .:1");
}

/* A line in two, two lines in one: its words are as old as they were. */
static void
test_blame__words_stay_when_lines_are_broken(void **state)
{
	struct space *s = *state;
	struct page p = { .n = 0 };

	add_version(s, &p, "een twee drie\n");
	add_version(s, &p, "een twee\ndrie vier\n");
	add_version(s, &p, "een twee drie vijf vier");
	assert_words(s, &p, "een:1 twee:1 drie:1 vijf:3 vier:2");
}

static void
test_blame__a_blank_belongs_to_the_words_around_it(void **state)
{
	struct space *s = *state;
	struct page p = { .n = 0 };
	struct blame b;

	add_version(s, &p, "een twee\n");
	add_version(s, &p, "drie vier\n");
	assert_int_equal(
		blame_make(&b, s->repo, p.versions, p.n, BLAME_WORDS, &s->err),
		0);
	assert_int_equal(b.pieces.n, 4);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(b.origins[i], 2);
	assert_int_equal(b.origins[3], 1); /* the line's end */
	blame_release(&b);
}

/* What is known without looking: no word is like another, each says when it
 * came, and 0 ends a line; none is empty, for those are alike. */
struct story {
	int words[LINES_MAX], origins[LINES_MAX];
	int n, next;
};

static void
put_word(struct story *t, int at, int word, int version)
{
	memmove(&t->words[at + 1], &t->words[at],
		(size_t)(t->n - at) * sizeof(int));
	memmove(&t->origins[at + 1], &t->origins[at],
		(size_t)(t->n - at) * sizeof(int));
	t->words[at] = word;
	t->origins[at] = version;
	t->n++;
}

static void
take_word(struct story *t, int at)
{
	t->n--;
	memmove(&t->words[at], &t->words[at + 1],
		(size_t)(t->n - at) * sizeof(int));
	memmove(&t->origins[at], &t->origins[at + 1],
		(size_t)(t->n - at) * sizeof(int));
}

static void
change_story(struct story *t, int version)
{
	int at = rand() % (t->n + 1), what = rand() % 4;

	if (what == 0 && at < t->n)
		take_word(t, at); /* or two lines become one */
	else if (what == 1 && t->n < LINES_MAX)
		put_word(t, at, 0, version); /* a line becomes two */
	else if (t->n < LINES_MAX)
		put_word(t, at, t->next++, version);
}

/* The text of it, and what is to be said of its words. */
static void
write_story(const struct story *t, struct buf *text, struct buf *want)
{
	for (int i = 0; i < t->n; i++) {
		bool fresh = !text->len || text->ptr[text->len - 1] == '\n';

		if (!fresh)
			buf_char(text, t->words[i] ? ' ' : '\n');
		if (!t->words[i])
			continue;
		buf_printf(text, "w%d", t->words[i]);
		buf_printf(want, "%sw%d:%d", want->len ? " " : "", t->words[i],
			   t->origins[i]);
	}
}

static void
test_blame__words_are_as_old_as_they_are(void **state)
{
	struct space *s = *state;
	struct story t = { .next = 1 };
	struct page p = { .n = 0 };

	srand(11);
	while (p.n < 60) {
		struct buf text = BUF_INIT, want = BUF_INIT;

		for (int k = rand() % 9; k >= 0; k--)
			change_story(&t, (int)p.n + 1);
		put_word(&t, 0, t.next++, (int)p.n + 1); /* it differs */
		write_story(&t, &text, &want);
		add_version(s, &p, text.ptr);
		assert_words(s, &p, want.ptr);
		buf_release(&text);
		buf_release(&want);
		if (t.n > LINES_MAX - 20)
			take_word(&t, t.n / 2);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, space_setup, space_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_blame__each_line_has_its_version),
		TEST(test_blame__what_comes_back_is_as_old_as_it_was),
		TEST(test_blame__rolling_back_brings_nothing),
		TEST(test_blame__a_text_that_is_missing_is_told),
		TEST(test_blame__a_long_history_is_cut_off),
		TEST(test_blame__says_what_git_says),
		TEST(test_blame__each_word_has_its_version),
		TEST(test_blame__words_stay_when_lines_are_broken),
		TEST(test_blame__a_blank_belongs_to_the_words_around_it),
		TEST(test_blame__words_are_as_old_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
