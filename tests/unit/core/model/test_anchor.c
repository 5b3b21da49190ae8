/* A passage is on its words, or lost: never elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/anchor.h"
#include "plein/textdiff.h"

static struct anchor_text
text_of(const char *s)
{
	return (struct anchor_text){ s, strlen(s) };
}

/* The bytes it found, for free(); "" when it is lost. */
static const char *
find(const char *quote, size_t nth, const char *base, const char *now,
     struct anchor_span *span)
{
	static char found[4096];
	const struct anchor a = { quote, nth };
	long effort = TEXTDIFF_EFFORT;

	found[0] = '\0';
	*span = (struct anchor_span){ 0, 0 };
	if (anchor_find(&a, text_of(base), text_of(now), span, &effort))
		(void)snprintf(found, sizeof(found), "%.*s", (int)span->len,
			       now + span->at);
	return found;
}

static void
expect(const char *quote, size_t nth, const char *base, const char *now,
       size_t at, const char *words)
{
	struct anchor_span span;

	assert_string_equal(find(quote, nth, base, now, &span), words);
	if (words[0])
		assert_int_equal(span.at, at);
}

static void
test_anchor__of_its_own_words(void **state)
{
	(void)state;
	expect("twee drie", 1, "een twee drie vier", "een twee drie vier", 4,
	       "twee drie");
	expect("twee drie", 1, "een twee drie", "nul een twee drie", 8,
	       "twee drie");
	expect("twee drie", 1, "een\ntwee drie\n", "twee\ndrie een\n", 0,
	       "twee\ndrie");
	expect(" twee\n drie ", 1, "een twee drie", "x twee  drie", 2,
	       "twee  drie");
	expect("twee drie", 1, "een twee drie", "een twee en drie", 0, "");
	expect("twee drie", 1, "een twee drie", "", 0, "");
	expect("twee", 1, "nooit hier", "een twee", 0, "");
	expect("", 1, "een", "een", 0, "");
	expect(" ", 1, "een een", "een een", 0, "");
}

static void
test_anchor__of_several_alike(void **state)
{
	(void)state;
	expect("ja", 2, "a ja b ja c", "a ja b ja c", 7, "ja");
	expect("ja", 2, "a ja b ja c", "a b ja c", 4, "ja");
	expect("ja", 1, "a ja b ja c", "a b ja c", 0, "");
	expect("ja", 2, "a ja b ja c", "nieuw: ja a ja b ja c", 17, "ja");
	expect("ja", 3, "a ja b ja c", "a ja b ja c", 0, "");
	/* nobody can tell which of them went */
	expect("ja", 1, "ja ja", "ja", 0, "");
	expect("ja", 2, "ja ja", "ja", 0, "");
}

/* --- random edits, whose every byte is followed -------------------------- */

#define BYTES 400
#define LOST (-1)

struct page {
	char text[2 * BYTES];
	int from[2 * BYTES]; /* where each byte stood at first, or LOST */
	size_t len;
};

static uint32_t
next_random(uint32_t *seed, uint32_t n)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % n;
}

static void
put(struct page *p, size_t at, char c, int from)
{
	memmove(p->text + at + 1, p->text + at, p->len - at);
	memmove(p->from + at + 1, p->from + at, (p->len - at) * sizeof(int));
	p->text[at] = c;
	p->from[at] = from;
	p->len++;
}

static void
take(struct page *p, size_t at)
{
	p->len--;
	memmove(p->text + at, p->text + at + 1, p->len - at);
	memmove(p->from + at, p->from + at + 1, (p->len - at) * sizeof(int));
}

/* Of few words, so that there is much that is alike. */
static void
write_words(struct page *p, uint32_t *seed, uint32_t words)
{
	static const char *const some[] = { "ja ", "nee ", "want ", "ja\n",
					    "dus. " };
	const char *w;
	size_t i;

	p->len = 0;
	while (words-- > 0) {
		w = some[next_random(seed, 5)];
		for (i = 0; w[i]; i++)
			put(p, p->len, w[i], (int)p->len);
	}
}

static size_t
word_begin(const struct page *p, size_t at)
{
	while (at > 0 && p->text[at - 1] != ' ' && p->text[at - 1] != '\n')
		at--;
	return at;
}

static void
edit(struct page *p, uint32_t *seed)
{
	static const char *const some[] = { "ja ", "anders ", "nee ja " };
	size_t at = word_begin(p, next_random(seed, (uint32_t)p->len + 1));
	const char *w = some[next_random(seed, 3)];
	size_t i;

	if (next_random(seed, 2) && p->len > at)
		do {
			take(p, at);
		} while (p->len > at && at > 0 && p->text[at - 1] != ' ' &&
			 p->text[at - 1] != '\n');
	else if (p->len + 8 < 2 * BYTES)
		for (i = 0; w[i]; i++)
			put(p, at + i, w[i], LOST);
}

/* Does it say the same, blank for blank, whichever bytes those are? */
static bool
says(const char *quote, const char *found, size_t len)
{
	struct anchor_span span;
	struct anchor_text text = { found, len };

	return anchor_find_nth(quote, 1, text, &span, NULL) && span.at == 0 &&
	       span.len == len;
}

/* Were these very words there before, at another place? */
static bool
is_another(const struct page *p, struct anchor_span found, int chosen)
{
	size_t i;

	for (i = 1; i < found.len; i++)
		if (p->from[found.at + i] != p->from[found.at] + (int)i)
			return false; /* put together since */
	return p->from[found.at] != LOST && p->from[found.at] != chosen;
}

struct score {
	long found, lost, elsewhere;
};

