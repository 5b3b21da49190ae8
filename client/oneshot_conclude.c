/* oneshot_conclude.c - see oneshot_conclude.h. */
#include "oneshot_conclude.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"

/* Headings of the text that comes in, and the parameters they are. */
static const struct {
	const char *nl, *en, *key;
} conclusions[] = {
	{ "eens", "agreed", "agreed" },
	{ "oneens", "disagreed", "disagreed" },
	{ "onbekend", "unknown", "unknown" },
	{ "betekenis", "means", "means" },
	{ "anders", "differs", "differs" },
	{ "volgende", "next", "next" },
};

/* The parameter that a line `## word` begins; NULL when it begins none. */
static const char *
find_conclusion(const char *line, size_t len)
{
	const char *key = NULL;
	char *word;
	size_t i;

	if (len < 4 || strncmp(line, "## ", 3) != 0)
		return NULL;
	word = mem_strndup(line + 3, len - 3);
	for (i = 0; i < sizeof(conclusions) / sizeof(conclusions[0]); i++)
		if (strcmp(word, conclusions[i].nl) == 0 ||
		    strcmp(word, conclusions[i].en) == 0)
			key = conclusions[i].key;
	free(word);
	return key;
}

/* False where the text stands below no such line: nowhere to put it. */
static bool
put_conclusion(json_t *params, const char *key, struct buf *text)
{
	bool placed;

	while (text->len > 0 && text->ptr[text->len - 1] == '\n')
		buf_erase(text, text->len - 1, 1);
	placed = key || text->len == 0;
	if (key && text->len > 0)
		(void)json_object_set_new(params, key,
					  json_stringn(text->ptr, text->len));
	buf_reset(text);
	return placed;
}

bool
conclude_read(json_t *params, const char *s)
{
	const char *key = NULL, *next;
	struct buf text = BUF_INIT;
	bool placed = true;
	size_t n;

	while (*s) {
		n = strcspn(s, "\n");
		next = find_conclusion(s, n);
		if (next) {
			placed = put_conclusion(params, key, &text) && placed;
			key = next;
		} else {
			buf_add(&text, s, n);
			buf_char(&text, '\n');
		}
		s += n + (s[n] == '\n');
	}
	placed = put_conclusion(params, key, &text) && placed;
	buf_release(&text);
	return placed;
}
