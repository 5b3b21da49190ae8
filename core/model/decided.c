/* decided.c - see decided.h. */
#include "plein/decided.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/frontmatter.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "plein/utf8.h"

static char *
copy_field(const struct frontmatter *fm, const char *key)
{
	const char *value = frontmatter_text(fm, key);

	return frontmatter_is_filled(value) ? mem_strdup(value) : NULL;
}

static void
read_day(const struct frontmatter *fm, const char *key,
	 char out[DAYTEXT_LEN + 1])
{
	const char *value = frontmatter_text(fm, key);

	(void)daytext_read(value, value ? strlen(value) : 0, out); /* or "" */
}

/* The meeting has a field, or is among what the page belongs to. */
static char *
find_meeting(const struct frontmatter *fm)
{
	static const char folder[] = "vergaderingen/";
	char *own = copy_field(fm, "vergadering");
	const char *item;
	size_t i;

	for (i = 0; !own && (item = frontmatter_item(fm, "hoort_bij", i)); i++)
		if (strncmp(item, folder, strlen(folder)) == 0)
			own = mem_strdup(item);
	return own;
}

void
decided_read(struct decided *d, const char *text, size_t len)
{
	struct frontmatter *fm;

	/* a broken block has no fields */
	(void)frontmatter_parse(&fm, text, len, NULL);
	read_day(fm, "datum", d->date);
	read_day(fm, "herzien_voor", d->review);
	read_day(fm, "vervallen_op", d->ends);
	d->body = copy_field(fm, "gremium");
	d->place = copy_field(fm, "plaats");
	d->mandate = copy_field(fm, "mandaat");
	d->outcome = copy_field(fm, "uitkomst");
	d->official = copy_field(fm, "officieel");
	d->meeting = find_meeting(fm);
	frontmatter_free(fm);
}

void
decided_release(struct decided *d)
{
	free(d->body);
	free(d->place);
	free(d->mandate);
	free(d->outcome);
	free(d->official);
	free(d->meeting);
	memset(d, 0, sizeof(*d));
}

bool
decided_holds(const char *outcome)
{
	static const char *const not [] = { "aangehouden", "afgewezen",
					    "verworpen",   "ingetrokken",
					    "niet ",	   "[" };
	struct buf fold = BUF_INIT;
	bool holds = outcome && outcome[strspn(outcome, " ")];
	size_t i;

	utf8_fold(&fold, outcome ? outcome : "", outcome ? strlen(outcome) : 0);
	for (i = 0; i < sizeof(not ) / sizeof(not [0]); i++)
		holds = holds &&
			strncmp(fold.ptr, not [i], strlen(not [i])) != 0;
	buf_release(&fold);
	return holds;
}
