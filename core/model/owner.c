/* owner.c - see owner.h. */
#include "plein/owner.h"

#include <string.h>

#include "plein/buf.h"
#include "plein/path.h"
#include "plein/utf8.h"

#define APART ",;/&+" /* between people */
#define BLANKS " \t\r\n()[]{}|:@\"'*_`"

static bool
is_word(const char *s, size_t n, const char *const *list)
{
	for (; *list; list++)
		if (strlen(*list) == n && strncmp(s, *list, n) == 0)
			return true;
	return false;
}

/* Words that say nothing of who it is. */
static bool
is_filler(const char *s, size_t n)
{
	static const char *const list[] = { "gemeente", "de", "het", "the",
					    NULL };

	return is_word(s, n, list);
}

static bool
joins(const char *s, size_t n)
{
	static const char *const list[] = { "en", "and", NULL };

	return is_word(s, n, list);
}

static void
add_word(struct buf *out, const char *s, size_t n)
{
	if (is_filler(s, n))
		return;
	if (out->len)
		buf_char(out, ' ');
	buf_add(out, s, n);
}

/* As what was typed is read. */
static void
plain_words(struct buf *out, const char *s)
{
	struct buf fold = BUF_INIT;
	const char *at;
	size_t n;

	utf8_fold(&fold, s, strlen(s));
	for (at = fold.ptr; *(at += strspn(at, BLANKS APART)); at += n) {
		n = strcspn(at, BLANKS APART);
		add_word(out, at, n);
	}
	buf_release(&fold);
}

/* --- what somebody is called ------------------------------------------------- */

static bool
are_words(const char *words, const char *name)
{
	struct buf plain = BUF_INIT;
	bool same;

	plain_words(&plain, name);
	same = plain.len > 0 && strcmp(plain.ptr, words) == 0;
	buf_release(&plain);
	return same;
}

/* "ciso" or "ciso veenhoek". */
static bool
are_office(const char *words, const char *office, const char *organisation)
{
	struct buf both = BUF_INIT;
	bool same = are_words(words, office);

	if (!same && organisation[0]) {
		buf_printf(&both, "%s %s", office, organisation);
		same = are_words(words, both.ptr);
	}
	buf_release(&both);
	return same;
}

/* "ciso" of ciso.veenhoek; not "jan" of jan.jansen in Veenhoek. Appended. */
static void
find_office(struct buf *out, const char *handle, const char *organisation)
{
	const char *dot = strrchr(handle, '.');
	struct buf slug = BUF_INIT;
	const char *place;

	if (!dot)
		return;
	slug_from_title(&slug, organisation);
	place = strncmp(slug.ptr, "gemeente-", 9) == 0 ? slug.ptr + 9
						       : slug.ptr;
	if (slug.len == 0 || strcmp(dot + 1, place) == 0)
		buf_add(out, handle, (size_t)(dot - handle));
	buf_release(&slug);
}

/* "ciso.veenhoek", also as "ciso Veenhoek". */
static bool
are_handle(const char *words, const char *handle)
{
	struct buf apart = BUF_INIT;
	bool same;
	size_t i;

	buf_str(&apart, handle);
	for (i = 0; i < apart.len; i++)
		if (apart.ptr[i] == '.')
			apart.ptr[i] = ' ';
	same = are_words(words, handle) || are_words(words, apart.ptr);
	buf_release(&apart);
	return same;
}

static bool
are_theirs(const struct buf *words, const struct owner_person *who)
{
	const char *organisation = who->organisation ? who->organisation : "";
	struct buf office = BUF_INIT;
	bool same;

	if (words->len == 0)
		return false;
	find_office(&office, who->handle, organisation);
	same = are_handle(words->ptr, who->handle) ||
	       (who->name && are_words(words->ptr, who->name)) ||
	       (office.len &&
		are_office(words->ptr, office.ptr, organisation)) ||
	       are_office(words->ptr, role_name(who->role), organisation);
	buf_release(&office);
	return same;
}

bool
owner_is(const char *words, const struct owner_person *who)
{
	struct buf fold = BUF_INIT, whole = BUF_INIT, one = BUF_INIT;
	const char *at;
	bool found = false;
	size_t n;

	utf8_fold(&fold, words, strlen(words));
	for (at = fold.ptr; !found && *at; at += n) {
		n = strcspn(at, BLANKS APART);
		if (n && !joins(at, n)) {
			add_word(&one, at, n);
			add_word(&whole, at, n);
			continue;
		}
		found = (n || strchr(APART, *at)) && are_theirs(&one, who);
		if (n || strchr(APART, *at))
			buf_reset(&one);
		n += n == 0;
	}
	found = found || are_theirs(&one, who) || are_theirs(&whole, who);
	buf_release(&fold);
	buf_release(&whole);
	buf_release(&one);
	return found;
}
