/* page.c - the fields that lists, tree and rules need; see page.h. */
#include "plein/page.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/frontmatter.h"
#include "plein/mem.h"
#include "plein/path.h"

#define LIST_MAX 100 /* parents or aliases of one page */
#define FIELD_MAX 300 /* bytes of a value; longer ones are cut */

/* How its pages are filed. */
enum filing { PLAIN, BY_DAY, BY_YEAR };

static const struct kind {
	const char *folder, *kind;
	enum filing filing;
} kinds[] = {
	{ "agendas", "agenda", PLAIN },
	{ "doelstellingen", "doelstelling", PLAIN },
	{ "hoofdonderwerpen", "hoofdonderwerp", PLAIN },
	{ "themas", "thema", PLAIN },
	{ "vraagstukken", "vraagstuk", PLAIN },
	{ "ontwikkelingen", "ontwikkeling", PLAIN },
	{ "standpunten", "standpunt", PLAIN },
	{ "reflecties", "reflectie", BY_DAY },
	{ "besluiten", "besluit", BY_DAY },
	{ "vergaderingen", "vergadering", BY_YEAR },
	{ "organisaties", "organisatie", PLAIN },
	{ "begrippen", "begrip", PLAIN },
	{ "hulp", "hulp", PLAIN },
	{ "sjablonen", "sjabloon", PLAIN },
	{ "voortgang", "voortgang", PLAIN },
	{ "", "start", PLAIN },
};

#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

const char *
page_kind_of_folder(const char *folder)
{
	size_t i;

	for (i = 0; i < N_KINDS; i++)
		if (strcmp(kinds[i].folder, folder) == 0)
			return kinds[i].kind;
	return NULL;
}

