/*
 * passage.c - see passage.h. FTS5 knows at which word of the body each phrase
 * is, not at which byte. So first the words to show are chosen as far as that
 * goes; then the text is read, word by word, until the last of them. The bytes
 * of as many words as are shown are remembered, in a ring.
 */
#include "state/passage.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"

#define BODY 1 /* the column */
#define MARK '*'
#define CUT "..."
#define PHRASES 64 /* told apart when counting; a query has no more */

/* Words from `first` to `last`, counted from 0. */
struct found {
	int first, last, phrase;
};

struct word {
	int begin, end; /* bytes */
};

struct passage {
	struct found *found; /* in order */
	int n_found;
	int first, last; /* words that we want to see, last - first < …_WORDS */
	int n_words; /* of the body */
	const char *text;
	int len;
	/* what the reading finds out */
	int at; /* the word */
	int sentence; /* where the newest one begins */
	int start; /* where the passage begins */
	struct word ring[PASSAGE_WORDS];
};

/* --- what to show --------------------------------------------------------- */

static int
read_found(const Fts5ExtensionApi *api, Fts5Context *at, struct passage *p)
{
	int n = 0, rc = api->xInstCount(at, &n), i, column;
	struct found *f;

	p->found = mem_array((size_t)n + 1, sizeof *p->found);
	for (i = 0; rc == SQLITE_OK && i < n; i++) {
		f = &p->found[p->n_found];
		rc = api->xInst(at, i, &f->phrase, &column, &f->first);
		f->last = f->first + api->xPhraseSize(at, f->phrase) - 1;
		if (column == BODY)
			p->n_found++;
	}
	return rc;
}

/* How many different phrases begin near found[i], up to which word? */
static int
count_near(const struct passage *p, int i, int *last)
{
	int first = p->found[i].first, n = 0;
	uint64_t seen = 0, bit;

	*last = first;
	for (; i < p->n_found && p->found[i].first < first + PASSAGE_WORDS;
	     i++) {
		bit = UINT64_C(1) << p->found[i].phrase % PHRASES;
		if (seen & bit)
			continue;
		seen |= bit;
		n++;
		*last = p->found[i].last;
	}
	return n;
}

static void
choose(struct passage *p, int n_phrases)
{
	int best = 0, i, n, last;

	for (i = 0; i < p->n_found && best < n_phrases; i++) {
		n = count_near(p, i, &last);
		if (n <= best)
			continue;
		best = n;
		p->first = p->found[i].first;
		p->last = last;
	}
	if (p->last >= p->first + PASSAGE_WORDS)
		p->last = p->first + PASSAGE_WORDS - 1;
}

/* --- where that is -------------------------------------------------------- */

/*
 * A short text whole; else from the sentence on, or with as much before it as
 * behind.
 */
static int
find_start(const struct passage *p)
{
	int room = PASSAGE_WORDS - (p->last - p->first + 1);
	int start = p->first - room / 2;

	if (p->n_words <= PASSAGE_WORDS)
		return 0;
	if (p->first - p->sentence <= room)
		return p->sentence;
	if (start > p->n_words - PASSAGE_WORDS)
		start = p->n_words - PASSAGE_WORDS;
	return start;
}

/* Behind the end of a line (of a block) or of a sentence? */
static bool
begins_sentence(const struct passage *p, int begin)
{
	int i = p->at > 0 ? p->ring[(p->at - 1) % PASSAGE_WORDS].end : begin;
	bool ended = p->at == 0;

	for (; i < begin && !ended; i++)
		ended = p->text[i] == '\n' ||
			(strchr(".:?!", p->text[i]) && p->text[i] &&
			 p->text[i + 1] == ' ');
	return ended;
}

static int
take_word(void *ctx, int flags, const char *word, int len, int begin, int end)
{
	struct passage *p = ctx;

	(void)word;
	(void)len;
	if (flags & FTS5_TOKEN_COLOCATED)
		return SQLITE_OK;
	if (p->at <= p->first && begins_sentence(p, begin))
		p->sentence = p->at;
	if (p->at == p->first)
		p->start = find_start(p);
	p->ring[p->at % PASSAGE_WORDS] = (struct word){ begin, end };
	p->at++;
	return p->at > p->first && p->at == p->start + PASSAGE_WORDS
		       ? SQLITE_DONE
		       : SQLITE_OK;
}

/* --- how it is shown ------------------------------------------------------ */

static const struct word *
get_word(const struct passage *p, int i)
{
	return &p->ring[i % PASSAGE_WORDS];
}

/* The text up to byte `to`, which becomes where we are. */
static void
copy_until(const struct passage *p, int *here, int to, struct buf *out)
{
	if (to <= *here)
		return;
	buf_add(out, p->text + *here, (size_t)(to - *here));
	*here = to;
}

/* Mark words i to `last`, and what they are part of. */
static void
mark(const struct passage *p, int i, int last, int *here, struct buf *out)
{
	copy_until(p, here, get_word(p, i)->begin, out);
	buf_char(out, MARK);
	copy_until(p, here, get_word(p, last)->end, out);
	buf_char(out, MARK);
}

/* What overlaps is marked as one. `end` is the word behind the passage. */
static void
mark_found(const struct passage *p, int end, int *here, struct buf *out)
{
	int i = 0, first, last;

	while (i < p->n_found && p->found[i].first < end) {
		first = p->found[i].first;
		last = p->found[i++].last;
		for (; i < p->n_found && p->found[i].first <= last; i++)
			if (p->found[i].last > last)
				last = p->found[i].last;
		if (first >= p->start)
			mark(p, first, last < end ? last : end - 1, here, out);
	}
}

static void
write_passage(const struct passage *p, struct buf *out)
{
	int end = p->at < p->start + PASSAGE_WORDS ? p->at
						   : p->start + PASSAGE_WORDS;
	int here = p->start > 0 ? get_word(p, p->start)->begin : 0;

	if (p->start > 0)
		buf_str(out, CUT);
	mark_found(p, end, &here, out);
	if (end >= p->n_words) {
		copy_until(p, &here, p->len, out);
		return;
	}
	copy_until(p, &here, get_word(p, end - 1)->end, out);
	buf_str(out, CUT);
}

static int
make_passage(const Fts5ExtensionApi *api, Fts5Context *at, struct passage *p)
{
	int rc = read_found(api, at, p);

	if (rc == SQLITE_OK)
		rc = api->xColumnSize(at, BODY, &p->n_words);
	if (rc == SQLITE_OK)
		rc = api->xColumnText(at, BODY, &p->text, &p->len);
	if (rc != SQLITE_OK)
		return rc;
	choose(p, api->xPhraseCount(at));
	if (p->n_found > 0 && (p->first < 0 || p->last >= p->n_words))
		return SQLITE_CORRUPT;
	rc = api->xTokenize(at, p->text, p->len, p, take_word);
	if (rc == SQLITE_OK && p->n_words > 0 && p->at <= p->first)
		rc = SQLITE_CORRUPT;
	return rc;
}

void
passage_function(const Fts5ExtensionApi *api, Fts5Context *at,
		 sqlite3_context *out, int n_values, sqlite3_value **values)
{
	struct passage p = { 0 };
	struct buf text = BUF_INIT;
	int rc = make_passage(api, at, &p);

	(void)n_values;
	(void)values;
	if (rc == SQLITE_OK)
		write_passage(&p, &text);
	if (rc == SQLITE_OK)
		sqlite3_result_text(out, text.ptr, (int)text.len,
				    SQLITE_TRANSIENT);
	else
		sqlite3_result_error_code(out, rc);
	buf_release(&text);
	free(p.found);
}
