/* test_index.c - numbers of versions, renames, lists and names. */
#include "state/index.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "scratch.h"

struct fixture {
	char dir[SCRATCH_MAX];
	char path[SCRATCH_MAX + 16];
	struct index *x;
	struct err err;
	int clock; /* commits so far */
	char commit[41]; /* the last one */
	struct index_entry entry; /* the same */
};

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	if (f == NULL || scratch_make(f->dir) != 0)
		return -1;
	(void)snprintf(f->path, sizeof f->path, "%s/index.db", f->dir);
	*state = f;
	return index_open(&f->x, f->path, true, &f->err);
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	index_close(f->x);
	(void)scratch_remove(f->dir);
	free(f);
	return 0;
}

/* A reader is refused. */
static int
try_begin(struct fixture *f)
{
	int rc = index_begin(f->x, &f->err);

	(void)snprintf(f->commit, sizeof f->commit, "%040x", ++f->clock);
	f->entry = (struct index_entry){
		.commit = f->commit,
		.when = 1700000000 + f->clock,
		.author = "Ada de Vries",
		.handle = "ada",
		.note = "opmerking",
		.request = f->clock == 1 ? "verzoek" : NULL,
	};
	return rc ? rc : index_add_entry(f->x, &f->entry, &f->err);
}

static void
begin(struct fixture *f)
{
	assert_int_equal(try_begin(f), 0);
}

static void
commit(struct fixture *f)
{
	assert_int_equal(index_commit(f->x, f->commit, &f->err), 0);
}

/* One version in the open transaction; title NULL: the page vanishes. */
static int
put(struct fixture *f, const char *address, const char *title, const char *from,
    long *n)
{
	struct index_content now = {
		.blob = "0123456789012345678901234567890123456789",
		.text = "tekst",
		.len = 5,
	};
	struct page_info info;
	int rc;

	page_info_init(&info);
	info.title = title ? mem_strdup(title) : NULL;
	info.kind = mem_strdup("thema");
	info.status = mem_strdup("concept");
	info.order = 3;
	vec_push(&info.parents, mem_strdup("hoofdonderwerpen/x"));
	vec_push(&info.parents, mem_strdup("doelstellingen/y"));
	if (from != NULL)
		vec_push(&info.aliases, mem_strdup(from));
	now.info = &info;
	now.from = from;
	rc = index_add(f->x, &f->entry, address, title ? &now : NULL, n,
		       &f->err);
	page_info_release(&info);
	return rc;
}

/* One commit with one version; its number. */
static long
save(struct fixture *f, const char *address, const char *title)
{
	long n = 0;

	begin(f);
	assert_int_equal(put(f, address, title, NULL, &n), 0);
	commit(f);
	return n;
}

/* "3b 2a- 1a": number, last letter of the address, - when gone. */
static void
assert_log(struct fixture *f, const char *address, long limit, const char *want)
{
	struct buf got = BUF_INIT;
	struct vec all = VEC_INIT;
	size_t i;

	assert_int_equal(index_log(f->x, address, 0, limit, &all, &f->err), 0);
	for (i = 0; i < all.len; i++) {
		const struct index_version *v = all.items[i];

		buf_printf(&got, "%s%ld%c%s", i ? " " : "", v->n,
			   v->address[strlen(v->address) - 1],
			   v->gone ? "-" : "");
	}
	assert_string_equal(got.ptr, want);
	vec_release(&all, index_version_free);
	buf_release(&got);
}

static int
resolve(struct fixture *f, const char *name, const char *want, bool was_moved)
{
	char *address = NULL;
	bool moved = false;
	int rc = index_resolve(f->x, name, &address, &moved, &f->err);

	if (rc == 0)
		assert_string_equal(address, want);
	else
		assert_null(address);
	assert_int_equal(moved, was_moved);
	free(address);
	return rc;
}

