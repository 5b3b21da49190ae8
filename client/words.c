/* words.c - see words.h. */
#include "words.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/path.h"

#define NUMBER_MAX 1000000000L
#define COMMIT_LEN 40 /* hexadecimal digits */

enum option_takes {
	TAKES_NOTHING,
	TAKES_WORD,
	TAKES_NUMBER,
	TAKES_BASE, /* a number, or the id of a commit */
	TAKES_TEXT
};

/* By bit number. */
static const struct {
	const char *nl, *en;
	enum option_takes takes;
} options[OPTION_N] = {
	{ "--bron", "--source", TAKES_NOTHING },
	{ "--links", "--links", TAKES_NOTHING },
	{ "--breedte", "--width", TAKES_NUMBER },
	{ "--diep", "--depth", TAKES_NUMBER },
	{ "--soort", "--kind", TAKES_WORD },
	{ "--status", "--status", TAKES_WORD },
	{ "--titel", "--title", TAKES_TEXT },
	{ "--toelichting", "--note", TAKES_TEXT },
	{ "--op", "--base", TAKES_BASE },
	{ "-n", "-n", TAKES_NUMBER },
	{ "--json", "--json", TAKES_NOTHING },
	{ "--stil", "--quiet", TAKES_NOTHING },
	{ "--taal", "--lang", TAKES_WORD },
	{ "--vorm", "--format", TAKES_WORD },
	{ "--sinds", "--since", TAKES_WORD },
	{ "--tot", "--until", TAKES_WORD },
	{ "--door", "--by", TAKES_WORD },
	{ "--map", "--folder", TAKES_WORD },
	{ "--per-regel", "--lines", TAKES_NOTHING },
	{ "--klein", "--minor", TAKES_NOTHING },
	{ "--in", "--in", TAKES_WORD },
	{ "--nieuw", "--new", TAKES_NOTHING },
	{ "--rol", "--role", TAKES_WORD },
	{ "--reden", "--reason", TAKES_TEXT },
	{ "--dagen", "--days", TAKES_NUMBER },
	{ "--ruimte", "--space", TAKES_WORD },
	{ "--bij", "--at", TAKES_TEXT },
	{ "--alle", "--all", TAKES_NOTHING },
	{ "--md", "--md", TAKES_NOTHING },
	{ "--van", "--owner", TAKES_TEXT },
	{ "--open", "--open", TAKES_NOTHING },
};

struct token {
	char *text;
	bool quoted;
};

/* --- tokens --- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
free_token(void *item)
{
	struct token *t = item;

	free(t->text);
	free(t);
}

/* Bytes of one token from `s` on, or 0 when a quote is not closed. */
static size_t
read_token(const char *s, struct buf *text, bool *quoted)
{
	size_t pos = 0;
	char quote = '\0';

	for (; s[pos] && (quote || !is_blank(s[pos])); pos++) {
		if (!quote && (s[pos] == '\'' || s[pos] == '"')) {
			quote = s[pos];
			*quoted = true;
		} else if (quote && s[pos] == quote) {
			quote = '\0';
		} else {
			buf_char(text, s[pos]);
		}
	}
	return quote ? 0 : pos;
}

static bool
split_line(struct vec *tokens, const char *line)
{
	while (is_blank(*line))
		line++;
	while (*line) {
		struct token *t = mem_alloc(sizeof(*t));
		struct buf text = BUF_INIT;
		size_t n = read_token(line, &text, &t->quoted);

		t->text = mem_strdup(text.ptr);
		buf_release(&text);
		vec_push(tokens, t);
		if (!n)
			return false;
		line += n;
		while (is_blank(*line))
			line++;
	}
	return true;
}

/* --- options --- */

/* Length of the "-n" that "-n" or "-n12" begins with; else 0. */
static size_t
count_option(const struct words *w, const struct token *t)
{
	if (t->quoted || strncmp(t->text, "-n", 2) != 0 || w->word == WORD_N ||
	    !(word_row(w->word)->options & OPTION_COUNT))
		return 0;
	return t->text[2 + strspn(t->text + 2, "0123456789")] ? 0 : 2;
}

