/*
 * label.c - the label of a link stands in the prose from m->label on; what
 * belongs around it is added when the link ends.
 */
#include "layout/label.h"

#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/reference.h"
#include "plein/utf8.h"

#define LABEL_MAX 120 /* columns of a title that stands for a [[x]] */
#define ATTACHMENTS "bijlagen/"
#define REMARKS "bespreking/"

static const char *
page_of(const struct maker *m)
{
	return m->wiki && m->wiki->from ? m->wiki->from : "index";
}

static const char *
find_title(const struct maker *m, const char *address)
{
	return m->wiki->title(m->wiki->ctx, address);
}

static bool
is_missing(const struct maker *m, const char *address)
{
	if (!m->wiki || !m->wiki->title)
		return false;
	if (strncmp(address, ATTACHMENTS, strlen(ATTACHMENTS)) == 0 ||
	    strncmp(address, REMARKS, strlen(REMARKS)) == 0)
		return false;
	return !find_title(m, address);
}

void
label_begin(struct maker *m, struct buf *target, enum label_kind kind)
{
	struct buf address = BUF_INIT;
	bool inside, missing;

	/* md4c finds addresses within a [[x]], too: the outer link counts. */
	if (m->links++ > 0) {
		buf_release(target);
		return;
	}
	inside = reference_resolve(&address, page_of(m), target->ptr);
	missing = inside && is_missing(m, address.ptr);
	m->label_kind = kind;
	m->link = lines_add_link(&m->lines, buf_take(target), !inside, missing);
	if (kind == LABEL_IMAGE)
		lines_mark_image(&m->lines, m->link);
	maker_string(m, "[");
	m->label = maker_prose(m)->text.len;
	buf_release(&address);
}

/*
 * https://www.example.org:80/x → "example.org"; mailto:a@b → "a@b". What
 * stands before an @ is no host, though it may look like one.
 */
static const char *
find_host(const char *target, size_t *len)
{
	const char *host = strstr(target, "//");
	const char *at;

	if (!host) {
		bool mail = strncmp(target, "mailto:", 7) == 0;

		host = mail ? target + 7 : "";
		*len = strcspn(host, "?");
		return host;
	}
	host += 2;
	*len = strcspn(host, "/?#\\");
	at = memrchr(host, '@', *len);
	if (at) {
		*len -= (size_t)(at + 1 - host);
		host = at + 1;
	}
	if (strncmp(host, "www.", 4) == 0 && *len > 4) {
		host += 4;
		*len -= 4;
	}
	at = memchr(host, ':', *len);
	if (at && *host != '[')
		*len = (size_t)(at - host);
	return host;
}

/* www.vng.nl reads as it was typed; its target begins with http:// */
static bool
is_address(const char *label, const char *target)
{
	return strncmp(target, "http://", 7) == 0 &&
	       strcmp(label, target + 7) == 0;
}

/* Says where an outside link leads, unless its label is that already. */
static void
add_host(struct maker *m, const char *target)
{
	struct prose *p = maker_prose(m);
	const char *label = p->text.ptr + m->label;
	size_t len;
	const char *host = find_host(target, &len);

	if (!len || strcmp(label, target) == 0 || is_address(label, target))
		return;
	if (strlen(label) == len && memcmp(label, host, len) == 0)
		return;
	maker_string(m, ", ");
	maker_text(m, host, len);
}

/* themas/open-standaarden → "Open standaarden" */
static void
add_slug_as_words(struct maker *m, const char *address)
{
	const char *slash = strrchr(address, '/');
	char *words = mem_strdup(slash ? slash + 1 : address);

	for (char *c = words; *c; c++)
		if (*c == '-')
			*c = ' ';
	if (words[0] >= 'a' && words[0] <= 'z')
		words[0] = (char)(words[0] - 'a' + 'A');
	maker_string(m, words);
	free(words);
}

/* Blanks at the ends of a [[ x ]] mean nothing. */
static bool
is_same_but_blanks(const char *label, const char *words)
{
	size_t n, len = strlen(words);

	label += strspn(label, " ");
	n = strlen(label);
	while (n && label[n - 1] == ' ')
		n--;
	return n == len && memcmp(label, words, n) == 0;
}

/* A [[x]] without a label of its own reads as the title of its page. */
static int
name_wiki_link(struct maker *m, const char *target)
{
	struct prose *p = maker_prose(m);
	struct buf address = BUF_INIT;
	struct buf plain = BUF_INIT;
	const char *title = NULL;

	filter_text(&plain, target + 2, strlen(target) - 4);
	if (is_same_but_blanks(p->text.ptr + m->label, plain.ptr) &&
	    reference_resolve(&address, page_of(m), target)) {
		prose_cut(p, m->label);
		if (m->wiki && m->wiki->title)
			title = find_title(m, address.ptr);
		if (title)
			maker_text(m, title,
				   utf8_fit(title, strlen(title), LABEL_MAX));
		else
			add_slug_as_words(m, address.ptr);
	}
	buf_release(&address);
	buf_release(&plain);
	return maker_spend(m, p->text.len - m->label);
}

/* For want of words: an image by the name of its file, a link as written. */
static void
add_target(struct maker *m, const struct layout_link *link)
{
	const char *slash = strrchr(link->target, '/');
	bool name = link->image && slash && slash[1];

	maker_string(m, name ? slash + 1 : link->target);
}

int
label_end(struct maker *m)
{
	struct prose *p = maker_prose(m);
	const struct layout_link *link;
	int stop = 0;

	/* md4c may also end a link that it never began: ![]([[)]] */
	if (m->links == 0 || --m->links > 0)
		return 0;
	link = lines_link(&m->lines, m->link);
	if (m->label_kind == LABEL_WIKI)
		stop = name_wiki_link(m, link->target);
	else if (p->text.len == m->label)
		add_target(m, link);
	lines_label_link(&m->lines, m->link, p->text.ptr + m->label,
			 p->text.len - m->label);
	if (link->outside)
		add_host(m, link->target);
	else if (link->missing)
		maker_string(m, "?");
	maker_string(m, "]");
	m->link = -1;
	return stop;
}
