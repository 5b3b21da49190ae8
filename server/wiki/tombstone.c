/* tombstone.c - see tombstone.h. */
#include "wiki/tombstone.h"

#include <string.h>
#include <time.h>

#include "plein/page.h"
#include "plein/utf8.h"

#define TRAILER "Plein-"

static const char *const words_of[2][2] = {
	{ "Erased by law", "Erased by law on" },
	{ "Verwijderd bij wet", "Verwijderd bij wet op" },
};

int
tombstone_check(const char *reason, struct err *err)
{
	static const char special[] = "\"'`[]{}:#|<>\\*&!%@";
	size_t len = strlen(reason), i;

	if (len == 0 || len > TOMBSTONE_REASON_MAX)
		return err_set(err, PLEIN_ERULE, "a reason has 1 to %d bytes",
			       TOMBSTONE_REASON_MAX);
	if (!utf8_is_valid(reason, len))
		return err_set(err, PLEIN_ERULE, "the reason is no UTF-8");
	for (i = 0; i < len; i++)
		if ((unsigned char)reason[i] < ' ' || reason[i] == 0x7f ||
		    strchr(special, reason[i]))
			return err_set(err, PLEIN_ERULE,
				       "the reason holds a character that "
				       "means something in a page: %s",
				       special);
	return 0;
}

static void
add_day(struct buf *out, int64_t when)
{
	time_t t = (time_t)when;
	struct tm tm;
	char day[16];

	if (!localtime_r(&t, &tm) ||
	    strftime(day, sizeof(day), "%Y-%m-%d", &tm) == 0)
		day[0] = '\0';
	buf_str(out, day);
}

/* "Verwijderd bij wet op 2026-11-26, 3 - AVG artikel 17" */
static void
add_sentence(struct buf *out, const struct tombstone *t, long n)
{
	buf_printf(out, "%s ", words_of[t->dutch][1]);
	add_day(out, t->time);
	if (n > 0)
		buf_printf(out, ", %ld", n);
	buf_printf(out, " - %s", t->reason);
}

static void
add_fields(struct buf *out, const struct tombstone *t, const char *address,
	   const char *text, size_t len)
{
	struct page_info info;
	size_t i;

	page_info_init(&info);
	page_info_read(&info, address, text, len);
	buf_printf(out, "---\ntitel: %s\n", words_of[t->dutch][0]);
	if (info.aliases.len > 0)
		buf_str(out, "aliassen:\n");
	for (i = 0; i < info.aliases.len; i++)
		buf_printf(out, "  - %s\n", (char *)info.aliases.items[i]);
	buf_str(out, "---\n\n");
	page_info_release(&info);
}

void
tombstone_file(const struct tombstone *t, long n, const char *address,
	       const char *text, size_t len, struct buf *out)
{
	if (address)
		add_fields(out, t, address, text, len);
	add_sentence(out, t, n);
	buf_char(out, '\n');
}

void
tombstone_words(const struct tombstone *t, long n, const char *words,
		const char *text, size_t len, struct buf *out)
{
	const char *end = text + len, *found;

	while ((found = memmem(text, (size_t)(end - text), words,
			       strlen(words)))) {
		buf_add(out, text, (size_t)(found - text));
		buf_char(out, '(');
		add_sentence(out, t, n);
		buf_char(out, ')');
		text = found + strlen(words);
	}
	buf_add(out, text, (size_t)(end - text));
}

void
tombstone_message(const struct tombstone *t, const char *words,
		  const char *text, size_t len, struct buf *out)
{
	const char *end = text + len, *next;

	for (; text < end; text = next) {
		next = memchr(text, '\n', (size_t)(end - text));
		next = next ? next + 1 : end;
		if (strncmp(text, TRAILER, strlen(TRAILER)) == 0)
			buf_add(out, text, (size_t)(next - text));
		else
			tombstone_words(t, 0, words, text,
					(size_t)(next - text), out);
	}
}