static bool
looks_like_option(const struct words *w, const struct token *t)
{
	return (!t->quoted && strncmp(t->text, "--", 2) == 0) ||
	       count_option(w, t);
}

/* Bit number, or -1. */
static int
find_option(const char *name)
{
	for (int i = 0; i < OPTION_N; i++)
		if (strcmp(options[i].nl, name) == 0 ||
		    strcmp(options[i].en, name) == 0)
			return i;
	return -1;
}

static enum words_problem
fail(struct words *w, enum words_problem problem, const char *detail)
{
	free(w->detail);
	w->detail = mem_strdup(detail);
	w->word = WORD_N;
	return problem;
}

static bool
is_number(const char *s)
{
	char *end;
	long n;

	if (*s < '0' || *s > '9')
		return false;
	n = strtol(s, &end, 10);
	return !*end && n >= 1 && n <= NUMBER_MAX;
}

static bool
is_commit(const char *s)
{
	return strlen(s) == COMMIT_LEN &&
	       strspn(s, "0123456789abcdef") == COMMIT_LEN;
}

static bool
is_fit(const char *value, enum option_takes takes)
{
	if (takes != TAKES_NUMBER && takes != TAKES_BASE)
		return true;
	return is_number(value) || (takes == TAKES_BASE && is_commit(value));
}

/* Tokens from `i` on that belong to the option before them. */
static size_t
count_values(const struct words *w, const struct vec *tokens, size_t i,
	     enum option_takes takes)
{
	size_t n = 0;

	if (takes == TAKES_NOTHING)
		return 0;
	while (i + n < tokens->len &&
	       !looks_like_option(w, tokens->items[i + n]))
		n++;
	return takes == TAKES_TEXT || n == 0 ? n : 1;
}

static char *
join_tokens(const struct vec *tokens, size_t i, size_t n)
{
	struct buf text = BUF_INIT;
	char *copy;

	for (size_t j = i; j < i + n; j++) {
		const struct token *t = tokens->items[j];

		if (j > i)
			buf_char(&text, ' ');
		buf_str(&text, t->text);
	}
	copy = mem_strdup(text.ptr);
	buf_release(&text);
	return copy;
}

/* The value stands behind the name: "-n12". */
static enum words_problem
take_joined(struct words *w, const struct token *t, size_t *i)
{
	int bit = find_option("-n");

	w->set |= 1u << bit;
	free(w->value[bit]);
	w->value[bit] = mem_strdup(t->text + 2);
	(*i)++;
	return is_number(w->value[bit]) ? WORDS_FINE
					: fail(w, WORDS_NUMBER, "-n");
}

/* The option at token *i; moves *i behind what it takes. */
static enum words_problem
take_option(struct words *w, const struct vec *tokens, size_t *i)
{
	const struct token *t = tokens->items[*i];
	int bit = find_option(t->text);
	unsigned allowed = word_row(w->word)->options | OPTION_COMMON;
	size_t n = count_option(w, t);

	if (n && t->text[n])
		return take_joined(w, t, i);
	if (bit < 0 || !(allowed & 1u << bit))
		return fail(w, WORDS_OPTION, t->text);
	n = count_values(w, tokens, *i + 1, options[bit].takes);
	if (!n && options[bit].takes != TAKES_NOTHING)
		return fail(w, WORDS_VALUE, t->text);
	w->set |= 1u << bit;
	free(w->value[bit]);
	w->value[bit] = n ? join_tokens(tokens, *i + 1, n) : NULL;
	*i += 1 + n;
	if (!is_fit(w->value[bit], options[bit].takes))
		return fail(w, WORDS_NUMBER, t->text);
	return WORDS_FINE;
}

/* --- the line --- */

/* `themas/common-ground` or `themas/common-ground@14`, not a word. */
static bool
is_address(const char *s)
{
	size_t len = strcspn(s, "@");
	char *name = mem_strndup(s, len);
	struct buf path = BUF_INIT;
	bool good = path_from_address(name, &path, NULL) == 0 &&
		    (strchr(name, '/') || strcmp(name, "index") == 0);

	buf_release(&path);
	free(name);
	return good;
}

