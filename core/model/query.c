/* query.c - see query.h. */
#include "plein/query.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plein/mem.h"

/* Where the value of a key goes: a member of struct query, or a field. */
static const struct key {
	const char *word;
	size_t member; /* 0: a field of the front matter */
	const char *field;
} keys[] = {
	{ "type", offsetof(struct query, kind), NULL },
	{ "soort", offsetof(struct query, kind), NULL },
	{ "kind", offsetof(struct query, kind), NULL },
	{ "status", offsetof(struct query, status), NULL },
	{ "stand", offsetof(struct query, status), NULL },
	{ "door", offsetof(struct query, person), NULL },
	{ "by", offsetof(struct query, person), NULL },
	{ "map", offsetof(struct query, folder), NULL },
	{ "folder", offsetof(struct query, folder), NULL },
	{ "trefwoord", 0, "trefwoorden" },
	{ "trefwoorden", 0, "trefwoorden" },
	{ "keyword", 0, "trefwoorden" },
	{ "eigenaar", 0, "eigenaar" },
	{ "owner", 0, "eigenaar" },
	{ "hoort_bij", 0, "hoort_bij" },
	{ "zekerheid", 0, "zekerheid" },
};

/* One piece of what was typed. */
struct term {
	const struct key *key; /* NULL: words */
	const char *s;
	size_t len;
	bool phrase;
};

static void
free_field(void *item)
{
	struct query_field *f = item;

	free(f->value);
	free(f);
}

void
query_release(struct query *q)
{
	buf_release(&q->match);
	buf_release(&q->plain);
	free(q->kind);
	free(q->status);
	free(q->person);
	free(q->folder);
	vec_release(&q->fields, free_field);
}

static const struct key *
find_key(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strlen(keys[i].word) == len &&
		    strncasecmp(keys[i].word, s, len) == 0)
			return &keys[i];
	return NULL;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* From a quote to its end, or to the end of all. */
static const char *
take_quoted(const char *s, struct term *t)
{
	const char *end = strchr(s, '"');

	t->s = s;
	t->len = end ? (size_t)(end - s) : strlen(s);
	t->phrase = true;
	return end ? end + 1 : s + t->len;
}

static const char *
take_bare(const char *s, struct term *t)
{
	size_t n = 0;

	while (s[n] && !is_blank(s[n]) && s[n] != '"')
		n++;
	t->s = s;
	t->len = n;
	return s + n;
}

/* The next term, or NULL at the end. */
static const char *
take_term(const char *s, struct term *t)
{
	size_t word;

	memset(t, 0, sizeof(*t));
	while (is_blank(*s))
		s++;
	if (!*s)
		return NULL;
	word = strcspn(s, ": \t\r\n\"");
	if (s[word] == ':')
		t->key = find_key(s, word);
	if (t->key)
		s += word + 1;
	return *s == '"' ? take_quoted(s + 1, t) : take_bare(s, t);
}

/* Something FTS5 would make a token of? Else the phrase would be empty. */
static bool
has_word(const struct term *t)
{
	size_t i;

	for (i = 0; i < t->len; i++)
		if (isalnum((unsigned char)t->s[i]) ||
		    (unsigned char)t->s[i] >= 0x80)
			return true;
	return false;
}

static void
add_words(struct query *q, const struct term *t)
{
	if (!has_word(t))
		return;
	if (q->match.len > 0) {
		buf_char(&q->match, ' ');
		buf_char(&q->plain, ' ');
	}
	buf_char(&q->match, '"');
	buf_add(&q->match, t->s, t->len); /* holds no quote */
	buf_str(&q->match, t->phrase ? "\"" : "\"*");
	buf_add(&q->plain, t->s, t->len);
}

static void
add_term(struct query *q, const struct term *t)
{
	struct query_field *f;
	char **member;

	if (!t->key) {
		add_words(q, t);
	} else if (t->len > 0 && t->key->member) {
		member = (char **)(void *)((char *)q + t->key->member);
		free(*member);
		*member = mem_strndup(t->s, t->len);
	} else if (t->len > 0) {
		f = mem_alloc(sizeof(*f));
		f->key = t->key->field;
		f->value = mem_strndup(t->s, t->len);
		vec_push(&q->fields, f);
	}
}

static bool
is_empty(const struct query *q)
{
	return q->match.len == 0 && !q->kind && !q->status && !q->person &&
	       !q->folder && q->fields.len == 0;
}

int
query_parse(struct query *q, const char *text, struct err *err)
{
	struct term t;
	int n;

	memset(q, 0, sizeof(*q));
	buf_init(&q->match);
	buf_init(&q->plain);
	if (strlen(text) > QUERY_MAX)
		return err_rule(err, PLEIN_EUSAGE, "words", 0,
				"more than %d bytes of words", QUERY_MAX);
	for (n = 0; (text = take_term(text, &t)) != NULL; n++) {
		if (n == QUERY_TERMS)
			return err_rule(err, PLEIN_EUSAGE, "words", 0,
					"more than %d words", QUERY_TERMS);
		add_term(q, &t);
	}
	if (is_empty(q))
		return err_rule(err, PLEIN_EUSAGE, "words", 0,
				"no words to look for");
	return 0;
}