/* NULL: there is none such. */
static const struct kind *
find_kind(const char *kind)
{
	size_t i;

	for (i = 0; i < N_KINDS; i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return &kinds[i];
	return NULL;
}

const char *
page_folder_of_kind(const char *kind)
{
	const struct kind *k = find_kind(kind);

	return k ? k->folder : NULL;
}

void
page_propose_address(struct buf *out, const char *kind, const char *day,
		     const char *title)
{
	const struct kind *k = find_kind(kind);
	struct buf slug = BUF_INIT;

	if (k)
		buf_printf(out, "%s/", k->folder);
	if (k && k->filing != PLAIN && day[0])
		buf_printf(&slug, "%s ", day);
	if (slug.len > 0 && k->filing == BY_YEAR)
		buf_printf(out, "%.4s/", day);
	buf_str(&slug, title);
	slug_from_title(out, slug.ptr);
	buf_release(&slug);
}

bool
page_day_of_address(const char *address, char out[DAYTEXT_LEN + 1])
{
	const char *slash = strrchr(address, '/');
	const char *name = slash ? slash + 1 : address;
	size_t digits = strspn(name, "0123456789-");

	out[0] = '\0';
	/* "2026-03-19-commissie", or the day alone */
	return digits >= DAYTEXT_LEN &&
	       (name[DAYTEXT_LEN] == '-' || name[DAYTEXT_LEN] == '\0') &&
	       daytext_read(name, DAYTEXT_LEN, out);
}

void
page_info_init(struct page_info *p)
{
	memset(p, 0, sizeof(*p));
}

void
page_info_release(struct page_info *p)
{
	free(p->address);
	free(p->title);
	free(p->kind);
	free(p->status);
	free(p->state);
	vec_release(&p->parents, free);
	vec_release(&p->aliases, free);
	page_info_init(p);
}

static char *
copy_text(const char *s)
{
	return s ? mem_strdup(s) : NULL;
}

static void
copy_texts(struct vec *to, const struct vec *from)
{
	size_t i;

	for (i = 0; i < from->len; i++)
		vec_push(to, mem_strdup(from->items[i]));
}

void
page_info_copy(struct page_info *to, const struct page_info *from)
{
	to->address = copy_text(from->address);
	to->title = copy_text(from->title);
	to->kind = copy_text(from->kind);
	to->status = copy_text(from->status);
	to->state = copy_text(from->state);
	to->order = from->order;
	copy_texts(&to->parents, &from->parents);
	copy_texts(&to->aliases, &from->aliases);
	to->body = from->body;
}

static char *
kind_from_folder(const char *address)
{
	const char *slash = strchr(address, '/');
	char *folder =
		mem_strndup(address, slash ? (size_t)(slash - address) : 0);
	const char *kind = page_kind_of_folder(folder);

	free(folder);
	return mem_strdup(kind ? kind : "pagina");
}

/* One line of at most FIELD_MAX bytes, so that lists stay lists. */
static char *
copy_line(const char *s, size_t len)
{
	char *line, *p;

	if (len > FIELD_MAX)
		for (len = FIELD_MAX; len > 0 && (s[len] & 0xc0) == 0x80;)
			len--;
	line = mem_strndup(s, len);
	for (p = line; *p; p++)
		if (*p == '\n' || *p == '\r' || *p == '\t')
			*p = ' ';
	return line;
}

/* The text of the first line `# …`, or NULL. */
static char *
first_heading(const char *s, size_t len)
{
	const char *end = s + len, *eol;

	for (; s < end; s = eol < end ? eol + 1 : end) {
		eol = memchr(s, '\n', (size_t)(end - s));
		eol = eol ? eol : end;
		if (eol - s <= 2 || memcmp(s, "# ", 2) != 0)
			continue;
		for (s += 2; s < eol && *s == ' '; s++)
			;
		while (eol > s && (eol[-1] == '\r' || eol[-1] == ' '))
			eol--;
		return copy_line(s, (size_t)(eol - s));
	}
	return NULL;
}

static char *
title_without_field(const char *address, const char *body, size_t len)
{
	char *heading = first_heading(body, len);
	const char *slash = strrchr(address, '/');

	if (heading && *heading)
		return heading;
	free(heading);
	return mem_strdup(slash ? slash + 1 : address);
}

static bool
has_text(const struct vec *v, const char *s)
{
	size_t i;

	for (i = 0; i < v->len; i++)
		if (strcmp(v->items[i], s) == 0)
			return true;
	return false;
}

/* Addresses of a list field, each once; what is none is left out. */
static void
take_addresses(struct vec *out, const struct frontmatter *fm, const char *key)
{
	struct buf path = BUF_INIT, address = BUF_INIT;
	const char *item;
	size_t i;

	for (i = 0; i < LIST_MAX && (item = frontmatter_item(fm, key, i));
	     i++) {
		buf_reset(&path);
		buf_reset(&address);
		if (path_from_address(item, &path, NULL) < 0)
			continue;
		path_to_address(path.ptr, &address);
		if (!has_text(out, address.ptr))
			vec_push(out, mem_strdup(address.ptr));
	}
	buf_release(&path);
	buf_release(&address);
}

static char *
copy_field(const struct frontmatter *fm, const char *key)
{
	const char *value = frontmatter_text(fm, key);

	return value && *value ? copy_line(value, strlen(value)) : NULL;
}

void
page_info_read(struct page_info *p, const char *address, const char *text,
	       size_t len)
{
	struct frontmatter *fm;
	const char *order;

	(void)frontmatter_parse(&fm, text, len, NULL); /* then no fields */
	p->address = mem_strdup(address);
	p->body = frontmatter_body(fm);
	p->title = copy_field(fm, "titel");
	if (!p->title)
		p->title = title_without_field(address, text + p->body,
					       len - p->body);
	p->kind = copy_field(fm, "type");
	if (!p->kind)
		p->kind = kind_from_folder(address);
	p->status = copy_field(fm, "status");
	if (!p->status)
		p->status = mem_strdup("concept");
	p->state = copy_field(fm, "stand");
	order = frontmatter_text(fm, "volgorde");
	p->order = order ? strtol(order, NULL, 10) : 0;
	take_addresses(&p->parents, fm, "hoort_bij");
	take_addresses(&p->aliases, fm, "aliassen");
	frontmatter_free(fm);
}

static size_t
line_of(const char *text, size_t pos)
{
	size_t line = 1, i;

	for (i = 0; i < pos; i++)
		line += text[i] == '\n';
	return line;
}

int
page_check(const char *text, size_t len, struct err *err)
{
	struct frontmatter *fm;
	size_t at;
	int r;

	if (len > PAGE_MAX)
		return err_set(err, PLEIN_ETOOBIG,
			       "the page is %zu kB, at most %d kB",
			       (len + 1023) / 1024, PAGE_MAX / 1024);
	if (!filter_accepts(text, len, &at))
		return err_rule(err, PLEIN_ERULE, "character",
				(long)line_of(text, at),
				"a character in line %zu cannot be stored",
				line_of(text, at));
	r = frontmatter_parse(&fm, text, len, err);
	frontmatter_free(fm);
	return r;
}
