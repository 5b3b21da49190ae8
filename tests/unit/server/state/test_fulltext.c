/* test_fulltext.c - weights beside bm25(), and passages. */
#include "state/fulltext.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plein/buf.h"

#define PAGES 300

static const struct db_form form = {
	.id = 0x506c5465,
	.version = 1,
	.fulltext = true,
	.schema = { "CREATE VIRTUAL TABLE text USING fts5(title, body, prefix"
		    " = '2', tokenize = 'unicode61 remove_diacritics 2');" },
	.tuning = "",
};

struct fixture {
	struct db db;
	struct err err;
};

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	*state = f;
	return f ? db_open(&f->db, DB_NO_FILE, DB_MEMORY, &form, &f->err) : -1;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	db_close(&f->db);
	free(f);
	return 0;
}

static void
put(struct fixture *f, const char *title, const char *body)
{
	assert_int_equal(db_run(&f->db, &f->err,
				"INSERT INTO text (title, body) VALUES (?, ?)",
				"tt", title, body),
			 0);
}

/* --- weight ---------------------------------------------------------------- */

/* Pages of many lengths, in which word k is in about one of k. */
static void
put_many(struct fixture *f)
{
	static const char *const words[] = { "aap",  "noot", "mies",
					     "wim",  "zus",  "jet",
					     "teun", "vuur", "gijs" };
	struct buf body = BUF_INIT;
	unsigned seed = 1, i, k, n;

	for (i = 0; i < PAGES; i++) {
		buf_reset(&body);
		n = 1 + i * 7 % 60;
		for (k = 0; k < n; k++) {
			seed = seed * 1103515245 + 12345;
			buf_printf(&body, "%s ",
				   words[(seed >> 16) % (1 + i % 9)]);
		}
		put(f, i % 10 ? "niets" : words[i / 10 % 9], body.ptr);
	}
	buf_release(&body);
}

static const char weights[] =
	"SELECT weight(text, d.sz), bm25(text, 10.0, 1.0) FROM text"
	" JOIN text_docsize d ON d.id = text.rowid WHERE text MATCH ?"
	" ORDER BY 2";

/*
 * The same proportion of the two for each page, so the same order. Proportion:
 * what a single phrase is multiplied by is left out.
 */
static void
assert_proportional(struct fixture *f, const char *match)
{
	sqlite3_stmt *st = NULL;
	double ratio = 0, ours, theirs;
	int rc, n = 0;

	assert_int_equal(db_start(&f->db, &st, &f->err, weights, "t", match),
			 0);
	while ((rc = db_step(&f->db, st, &f->err)) > 0) {
		ours = sqlite3_column_double(st, 0);
		theirs = sqlite3_column_double(st, 1);
		assert_true(ours < 0 && theirs < 0);
		ratio = n++ ? ratio : ours / theirs;
		if (fabs(ours / theirs / ratio - 1) > 1e-9)
			fail_msg("%s: %g beside %g", match, ours, theirs);
	}
	assert_int_equal(rc, 0);
	assert_true(n > 20);
	db_end(st);
}

static void
test_fulltext__weighs_as_bm25_does(void **state)
{
	put_many(*state);
	assert_proportional(*state, "\"aap\"");
	assert_proportional(*state, "\"vu\"*");
	assert_proportional(*state, "\"a\"* \"zus\"*");
	assert_proportional(*state, "\"noot\" \"aap noot\"");
	assert_proportional(*state, "\"aap\"* \"n\"* \"m\"*");
}

/* With more than one phrase there is no factor between them. */
static void
test_fulltext__counts_rare_words_for_more(void **state)
{
	struct fixture *f = *state;
	sqlite3_stmt *st = NULL;

	put_many(f);
	assert_int_equal(db_start(&f->db, &st, &f->err, weights, "t",
				  "\"vuur\" \"noot\""),
			 0);
	assert_int_equal(db_step(&f->db, st, &f->err), 1);
	assert_true(fabs(sqlite3_column_double(st, 0) -
			 sqlite3_column_double(st, 1)) < 1e-9);
	db_end(st);
}

/* A row that FTS5 has no size of: the table is damaged. */
static void
test_fulltext__tells_of_a_missing_size(void **state)
{
	struct fixture *f = *state;
	sqlite3_stmt *st = NULL;

	put(f, "", "aap");
	assert_int_equal(db_start(&f->db, &st, &f->err,
				  "SELECT weight(text, NULL) FROM text"
				  " WHERE text MATCH ?",
				  "t", "aap"),
			 0);
	assert_int_equal(db_step(&f->db, st, &f->err), PLEIN_ECORRUPT);
	db_end(st);
}

