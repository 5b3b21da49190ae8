/* renaming.c - see renaming.h. */
#include "wiki/renaming.h"

#include <ctype.h>
#include <string.h>

#include "plein/path.h"
#include "plein/reference.h"

#define MARKDOWN ".md"
#define FOLDERS 3

/* Below each of these a page has what is its. */
static const char *const folders[FOLDERS] = { "", "bespreking/", "bijlagen/" };

/* Bytes of an address before its last part. */
static size_t
folder_len(const char *address)
{
	const char *slash = strrchr(address, '/');

	return slash ? (size_t)(slash + 1 - address) : 0;
}

/* themas/2026: below it lies what other pages have, themas/2026/x. */
static bool
is_of_year(const char *address)
{
	const char *last = address + folder_len(address);

	return strchr(address, '/') + 1 == last && strlen(last) == 4 &&
	       strspn(last, "0123456789") == 4;
}

int
renaming_check(const struct renaming *r, struct err *err)
{
	struct buf path = BUF_INIT;
	size_t len = folder_len(r->old);
	int rc = path_from_address(r->old, &path, err);

	buf_reset(&path);
	if (!rc)
		rc = path_from_address(r->now, &path, err);
	buf_release(&path);
	if (!rc &&
	    (len == 0 || folder_len(r->now) != len ||
	     strncmp(r->old, r->now, len) != 0 || strcmp(r->old, r->now) == 0))
		rc = err_set(err, PLEIN_ERULE,
			     "the new address differs from the old one in its "
			     "last part");
	if (!rc && (is_of_year(r->old) || is_of_year(r->now)))
		rc = err_set(err, PLEIN_ERULE,
			     "below the address of a year lies what other "
			     "pages have");
	return rc;
}

bool
renaming_entry(const struct renaming *r, const char *folder, const char *name,
	       bool is_folder, struct buf *out)
{
	size_t len = folder_len(r->old), n, last = strlen(r->old) - len;
	const char *behind;

	if (strncmp(name, r->old + len, last) != 0)
		return false;
	behind = name + last;
	if (is_folder ? *behind != '\0' : strcmp(behind, MARKDOWN) != 0)
		return false;
	for (int i = 0; i < FOLDERS; i++) {
		n = strlen(folders[i]);
		if (strncmp(folder, folders[i], n) != 0 ||
		    strlen(folder + n) != len ||
		    strncmp(folder + n, r->old, len) != 0)
			continue;
		buf_printf(out, "%s%s", r->now + len, behind);
		return true;
	}
	return false;
}

/* --- where it is named ------------------------------------------------------ */

/* A last part that was found, in the word that it is part of. */
struct mention {
	const char *word, *at, *end; /* the part begins at `at` */
};

static bool
is_of_slug(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_';
}

static bool
is_of_path(char c)
{
	return is_of_slug(c) || c == '.' || c == '/';
}

/* The word around the part; false: it is a piece of another one. */
static bool
find_word(struct mention *m, const char *text, const char *end, size_t last)
{
	const char *behind = m->at + last;

	if ((m->at > text && is_of_slug(m->at[-1])) ||
	    (behind < end && is_of_slug(*behind)))
		return false;
	for (m->word = m->at; m->word > text && is_of_path(m->word[-1]);)
		m->word--;
	for (m->end = behind; m->end < end && is_of_path(*m->end);)
		m->end++;
	while (m->end > behind && strchr("./", m->end[-1]))
		m->end--; /* of the sentence */
	return true;
}

static bool
is_in_full(const struct renaming *r, const struct mention *m)
{
	size_t len = folder_len(r->old);
	const char *begin = m->at - len;

	return (size_t)(m->at - m->word) >= len &&
	       memcmp(begin, r->old, len) == 0 &&
	       (begin == m->word || begin[-1] == '/');
}

static bool
is_link(const struct renaming *r, const char *from, const struct mention *m)
{
	struct buf word = BUF_INIT, leads = BUF_INIT;
	bool is;

	buf_add(&word, m->word, (size_t)(m->end - m->word));
	is = word.len > strlen(MARKDOWN) &&
	     strcmp(word.ptr + word.len - strlen(MARKDOWN), MARKDOWN) == 0 &&
	     reference_resolve(&leads, from, word.ptr) &&
	     strcmp(leads.ptr, r->old) == 0;
	buf_release(&word);
	buf_release(&leads);
	return is;
}

bool
renaming_text(const struct renaming *r, const char *from, const char *text,
	      size_t len, struct buf *out)
{
	const char *part = r->old + folder_len(r->old), *end = text + len;
	const char *done = text;
	size_t last = strlen(part);
	struct mention m = { .at = text };

	while ((m.at = memmem(m.at, (size_t)(end - m.at), part, last))) {
		if (find_word(&m, text, end, last) &&
		    (is_in_full(r, &m) || (from && is_link(r, from, &m)))) {
			buf_add(out, done, (size_t)(m.at - done));
			buf_str(out, r->now + folder_len(r->now));
			done = m.at + last;
		}
		m.at += last;
	}
	buf_add(out, done, (size_t)(end - done));
	return done != text;
}
