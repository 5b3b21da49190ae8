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

/* Of a version that cannot be read nothing is said. */
static bool
was_adopted_before(struct desk *d, const struct index_version *v)
{
	struct index_version *before = NULL;
	struct buf text = BUF_INIT;
	bool adopted = false;

	if (!desk_need_repo(d, NULL) && d->index &&
	    !index_version(d->index, v->address, v->n - 1, &before, NULL) &&
	    !before->gone && !pagetext_load(d, before, &text, NULL))
		adopted = meeting_is_adopted(text.ptr, text.len);
	index_version_free(before);
	buf_release(&text);
	return adopted;
}

void
minutes_tell(struct desk *d, const struct index_version *v, json_t *row)
{
	struct buf note = BUF_INIT;

	if (v->n < 2 || !minutes_may_be(v->address) || says_so(v->note) ||
	    !was_adopted_before(d, v))
		return;
	buf_printf(&note, "%s%s(%s)", v->note ? v->note : "",
		   v->note && *v->note ? " " : "", minutes_words(d));
	describe_line(row, "note", note.ptr);
	buf_release(&note);
}
