/* fulltext.c - see fulltext.h. */
#include "state/fulltext.h"

#include <math.h>
#include <stdlib.h>

#include "plein/mem.h"
#include "state/passage.h"

/* --- weight: the formula and its numbers are those of bm25() -------------- */

#define SATURATION 1.2 /* k1: how soon more of a word adds less */
#define LENGTH_PART 0.75 /* b: how much a long text counts against it */
#define TITLE_TIMES 10.0
#define RARITY_MIN 1e-6

/* The same for every page of one search. */
struct weighing {
	double mean; /* words of a page */
	int n;
	double rarity[]; /* of each phrase */
};

static int
count_row(const Fts5ExtensionApi *api, Fts5Context *at, void *ctx)
{
	int64_t *n = ctx;

	(void)api;
	(void)at;
	(*n)++;
	return SQLITE_OK;
}

/* Among phrases: what is on few pages counts for more. */
static int
read_rarity(const Fts5ExtensionApi *api, Fts5Context *at, int phrase,
	    double rows, double *rarity)
{
	int64_t n = 0;
	int rc = api->xQueryPhrase(at, phrase, &n, count_row);
	double odds = (rows - (double)n + 0.5) / ((double)n + 0.5);

	*rarity = odds > 1 ? log(odds) : RARITY_MIN;
	return rc;
}

static int
begin_weighing(const Fts5ExtensionApi *api, Fts5Context *at, struct weighing *w)
{
	sqlite3_int64 rows = 0, words = 0;
	int rc = api->xRowCount(at, &rows), i;

	if (rc == SQLITE_OK)
		rc = api->xColumnTotalSize(at, -1, &words);
	w->mean = rows > 0 && words > 0 ? (double)words / (double)rows : 1;
	w->rarity[0] = 1; /* a single phrase: it changes no order */
	for (i = 0; rc == SQLITE_OK && w->n > 1 && i < w->n; i++)
		rc = read_rarity(api, at, i, (double)rows, &w->rarity[i]);
	return rc;
}

/* What FTS5 keeps for us until the search ends. */
static int
find_weighing(const Fts5ExtensionApi *api, Fts5Context *at,
	      const struct weighing **out)
{
	struct weighing *w = api->xGetAuxdata(at, 0);
	int rc, n;

	*out = w;
	if (w != NULL)
		return SQLITE_OK;
	n = api->xPhraseCount(at);
	w = mem_alloc(sizeof *w + (size_t)(n + 1) * sizeof w->rarity[0]);
	w->n = n;
	rc = begin_weighing(api, at, w);
	if (rc != SQLITE_OK) {
		free(w);
		return rc;
	}
	*out = w;
	return api->xSetAuxdata(at, w, free); /* frees it when it fails */
}

/* How often it is there; NULL is no such thing in FTS5. */
static int
count_phrase(const Fts5ExtensionApi *api, Fts5Context *at, int phrase,
	     double *often)
{
	Fts5PhraseIter it;
	int column, offset;
	int rc = api->xPhraseFirst(at, phrase, &it, &column, &offset);

	*often = 0;
	if (rc != SQLITE_OK)
		return rc;
	for (; column >= 0; api->xPhraseNext(at, &it, &column, &offset))
		*often += column == 0 ? TITLE_TIMES : 1;
	return SQLITE_OK;
}

/* The words of a page: a SQLite varint for each column. 0: no such row. */
static double
add_sizes(sqlite3_value *sizes)
{
	const unsigned char *s = sqlite3_value_blob(sizes);
	int len = sqlite3_value_bytes(sizes), i;
	uint64_t column = 0, sum = 0;

	for (i = 0; i < len; i++) {
		column = column << 7 | (s[i] & 0x7f);
		if (s[i] & 0x80)
			continue;
		sum += column;
		column = 0;
	}
	return (double)sum;
}

static int
weigh(const Fts5ExtensionApi *api, Fts5Context *at, double words, double *sum)
{
	const struct weighing *w = NULL;
	int rc = find_weighing(api, at, &w), i;
	double often, flat;

	*sum = 0;
	if (rc != SQLITE_OK)
		return rc;
	flat = SATURATION * (1 - LENGTH_PART + LENGTH_PART * words / w->mean);
	for (i = 0; rc == SQLITE_OK && i < w->n; i++) {
		rc = count_phrase(api, at, i, &often);
		*sum -= w->rarity[i] * often * (SATURATION + 1) /
			(often + flat);
	}
	return rc;
}

static void
weight_function(const Fts5ExtensionApi *api, Fts5Context *at,
		sqlite3_context *out, int n_values, sqlite3_value **values)
{
	double words = n_values == 1 ? add_sizes(values[0]) : 0, sum;
	int rc = words > 0 ? weigh(api, at, words, &sum) : SQLITE_CORRUPT;

	if (rc == SQLITE_OK)
		sqlite3_result_double(out, sum);
	else
		sqlite3_result_error_code(out, rc);
}

/* --- both become known ---------------------------------------------------- */

static int
find_api(struct db *d, fts5_api **api, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(d->h, "SELECT fts5(?1)", -1, &st, NULL);

	*api = NULL;
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_pointer(st, 1, (void *)api, "fts5_api_ptr",
					  NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	rc = rc == SQLITE_ROW ? 0 : db_fail(d, rc, err);
	(void)sqlite3_finalize(st); /* repeats the error of the step */
	return rc;
}

int
fulltext_add(struct db *d, struct err *err)
{
	fts5_api *api = NULL;
	int rc = find_api(d, &api, err);

	if (rc != 0)
		return rc;
	if (api == NULL || api->iVersion < 2)
		return err_set(err, PLEIN_EIO, "this SQLite has no FTS5");
	rc = api->xCreateFunction(api, "weight", NULL, weight_function, NULL);
	if (rc == SQLITE_OK)
		rc = api->xCreateFunction(api, "passage", NULL,
					  passage_function, NULL);
	return rc == SQLITE_OK ? 0 : db_fail(d, rc, err);
}
