/* owner.c - see owner.h. */
#include "plein/owner.h"

#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "plein/utf8.h"
#include "plein/vec.h"

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

struct owner {
	struct vec names; /* char *: plain words each */
};

static void
add_name(struct owner *o, const char *name)
{
	struct buf plain = BUF_INIT;

	plain_words(&plain, name);
	if (plain.len > 0)
		vec_push(&o->names, buf_take(&plain));
	buf_release(&plain);
}

/* "ciso" or "ciso veenhoek". */
static void
add_office(struct owner *o, const char *office, const char *organisation)
{
	struct buf both = BUF_INIT;

	add_name(o, office);
	if (organisation[0]) {
		buf_printf(&both, "%s %s", office, organisation);
		add_name(o, both.ptr);
	}
	buf_release(&both);
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
static void
add_handle(struct owner *o, const char *handle)
{
	struct buf apart = BUF_INIT;
	size_t i;

	add_name(o, handle);
	buf_str(&apart, handle);
	for (i = 0; i < apart.len; i++)
		if (apart.ptr[i] == '.')
			apart.ptr[i] = ' ';
	add_name(o, apart.ptr);
	buf_release(&apart);
}

struct owner *
owner_new(const struct owner_person *who)
{
	const char *organisation = who->organisation ? who->organisation : "";
	struct owner *o = mem_alloc(sizeof(*o));
	struct buf office = BUF_INIT;

	add_handle(o, who->handle);
	if (who->name)
		add_name(o, who->name);
	find_office(&office, who->handle, organisation);
	if (office.len)
		add_office(o, office.ptr, organisation);
	add_office(o, role_name(who->role), organisation);
	buf_release(&office);
	return o;
}

void
owner_free(struct owner *o)
{
	if (!o)
		return;
	vec_release(&o->names, free);
	free(o);
}

/* --- whom words mean ---------------------------------------------------------- */

static bool
are_theirs(const struct buf *words, const struct owner *o)
{
	size_t i;

	for (i = 0; i < o->names.len; i++)
		if (strcmp(words->ptr, o->names.items[i]) == 0)
			return true;
	return false;
}

bool
owner_is(const struct owner *o, const char *words)
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
		found = (n || strchr(APART, *at)) && are_theirs(&one, o);
		if (n || strchr(APART, *at))
			buf_reset(&one);
		n += n == 0;
	}
	found = found || are_theirs(&one, o) || are_theirs(&whole, o);
	buf_release(&fold);
	buf_release(&whole);
	buf_release(&one);
	return found;
}