/* --- passage --------------------------------------------------------------- */

static void
assert_passage(struct fixture *f, const char *body, const char *match,
	       const char *want)
{
	sqlite3_stmt *st = NULL;

	put(f, "titel", body);
	assert_int_equal(db_start(&f->db, &st, &f->err,
				  "SELECT passage(text) FROM text"
				  " WHERE text MATCH ?",
				  "t", match),
			 0);
	assert_int_equal(db_step(&f->db, st, &f->err), 1);
	assert_string_equal((const char *)sqlite3_column_text(st, 0), want);
	db_end(st);
	assert_int_equal(db_exec(&f->db, "DELETE FROM text", &f->err), 0);
}

#define TEN "een twee drie vier vijf zes zeven acht negen tien"

static void
test_fulltext__a_passage_holds_what_was_found(void **state)
{
	assert_passage(*state, "Een aap. En noot.\n", "\"noot\"",
		       "Een aap. En *noot*.\n");
	assert_passage(*state, "\"Café\"-overleg.\n", "\"caf\"*",
		       "\"*Café*\"-overleg.\n");
	assert_passage(*state, TEN " " TEN " aap " TEN " " TEN, "\"aap\"",
		       "...vier vijf zes zeven acht negen tien *aap* een twee "
		       "drie vier vijf zes zeven acht...");
}

static void
test_fulltext__a_passage_begins_with_its_sentence(void **state)
{
	assert_passage(*state, TEN ". De aap " TEN " " TEN, "\"aap\"",
		       "...De *aap* een twee drie vier vijf zes zeven acht "
		       "negen tien een twee drie vier...");
	assert_passage(*state, TEN "\nDe aap " TEN " " TEN, "\"aap\"",
		       "...De *aap* een twee drie vier vijf zes zeven acht "
		       "negen tien een twee drie vier...");
	/* a dot within a name ends nothing */
	assert_passage(*state, TEN " " TEN " digid.nl is een aap " TEN,
		       "\"aap\"",
		       "...acht negen tien digid.nl is een *aap* een twee drie "
		       "vier vijf zes zeven acht...");
}

static void
test_fulltext__a_passage_at_the_end_is_as_long(void **state)
{
	assert_passage(*state, TEN " " TEN " de aap.\n", "\"aap\"",
		       "...zeven acht negen tien een twee drie vier vijf zes "
		       "zeven acht negen tien de *aap*.\n");
}

static void
test_fulltext__a_passage_shows_most_of_what_was_asked(void **state)
{
	assert_passage(*state,
		       "Een aap.\n" TEN ".\n" TEN ". Aap en noot.\nEen noot.\n",
		       "\"aap\" \"noot\"",
		       "...*Aap* en *noot*.\nEen *noot*.\n");
}

static void
test_fulltext__a_passage_marks_phrases_as_one(void **state)
{
	assert_passage(*state, "De open bron, bron en bron.\n", "\"open bron\"",
		       "De *open bron*, bron en bron.\n");
	assert_passage(*state, "De open bron van steen.\n",
		       "\"open bron\" \"bron van\"",
		       "De *open bron van* steen.\n");
	/* more than fits */
	assert_passage(*state, TEN " " TEN, "\"" TEN " " TEN "\"",
		       "*" TEN " een twee drie vier vijf zes*...");
}

static void
test_fulltext__a_passage_may_have_found_nothing(void **state)
{
	assert_passage(*state, TEN " " TEN, "\"titel\"",
		       TEN " een twee drie vier vijf zes...");
	assert_passage(*state, "Kort.\n", "\"titel\"", "Kort.\n");
	assert_passage(*state, "", "\"titel\"", "");
	assert_passage(*state, "...", "\"titel\"", "...");
	assert_passage(*state, NULL, "\"titel\"", "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_fulltext__weighs_as_bm25_does),
		TEST(test_fulltext__counts_rare_words_for_more),
		TEST(test_fulltext__tells_of_a_missing_size),
		TEST(test_fulltext__a_passage_holds_what_was_found),
		TEST(test_fulltext__a_passage_begins_with_its_sentence),
		TEST(test_fulltext__a_passage_at_the_end_is_as_long),
		TEST(test_fulltext__a_passage_shows_most_of_what_was_asked),
		TEST(test_fulltext__a_passage_marks_phrases_as_one),
		TEST(test_fulltext__a_passage_may_have_found_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
