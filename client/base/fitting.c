/* fitting.c - see fitting.h. */
#include "base/fitting.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/utf8.h"

enum rank { RANK_WHOLE, RANK_BEGIN, RANK_WORD, RANK_PART, RANK_ADDRESS };

static bool
begins_word(const char *title, const char *at)
{
	unsigned char before = at > title ? (unsigned char)at[-1] : ' ';

	return before < 0x80 && !isalnum(before);
}

int
fitting_rank(const char *title, const char *words)
{
	const char *at = strstr(title, words);

	if (!at)
		return -1;
	if (at == title)
		return title[strlen(words)] ? RANK_BEGIN : RANK_WHOLE;
	for (; at; at = strstr(at + 1, words))
		if (begins_word(title, at))
			return RANK_WORD;
	return RANK_PART;
}

static int
compare_rows(const void *a, const void *b)
{
	const struct fitting_row *x = a, *y = b;
	int by = x->rank - y->rank;

	if (!by)
		by = strcmp(x->title, y->title);
	return by ? by : strcmp(x->address, y->address);
}

static int
rank_page(const char *address, const char *title, const char *words,
	  struct buf *folded)
{
	int rank;

	buf_reset(folded);
	utf8_fold(folded, title, strlen(title));
	rank = fitting_rank(folded->ptr, words);
	return rank < 0 && strstr(address, words) ? RANK_ADDRESS : rank;
}

void
fitting_fold(struct buf *out, const char *words)
{
	words += strspn(words, " ");
	utf8_fold(out, words, strlen(words));
	while (out->len && out->ptr[out->len - 1] == ' ')
		buf_erase(out, out->len - 1, 1);
}

void
fitting_find(struct fitting *f, json_t *titles, const char *words, size_t most)
{
	struct buf sought = BUF_INIT, folded = BUF_INIT;
	const char *address;
	json_t *title;

	fitting_release(f);
	f->rows = mem_array(json_object_size(titles) + 1, sizeof(*f->rows));
	fitting_fold(&sought, words);
	json_object_foreach(titles, address, title)
	{
		const char *text = json_string_value(title);
		int rank = rank_page(address, text ? text : "", sought.ptr,
				     &folded);

		if (rank >= 0)
			f->rows[f->n++] =
				(struct fitting_row){ address, text ? text : "",
						      rank };
	}
	qsort(f->rows, f->n, sizeof(*f->rows), compare_rows);
	if (f->n > most)
		f->n = most;
	buf_release(&sought);
	buf_release(&folded);
}

void
fitting_release(struct fitting *f)
{
	free(f->rows);
	f->rows = NULL;
	f->n = 0;
}