static void
find_common_flags(struct words *w, const struct vec *tokens)
{
	for (size_t i = 0; i < tokens->len; i++) {
		const struct token *t = tokens->items[i];
		int bit = looks_like_option(w, t) ? find_option(t->text) : -1;

		if (bit >= 0)
			w->set |= 1u << bit & (OPTION_JSON | OPTION_QUIET);
	}
}

/* How many tokens name the command: "admin approve" is "approve". */
static size_t
find_word(struct words *w, const struct vec *tokens)
{
	const struct token *t = tokens->items[0];
	enum word_id next = WORD_N;

	w->word = word_find(t->text);
	if (w->word == WORD_N && is_address(t->text)) {
		w->word = WORD_READ;
		return 0;
	}
	if (w->word == WORD_ADMIN && tokens->len > 1) {
		t = tokens->items[1];
		next = word_find(t->text);
	}
	if (!word_is_for_admins(next))
		return 1;
	w->word = next;
	return 2;
}

static enum words_problem
read_tokens(struct words *w, const struct vec *tokens)
{
	const struct token *first;
	enum words_problem problem = WORDS_FINE;
	size_t i;

	find_common_flags(w, tokens);
	if (!tokens->len)
		return WORDS_FINE;
	i = find_word(w, tokens);
	first = tokens->items[i ? i - 1 : 0];
	if (w->word == WORD_N)
		return fail(w, WORDS_UNKNOWN, first->text);
	w->dutch = i && strcmp(first->text, word_row(w->word)->en) != 0;
	while (i < tokens->len && problem == WORDS_FINE) {
		const struct token *t = tokens->items[i];

		if (looks_like_option(w, t)) {
			problem = take_option(w, tokens, &i);
			continue;
		}
		if (t->quoted && w->args.len < WORDS_QUOTED)
			w->quoted |= 1u << w->args.len;
		vec_push(&w->args, mem_strdup(t->text));
		i++;
	}
	return problem;
}

enum words_problem
words_parse(struct words *w, const char *line)
{
	struct vec tokens = VEC_INIT;
	enum words_problem problem;

	memset(w, 0, sizeof(*w));
	w->word = WORD_N;
	if (split_line(&tokens, line))
		problem = read_tokens(w, &tokens);
	else
		problem = fail(w, WORDS_QUOTE, line);
	vec_release(&tokens, free_token);
	return problem;
}

void
words_release(struct words *w)
{
	vec_release(&w->args, free);
	for (int i = 0; i < OPTION_N; i++)
		free(w->value[i]);
	free(w->detail);
}

const char *
words_value(const struct words *w, enum word_option option)
{
	for (int i = 0; i < OPTION_N; i++)
		if (1u << i == (unsigned)option)
			return w->value[i];
	return NULL;
}

long
words_number(const struct words *w, enum word_option option, long absent)
{
	const char *value = words_value(w, option);

	return value ? strtol(value, NULL, 10) : absent;
}

void
words_join(const struct words *w, struct buf *out)
{
	for (size_t i = 0; i < w->args.len; i++) {
		if (i)
			buf_char(out, ' ');
		buf_str(out, w->args.items[i]);
	}
}

/* `door:Gert Griffie` was typed door:"Gert Griffie". */
static void
add_phrase(struct buf *out, const char *arg)
{
	size_t key = strcspn(arg, ": ");

	if (arg[key] == ':') {
		buf_add(out, arg, key + 1);
		arg += key + 1;
	}
	buf_printf(out, "\"%s\"", arg);
}

void
words_query(const struct words *w, struct buf *out)
{
	for (size_t i = 0; i < w->args.len; i++) {
		if (i)
			buf_char(out, ' ');
		if (i < WORDS_QUOTED && (w->quoted & 1u << i))
			add_phrase(out, w->args.items[i]);
		else
			buf_str(out, w->args.items[i]);
	}
}