static void
try_once(uint32_t seed, struct score *score)
{
	struct page base, now;
	long effort = TEXTDIFF_EFFORT;
	struct anchor_span chosen, span;
	char quote[64];
	size_t nth, alike;
	uint32_t edits;

	write_words(&base, &seed, 40);
	chosen.at = word_begin(&base, next_random(&seed, (uint32_t)base.len));
	chosen.len = 2 + next_random(&seed, 12);
	if (chosen.at + chosen.len > base.len)
		return;
	(void)snprintf(quote, sizeof(quote), "%.*s", (int)chosen.len,
		       base.text + chosen.at);
	/* which of those alike it is */
	for (nth = 1;; nth++)
		if (!anchor_find_nth(
			    quote, nth,
			    (struct anchor_text){ base.text, base.len }, &span,
			    &alike) ||
		    span.at >= chosen.at)
			break;
	if (span.at != chosen.at || nth > alike)
		return;
	now = base;
	for (edits = next_random(&seed, 6); edits > 0; edits--)
		edit(&now, &seed);
	if (!anchor_find(&(struct anchor){ quote, nth },
			 (struct anchor_text){ base.text, base.len },
			 (struct anchor_text){ now.text, now.len }, &span,
			 &effort)) {
		score->lost++;
		return;
	}
	score->found++;
	assert_true(says(quote, now.text + span.at, span.len));
	score->elsewhere += is_another(&now, span, (int)chosen.at);
}

static void
test_anchor__random_edits(void **state)
{
	struct score score = { 0, 0, 0 };
	uint32_t seed;

	(void)state;
	for (seed = 1; seed <= 20000; seed++)
		try_once(seed, &score);
	print_message("found %ld, lost %ld, elsewhere %ld\n", score.found,
		      score.lost, score.elsewhere);
	assert_int_equal(score.elsewhere, 0);
	assert_true(score.found > score.lost);
}

/* --- which took it away ------------------------------------------------------ */

#define TEXTS 8

struct past {
	struct page pages[TEXTS];
	bool gone[TEXTS];
};

static int
read_past(void *ctx, long n, struct anchor_text *text)
{
	struct past *p = ctx;

	*text = (struct anchor_text){ p->pages[n].text, p->pages[n].len };
	return !p->gone[n];
}

static bool
stands(const struct past *p, const struct anchor *a, long n)
{
	struct anchor_text base = { p->pages[0].text, p->pages[0].len };
	struct anchor_text now = { p->pages[n].text, p->pages[n].len };
	struct anchor_span span;
	long effort = TEXTDIFF_EFFORT;

	return !p->gone[n] && anchor_find(a, base, now, &span, &effort);
}

/* A history, in which pages come back as they were, and are gone for a while. */
static void
write_past(struct past *p, uint32_t *seed)
{
	uint32_t edits;
	int i;

	memset(p, 0, sizeof(*p));
	write_words(&p->pages[0], seed, 40);
	for (i = 1; i < TEXTS; i++) {
		p->pages[i] =
			p->pages[next_random(seed, 5)
					 ? i - 1
					 : (int)next_random(seed, (uint32_t)i)];
		for (edits = next_random(seed, 4); edits > 0; edits--)
			edit(&p->pages[i], seed);
		p->gone[i] = next_random(seed, 12) == 0;
	}
}

static bool
try_past(uint32_t seed)
{
	static struct past p;
	struct anchor_texts texts = { read_past, &p };
	struct anchor_text base;
	long effort = TEXTDIFF_EFFORT, n, i;
	char quote[64];
	size_t at;

	write_past(&p, &seed);
	base = (struct anchor_text){ p.pages[0].text, p.pages[0].len };
	at = word_begin(&p.pages[0], next_random(&seed, (uint32_t)base.len));
	(void)snprintf(quote, sizeof(quote), "%.*s",
		       (int)(2 + next_random(&seed, 12)), base.ptr + at);
	const struct anchor a = { quote, 1 };

	if (stands(&p, &a, TEXTS - 1))
		return false;
	n = anchor_loser(&a, base, 0, TEXTS - 1, &texts, &effort);
	for (i = 0; i < TEXTS; i++) {
		if (n && i == n - 1)
			assert_true(stands(&p, &a, i));
		if (i >= n)
			assert_false(stands(&p, &a, i));
	}
	return n > 0;
}

/* Never another than the one it was in last, and the next. */
static void
test_anchor__the_text_that_took_it_away(void **state)
{
	uint32_t seed, told = 0;

	(void)state;
	for (seed = 1; seed <= 5000; seed++)
		told += try_past(seed);
	print_message("told %u\n", told);
	assert_true(told > 500);
}

/* Without the effort it takes nothing is said. */
static void
test_anchor__is_not_guessed(void **state)
{
	static struct past p;
	struct anchor_texts texts = { read_past, &p };
	const struct anchor a = { "ja", 1 };
	struct anchor_text base;
	long effort = 0;
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		p.pages[i].len = (size_t)snprintf(
			p.pages[i].text, sizeof(p.pages[i].text), "%s",
			i < 2 ? "een ja twee ja drie" : "een nee twee nee");
	}
	base = (struct anchor_text){ p.pages[0].text, p.pages[0].len };
	assert_int_equal(anchor_loser(&a, base, 0, 2, &texts, &effort), 0);
	effort = TEXTDIFF_EFFORT;
	assert_int_equal(anchor_loser(&a, base, 0, 2, &texts, &effort), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_anchor__of_its_own_words),
		cmocka_unit_test(test_anchor__of_several_alike),
		cmocka_unit_test(test_anchor__random_edits),
		cmocka_unit_test(test_anchor__the_text_that_took_it_away),
		cmocka_unit_test(test_anchor__is_not_guessed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