static void
test_index__starts_empty(void **state)
{
	struct fixture *f = *state;
	struct index_version *v = NULL;
	struct vec pages = VEC_INIT;
	char head[41] = "x";

	assert_int_equal(index_head(f->x, head, &f->err), 0);
	assert_string_equal(head, "");
	assert_int_equal(index_pages(f->x, &pages, &f->err), 0);
	assert_int_equal(pages.len, 0);
	assert_int_equal(index_latest(f->x, "themas/a", &v, &f->err),
			 PLEIN_ENOTFOUND);
	assert_null(v);
	assert_int_equal(resolve(f, "themas/a", NULL, false), PLEIN_ENOTFOUND);
}

static void
test_index__counts_versions_per_page(void **state)
{
	struct fixture *f = *state;
	struct index_version *v = NULL;
	char first[41], head[41];

	assert_int_equal(save(f, "themas/a", "A"), 1);
	memcpy(first, f->commit, sizeof first);
	assert_int_equal(save(f, "themas/b", "B"), 1);
	assert_int_equal(save(f, "themas/a", "A2"), 2);
	assert_int_equal(index_head(f->x, head, &f->err), 0);
	assert_string_equal(head, f->commit);
	assert_int_equal(index_latest(f->x, "themas/a", &v, &f->err), 0);
	assert_int_equal(v->n, 2);
	assert_string_equal(v->commit, f->commit);
	assert_string_equal(v->handle, "ada");
	assert_null(v->request);
	index_version_free(v);
	assert_int_equal(index_version(f->x, "themas/a", 1, &v, &f->err), 0);
	assert_string_equal(v->commit, first);
	assert_string_equal(v->author, "Ada de Vries");
	assert_string_equal(v->note, "opmerking");
	assert_string_equal(v->request, "verzoek");
	assert_int_equal(v->when, 1700000001);
	assert_false(v->gone);
	index_version_free(v);
	assert_int_equal(index_version_at(f->x, "themas/a", first, &v, &f->err),
			 0);
	assert_int_equal(v->n, 1);
	index_version_free(v);
	index_version_free(NULL);
}

