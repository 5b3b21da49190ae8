/* listing_seek.c - to the words one comes from; see listing.h. */
#include "view/listing_impl.h"

#include <string.h>

static const struct listing_item *
item_at(const struct listing *l, size_t i)
{
	return l->items.items[i];
}

/* Bytes of `text` that stand at s, its words as a whole. */
static size_t
count_alike(const char *s, const char *text)
{
	size_t n = 0, whole = 0;

	for (; text[n] && s[n] == text[n]; n++)
		if (text[n] == ' ')
			whole = n + 1;
	return text[n] ? whole : n;
}

/* Where words may begin. */
static bool
begins_word(const char *s, size_t i)
{
	return i == 0 || strchr(" [-{+(", s[i - 1]);
}

struct passage {
	const struct listing_item *item;
	const char *at; /* in one of its details */
	size_t len; /* of what was sought */
};

static void
seek_in_detail(struct passage *p, const struct listing_item *item,
	       const struct detail *d, const char *text)
{
	for (size_t i = 0; d->text[i]; i++) {
		size_t n;

		if (!begins_word(d->text, i))
			continue;
		n = count_alike(d->text + i, text);
		if (n > p->len)
			*p = (struct passage){ item, d->text + i, n };
	}
}

static bool
is_on_line(const struct listing_line *line, const char *at)
{
	return line->text && at >= line->text && at < line->text + line->len;
}

bool
listing_seek(struct listing *l, const char *text, bool item)
{
	struct passage p = { NULL, NULL, 0 };

	for (size_t i = 0; i < l->items.len; i++)
		for (size_t k = 0; k < item_at(l, i)->details.len; k++)
			seek_in_detail(&p, item_at(l, i),
				       item_at(l, i)->details.items[k], text);
	for (size_t i = 0; i < l->lines.len && p.item; i++) {
		const struct listing_line *line = listing_line_at(l, i);

		if (line->item == p.item &&
		    (item ? line->first : is_on_line(line, p.at))) {
			scroll_to(&l->scroll, i);
			return true;
		}
	}
	return false;
}

const char *
listing_explained(const struct listing *l)
{
	return l->scroll.at < l->lines.len
		       ? listing_line_at(l, l->scroll.at)->text
		       : NULL;
}
