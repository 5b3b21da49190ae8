/* item.c - see item.h. */
#include "edit/item.h"

#include <string.h>

#define DIGITS_MAX 9 /* CommonMark 5.2 */

static size_t
take_lead(const char *s, size_t len, bool *quote)
{
	size_t i = 0;

	*quote = false;
	while (i < len && (s[i] == ' ' || s[i] == '\t' || s[i] == '>')) {
		*quote |= s[i] == '>';
		i++;
	}
	return i;
}

/* Bytes of the sign with the blank behind it. */
static size_t
take_sign(const char *s, size_t len, long *number)
{
	size_t i = 0;
	long n = 0;

	*number = -1;
	if (len >= 2 && strchr("-*+", s[0]) && s[1] == ' ')
		return 2;
	for (; i < len && i < DIGITS_MAX && s[i] >= '0' && s[i] <= '9'; i++)
		n = n * 10 + (s[i] - '0');
	if (i == 0 || i + 1 >= len || (s[i] != '.' && s[i] != ')') ||
	    s[i + 1] != ' ')
		return 0;
	*number = n;
	return i + 2;
}

static size_t
take_box(const char *s, size_t len)
{
	return len >= 4 && s[0] == '[' && strchr(" xX", s[1]) && s[2] == ']' &&
			       s[3] == ' '
		       ? 4
		       : 0;
}

struct item
item_of(const char *s, size_t len)
{
	struct item item = { 0 };
	size_t at;

	item.lead = take_lead(s, len, &item.quote);
	at = item.lead;
	item.sign = take_sign(s + at, len - at, &item.number);
	at += item.sign;
	if (item.sign)
		item.box = take_box(s + at, len - at);
	return item;
}

size_t
item_len(const struct item *item)
{
	return item->lead + item->sign + item->box;
}

bool
item_is_one(const struct item *item)
{
	return item->sign > 0 || item->quote;
}

void
item_next(const struct item *item, const char *s, struct buf *out)
{
	const char *sign = s + item->lead;

	buf_add(out, s, item->lead);
	if (item->number >= 0)
		buf_printf(out, "%ld%c ", item->number + 1,
			   sign[item->sign - 2]);
	else
		buf_add(out, sign, item->sign);
	if (item->box)
		buf_str(out, "[ ] ");
}