static void
test_index__knows_no_version_that_never_was(void **state)
{
	struct fixture *f = *state;
	struct index_version *v = NULL;

	assert_int_equal(save(f, "themas/a", "A"), 1);
	assert_int_equal(save(f, "themas/b", "B"), 1);
	assert_int_equal(index_version(f->x, "themas/a", 0, &v, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(index_version(f->x, "themas/a", 2, &v, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(index_version(f->x, "themas/a", -1, &v, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(
		index_version_at(f->x, "themas/a", f->commit, &v, &f->err),
		PLEIN_ENOTFOUND);
	assert_null(v);
}

static void
test_index__knows_a_version_by_any_later_commit(void **state)
{
	struct fixture *f = *state;
	struct index_version *v = NULL;
	char first[41], other[41];

	assert_int_equal(save(f, "themas/b", "B"), 1);
	memcpy(first, f->commit, sizeof first);
	assert_int_equal(save(f, "themas/a", "A"), 1);
	assert_int_equal(save(f, "themas/b", "B2"), 2);
	memcpy(other, f->commit, sizeof other);
	assert_int_equal(save(f, "themas/a", "A2"), 2);
	assert_int_equal(
		index_version_as_of(f->x, "themas/a", other, &v, &f->err), 0);
	assert_int_equal(v->n, 1);
	index_version_free(v);
	assert_int_equal(
		index_version_as_of(f->x, "themas/a", f->commit, &v, &f->err),
		0);
	assert_int_equal(v->n, 2);
	index_version_free(v);
	assert_int_equal(
		index_version_as_of(f->x, "themas/a", first, &v, &f->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(index_version_as_of(f->x, "themas/a",
					     "ffffffffffffffffffff"
					     "ffffffffffffffffffff",
					     &v, &f->err),
			 PLEIN_ENOTFOUND);
	assert_null(v);
}

static void
test_index__knows_a_version_by_its_request(void **state)
{
	struct fixture *f = *state;
	struct index_version *v = NULL;

	assert_int_equal(save(f, "themas/a", "A"), 1);
	assert_int_equal(save(f, "themas/a", "A2"), 2);
	assert_int_equal(index_version_by(f->x, "themas/a", "ada", "verzoek",
					  &v, &f->err),
			 0);
	assert_int_equal(v->n, 1);
	index_version_free(v);
	assert_int_equal(index_version_by(f->x, "themas/a", "bob", "verzoek",
					  &v, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(index_version_by(f->x, "themas/b", "ada", "verzoek",
					  &v, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(
		index_version_by(f->x, "themas/a", "ada", "ander", &v, &f->err),
		PLEIN_ENOTFOUND);
	assert_null(v);
}

static void
test_index__goes_on_counting_after_a_page_vanished(void **state)
{
	struct fixture *f = *state;
	struct index_version *v = NULL;

	assert_int_equal(save(f, "themas/a", "A"), 1);
	assert_int_equal(save(f, "themas/a", NULL), 2);
	assert_int_equal(index_latest(f->x, "themas/a", &v, &f->err), 0);
	assert_true(v->gone);
	index_version_free(v);
	assert_int_equal(resolve(f, "themas/a", NULL, false), PLEIN_ENOTFOUND);
	assert_int_equal(resolve(f, "A", NULL, false), PLEIN_ENOTFOUND);
	assert_int_equal(save(f, "themas/a", "A"), 3);
	assert_log(f, "themas/a", 0, "3a 2a- 1a");
	assert_int_equal(resolve(f, "themas/a", "themas/a", false), 0);
}

/* A vanishes and B appears in one commit, told in this or that order. */
static void
rename_page(struct fixture *f, const char *from, const char *to,
	    bool vanish_first, long want)
{
	long n = 0;

	begin(f);
	if (vanish_first)
		assert_int_equal(put(f, from, NULL, NULL, NULL), 0);
	assert_int_equal(put(f, to, "Nieuw", from, &n), 0);
	if (!vanish_first)
		assert_int_equal(put(f, from, NULL, NULL, NULL), 0);
	commit(f);
	assert_int_equal(n, want);
}

static void
test_index__a_renamed_page_continues_its_numbers(void **state)
{
	struct fixture *f = *state;
	struct index_version *v = NULL;
	bool first;

	for (first = false;; first = true) {
		assert_int_equal(save(f, "themas/a", "A"), 1);
		assert_int_equal(save(f, "themas/a", "A2"), 2);
		rename_page(f, "themas/a", "themas/b", first, 3);
		assert_log(f, "themas/b", 0, "3b 2a 1a");
		assert_log(f, "themas/a", 0, "3a- 2a 1a");
		assert_int_equal(save(f, "themas/b", "B"), 4);
		rename_page(f, "themas/b", "begrippen/c", first, 5);
		assert_log(f, "begrippen/c", 0, "5c 4b 3b 2a 1a");
		assert_int_equal(
			index_version(f->x, "begrippen/c", 2, &v, &f->err), 0);
		assert_string_equal(v->address, "themas/a");
		index_version_free(v);
		if (first)
			break;
		assert_int_equal(index_clear(f->x, &f->err), 0);
	}
}

/* Only the new page is told of: the old one is gone from lists all the same. */
static void
test_index__a_rename_takes_the_old_page_away(void **state)
{
	struct fixture *f = *state;
	struct index_page *p = NULL;

	assert_int_equal(save(f, "themas/a", "A"), 1);
	begin(f);
	assert_int_equal(put(f, "themas/b", "Nieuw", "themas/a", NULL), 0);
	commit(f);
	assert_log(f, "themas/b", 0, "2b 1a");
	assert_log(f, "themas/a", 0, "2a- 1a");
	assert_int_equal(index_page(f->x, "themas/a", &p, &f->err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(resolve(f, "themas/a", "themas/b", true), 0);
	assert_int_equal(resolve(f, "A", NULL, false), PLEIN_ENOTFOUND);
}

static void
test_index__a_rename_onto_an_old_name_hides_its_past(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(save(f, "themas/b", "B"), 1);
	assert_int_equal(save(f, "themas/b", NULL), 2);
	assert_int_equal(save(f, "themas/a", "A"), 1);
	rename_page(f, "themas/a", "themas/b", true, 2);
	assert_log(f, "themas/b", 0, "2b 1a");
}

static void
test_index__lists_the_newest_first(void **state)
{
	struct fixture *f = *state;
	int i;

	for (i = 0; i < 5; i++)
		assert_int_equal(save(f, "themas/a", "A"), i + 1);
	assert_log(f, "themas/a", 2, "5a 4a");
	assert_log(f, "themas/a", 50, "5a 4a 3a 2a 1a");
	assert_log(f, "themas/a", 0, "5a 4a 3a 2a 1a");
	assert_log(f, "themas/z", 0, "");
}

static void
test_index__refuses_a_version_twice(void **state)
{
	struct fixture *f = *state;

	begin(f);
	assert_int_equal(put(f, "themas/a", "A", NULL, NULL), 0);
	assert_int_equal(put(f, "themas/a", "A", NULL, NULL), PLEIN_EEXISTS);
	index_abort(f->x);
	assert_log(f, "themas/a", 0, "");
}

static void
test_index__keeps_what_lists_need(void **state)
{
	struct fixture *f = *state;
	struct index_page *p = NULL;

	assert_int_equal(save(f, "themas/a", "A"), 1);
	rename_page(f, "themas/a", "themas/b", true, 2);
	assert_int_equal(index_page(f->x, "themas/b", &p, &f->err), 0);
	assert_string_equal(p->info.address, "themas/b");
	assert_string_equal(p->info.title, "Nieuw");
	assert_string_equal(p->info.kind, "thema");
	assert_string_equal(p->info.status, "concept");
	assert_null(p->info.state);
	assert_int_equal(p->info.order, 3);
	assert_int_equal(p->info.parents.len, 2);
	assert_string_equal(p->info.parents.items[0], "hoofdonderwerpen/x");
	assert_string_equal(p->info.parents.items[1], "doelstellingen/y");
	assert_int_equal(p->info.aliases.len, 1);
	assert_string_equal(p->info.aliases.items[0], "themas/a");
	assert_int_equal(p->n, 2);
	assert_string_equal(p->handle, "ada");
	index_page_free(p);
	index_page_free(NULL);
	assert_int_equal(index_page(f->x, "themas/a", &p, &f->err),
			 PLEIN_ENOTFOUND);
	assert_null(p);
}

static bool
is_shaped_now(struct fixture *f)
{
	char shape[41];

	assert_int_equal(index_shape(f->x, shape, &f->err), 0);
	return strcmp(shape, f->commit) == 0;
}

/* What lists tell: not that there is one more version. */
static void
test_index__knows_when_lists_became_others(void **state)
{
	struct fixture *f = *state;
	char shape[41] = "x";

	assert_int_equal(index_shape(f->x, shape, &f->err), 0);
	assert_string_equal(shape, "");
	(void)save(f, "themas/a", "Een");
	assert_true(is_shaped_now(f));
	(void)save(f, "themas/a", "Een");
	assert_false(is_shaped_now(f));
	(void)save(f, "themas/b", "Een");
	assert_true(is_shaped_now(f));
	(void)save(f, "themas/a", "Twee");
	assert_true(is_shaped_now(f));
	(void)save(f, "themas/b", NULL);
	assert_true(is_shaped_now(f));
	begin(f);
	assert_int_equal(put(f, "themas/a", "Drie", NULL, NULL), 0);
	index_abort(f->x);
	(void)save(f, "themas/a", "Twee");
	assert_false(is_shaped_now(f));
	assert_int_equal(index_clear(f->x, &f->err), 0);
	(void)save(f, "themas/a", "Twee");
	assert_true(is_shaped_now(f));
}

static void
test_index__lists_pages_in_address_order(void **state)
{
	struct fixture *f = *state;
	struct vec pages = VEC_INIT;
	const struct index_page *p;
	size_t i;

	assert_int_equal(save(f, "themas/b", "B"), 1);
	assert_int_equal(save(f, "index", "Start"), 1);
	assert_int_equal(save(f, "themas/a", "A"), 1);
	assert_int_equal(save(f, "themas/a", "A2"), 2);
	assert_int_equal(save(f, "themas/c", "C"), 1);
	assert_int_equal(save(f, "themas/c", NULL), 2);
	assert_int_equal(index_pages(f->x, &pages, &f->err), 0);
	assert_int_equal(pages.len, 3);
	p = pages.items[0];
	assert_string_equal(p->info.address, "index");
	p = pages.items[1];
	assert_string_equal(p->info.title, "A2");
	assert_int_equal(p->n, 2);
	for (i = 0; i < pages.len; i++) {
		p = pages.items[i];
		assert_int_equal(p->info.parents.len, 2);
		assert_string_equal(p->info.parents.items[1],
				    "doelstellingen/y");
	}
	vec_release(&pages, index_page_free);
}

static void
test_index__finds_a_page_by_any_of_its_names(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(save(f, "themas/oud", "Eén thema"), 1);
	rename_page(f, "themas/oud", "themas/nieuw", true, 2);
	assert_int_equal(save(f, "themas/cafe", "Café Überal"), 1);
	assert_int_equal(resolve(f, "themas/nieuw", "themas/nieuw", false), 0);
	assert_int_equal(resolve(f, "themas/oud", "themas/nieuw", true), 0);
	assert_int_equal(resolve(f, "cafe uberal", "themas/cafe", false), 0);
	assert_int_equal(resolve(f, "CAFÉ ÜBERAL", "themas/cafe", false), 0);
	assert_int_equal(resolve(f, "cafe", NULL, false), PLEIN_ENOTFOUND);
	assert_int_equal(resolve(f, "", NULL, false), PLEIN_ENOTFOUND);
	assert_int_equal(resolve(f, "Eén thema", NULL, false), PLEIN_ENOTFOUND);
}

static void
test_index__doubts_between_pages_of_one_title(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(save(f, "themas/a", "Wifi"), 1);
	assert_int_equal(save(f, "begrippen/a", "WIFI"), 1);
	assert_int_equal(resolve(f, "wifi", NULL, false), PLEIN_EUSAGE);
	assert_int_equal(save(f, "begrippen/a", "Draadloos"), 2);
	assert_int_equal(resolve(f, "wifi", "themas/a", false), 0);
}

static void
test_index__forgets_what_is_not_committed(void **state)
{
	struct fixture *f = *state;
	char head[41];

	assert_int_equal(save(f, "themas/a", "A"), 1);
	begin(f);
	assert_int_equal(put(f, "themas/a", "A2", NULL, NULL), 0);
	assert_log(f, "themas/a", 0, "2a 1a");
	index_abort(f->x);
	index_abort(f->x);
	index_abort(NULL);
	assert_log(f, "themas/a", 0, "1a");
	assert_int_equal(index_head(f->x, head, &f->err), 0);
	assert_int_equal(strtol(head, NULL, 16), 1);
	assert_int_equal(save(f, "themas/a", "A2"), 2);
}

static void
test_index__can_be_emptied(void **state)
{
	struct fixture *f = *state;
	struct vec pages = VEC_INIT;
	char head[41];

	assert_int_equal(save(f, "themas/a", "A"), 1);
	assert_int_equal(index_clear(f->x, &f->err), 0);
	assert_int_equal(index_head(f->x, head, &f->err), 0);
	assert_string_equal(head, "");
	assert_int_equal(index_pages(f->x, &pages, &f->err), 0);
	assert_int_equal(pages.len, 0);
	assert_log(f, "themas/a", 0, "");
	assert_int_equal(save(f, "themas/a", "A"), 1);
}

static void
test_index__a_reader_sees_what_is_committed(void **state)
{
	struct fixture *f = *state;
	struct index *writer = f->x, *reader = NULL;

	assert_int_equal(save(f, "themas/a", "A"), 1);
	assert_int_equal(index_open(&reader, f->path, false, &f->err), 0);
	begin(f);
	assert_int_equal(put(f, "themas/a", "A2", NULL, NULL), 0);
	f->x = reader;
	assert_log(f, "themas/a", 0, "1a");
	f->x = writer;
	commit(f);
	f->x = reader;
	assert_log(f, "themas/a", 0, "2a 1a");
	assert_int_not_equal(try_begin(f), 0);
	index_close(reader);
	f->x = writer;
	assert_log(f, "themas/a", 0, "2a 1a");
}

static void
test_index__a_reader_makes_nothing(void **state)
{
	struct fixture *f = *state;
	char path[SCRATCH_MAX + 16];
	struct index *x = NULL;

	(void)snprintf(path, sizeof path, "%s/none.db", f->dir);
	assert_int_equal(index_open(&x, path, false, &f->err), PLEIN_ENOTFOUND);
	assert_null(x);
	assert_int_equal(access(path, F_OK), -1);
}

static void
damage(struct fixture *f, off_t at, size_t len, off_t cut)
{
	char rubbish[8192];
	int fd;

	index_close(f->x);
	f->x = NULL;
	memset(rubbish, 0x5a, sizeof rubbish);
	fd = open(f->path, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_true(len <= sizeof rubbish);
	assert_int_equal(pwrite(fd, rubbish, len, at), len);
	if (cut > 0)
		assert_int_equal(ftruncate(fd, cut), 0);
	assert_int_equal(close(fd), 0);
}

/* Rubbish all over, cut off, a page in the middle, another form. */
static void
test_index__a_damaged_file_is_made_anew(void **state)
{
	static const struct {
		off_t at;
		size_t len;
		off_t cut;
	} rows[] = {
		{ 0, 8192, 0 },	  { 0, 0, 100 },     { 0, 0, 5000 },
		{ 8192, 200, 0 }, { 8192, 8192, 0 }, { 60, 4, 0 },
		{ 68, 4, 0 },
	};
	struct fixture *f = *state;
	char head[41];
	size_t i;

	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(save(f, "themas/a", "A"), 1);
		damage(f, rows[i].at, rows[i].len, rows[i].cut);
		assert_int_equal(index_open(&f->x, f->path, true, &f->err), 0);
		assert_int_equal(index_head(f->x, head, &f->err), 0);
		assert_string_equal(head, "");
		assert_log(f, "themas/a", 0, "");
	}
}

static void
test_index__a_reader_refuses_a_damaged_file(void **state)
{
	struct fixture *f = *state;
	struct stat st;

	assert_int_equal(save(f, "themas/a", "A"), 1);
	damage(f, 0, 8192, 0);
	assert_int_equal(index_open(&f->x, f->path, false, &f->err),
			 PLEIN_ECORRUPT);
	assert_null(f->x);
	assert_int_equal(stat(f->path, &st), 0);
	assert_true(st.st_size >= 8192);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_index__starts_empty),
		TEST(test_index__counts_versions_per_page),
		TEST(test_index__knows_no_version_that_never_was),
		TEST(test_index__knows_a_version_by_any_later_commit),
		TEST(test_index__knows_a_version_by_its_request),
		TEST(test_index__goes_on_counting_after_a_page_vanished),
		TEST(test_index__a_renamed_page_continues_its_numbers),
		TEST(test_index__a_rename_takes_the_old_page_away),
		TEST(test_index__a_rename_onto_an_old_name_hides_its_past),
		TEST(test_index__lists_the_newest_first),
		TEST(test_index__refuses_a_version_twice),
		TEST(test_index__keeps_what_lists_need),
		TEST(test_index__knows_when_lists_became_others),
		TEST(test_index__lists_pages_in_address_order),
		TEST(test_index__finds_a_page_by_any_of_its_names),
		TEST(test_index__doubts_between_pages_of_one_title),
		TEST(test_index__forgets_what_is_not_committed),
		TEST(test_index__can_be_emptied),
		TEST(test_index__a_reader_sees_what_is_committed),
		TEST(test_index__a_reader_makes_nothing),
		TEST(test_index__a_damaged_file_is_made_anew),
		TEST(test_index__a_reader_refuses_a_damaged_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
