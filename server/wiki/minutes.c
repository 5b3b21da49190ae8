/* minutes.c - see minutes.h. */
#include "wiki/minutes.h"

#include <string.h>

#include "plein/buf.h"
#include "plein/meeting.h"
#include "wiki/describe.h"
#include "wiki/edit.h"
#include "wiki/pagetext.h"

#define WORDS_NL "gewijzigd na vaststelling"
#define WORDS_EN "changed after adoption"

bool
minutes_may_be(const char *address)
{
	static const char folder[] = "vergaderingen/";

	return strncmp(address, folder, strlen(folder)) == 0;
}

const char *
minutes_words(const struct desk *d)
{
	return edit_say(d, WORDS_NL, WORDS_EN);
}

static bool
says_so(const char *note)
{
	return note && (strstr(note, "(" WORDS_NL ")") ||
			strstr(note, "(" WORDS_EN ")"));
}

/* That version, or the last one before it in which the page was there. */
static int
find_version(struct desk *d, const char *address, long n,
	     struct index_version **out)
{
	int rc = index_version(d->index, address, n, out, NULL);

	while (!rc && (*out)->gone && --n > 0) {
		index_version_free(*out);
		rc = index_version(d->index, address, n, out, NULL);
	}
	return rc;
}

/* How much was read goes into *bytes. */
static bool
were_adopted(struct desk *d, const char *address, long n, size_t *bytes)
{
	struct index_version *v = NULL;
	struct buf text = BUF_INIT;
	bool adopted = false;

	if (!minutes_may_be(address) || n < 1)
		return false;
	if (!desk_need_repo(d, NULL) && d->index &&
	    !find_version(d, address, n, &v) &&
	    !pagetext_load(d, v, &text, NULL))
		adopted = meeting_is_adopted(text.ptr, text.len);
	*bytes = text.len;
	index_version_free(v);
	buf_release(&text);
	return adopted;
}

bool
minutes_were_adopted(struct desk *d, const char *address, long n)
{
	size_t bytes = 0;

	return were_adopted(d, address, n, &bytes);
}

size_t
minutes_tell(struct desk *d, const struct index_version *v, json_t *row)
{
	struct buf note = BUF_INIT;
	size_t bytes = 0;

	if (says_so(v->note) || !were_adopted(d, v->address, v->n - 1, &bytes))
		return bytes;
	buf_printf(&note, "%s%s(%s)", v->note ? v->note : "",
		   v->note && *v->note ? " " : "", minutes_words(d));
	describe_line(row, "note", note.ptr);
	buf_release(&note);
	return bytes;
}
