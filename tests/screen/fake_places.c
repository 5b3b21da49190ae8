/*
 * fake_places.c - where pages are, and whether: made, moved, deleted and put
 * back. It really happens, so that screens show what became of it.
 */
#include "fake_impl.h"

#include <string.h>

#include "plein/mem.h"

static struct reply
answer_version(const char *address, int version)
{
	return answer(json_pack("{s:s, s:i}", "address", address, "version",
				version));
}

/* The text is read anew: under this address, with what is in it now. */
static void
settle(struct fake_page *p, const char *address)
{
	char *copy = mem_strdup(address);

	page_info_release(&p->info);
	page_info_init(&p->info);
	page_info_read(&p->info, copy, p->text.ptr, p->text.len);
	p->version++;
	free(copy);
}

/* --- fields --- */

/* The line of this key, or where the fields end. */
static char *
find_field(const struct buf *text, const char *key)
{
	char *line = text->ptr + strlen("---\n");
	size_t len = strlen(key);

	while (strncmp(line, "---\n", 4) != 0) {
		if (strncmp(line, key, len) == 0 && line[len] == ':')
			return line;
		line = strchr(line, '\n') + 1;
	}
	return line;
}

static void
set_field(struct buf *text, const char *key, const char *value)
{
	char *line = find_field(text, key);
	size_t at = (size_t)(line - text->ptr);
	struct buf field = BUF_INIT;

	if (strncmp(line, "---\n", 4) != 0)
		buf_erase(text, at, strcspn(line, "\n") + 1);
	buf_printf(&field, "%s: %s\n", key, value);
	if (*value)
		buf_insert(text, at, field.ptr, field.len);
	buf_release(&field);
}

/* --- pages --- */

struct reply
fake_page_create(struct fake *f, const json_t *params)
{
	const char *address = param(params, "address");
	const char *kind = param(params, "kind"),
		   *title = param(params, "title");
	const struct fake_page *there = fake_find_page(f, address);
	struct fake_page *p;
	struct reply r = refuse(PLEIN_EEXISTS);

	if (there) {
		r.args = json_pack("{s:s, s:i, s:s}", "address", address,
				   "version", there->version, "title",
				   there->info.title);
		return r;
	}
	p = mem_alloc(sizeof(*p));
	buf_init(&p->text);
	buf_init(&p->before);
	buf_printf(&p->text,
		   "---\ntitel: \"%s\"\ntype: %s\nstatus: concept\n---\n",
		   title, kind);
	page_info_init(&p->info);
	settle(p, address);
	vec_push(&f->pages, p);
	return answer_version(address, 1);
}

struct reply
fake_page_rename(struct fake *f, const json_t *params)
{
	struct fake_page *p = fake_find_page(f, param(params, "address"));
	const char *to = param(params, "to");
	struct buf alias = BUF_INIT;
	struct reply r;

	if (!p)
		return refuse(PLEIN_ENOTFOUND);
	if (fake_find_page(f, to) && fake_find_page(f, to) != p)
		return refuse(PLEIN_EEXISTS);
	r = answer_version(to, p->version + 1);
	json_object_set_new(r.result, "from", json_string(p->info.address));
	buf_printf(&alias, "[%s]", p->info.address);
	set_field(&p->text, "aliassen", alias.ptr);
	settle(p, to);
	buf_release(&alias);
	return r;
}

struct reply
fake_page_delete(struct fake *f, const json_t *params)
{
	struct fake_page *p = fake_find_page(f, param(params, "address"));
	struct reply r = refuse(PLEIN_ERULE);
	size_t i = 0;

	if (!p)
		return refuse(PLEIN_ENOTFOUND);
	if (strcmp(p->info.address, "index") == 0) {
		r.args = json_pack("{s:s}", "rule", "start");
		return r;
	}
	while (f->pages.items[i] != p)
		i++;
	p->version++;
	vec_push(&f->gone, vec_remove(&f->pages, i));
	return answer_version(p->info.address, p->version);
}

/* One page was deleted before the test, in version 2. */
struct reply
fake_page_restore(struct fake *f, const json_t *params)
{
	const char *address = param(params, "address");

	if (fake_find_page(f, address))
		return refuse(PLEIN_EEXISTS);
	for (size_t i = 0; i < f->gone.len; i++) {
		struct fake_page *p = f->gone.items[i];

		if (strcmp(p->info.address, address) != 0)
			continue;
		vec_push(&f->pages, vec_remove(&f->gone, i));
		return answer_version(address, ++p->version);
	}
	return strcmp(address, "themas/weg") == 0 ? answer_version(address, 3)
						  : refuse(PLEIN_ENOTFOUND);
}

struct reply
fake_page_set(struct fake *f, const json_t *params)
{
	struct fake_page *p = fake_find_page(f, param(params, "address"));
	char *fields = mem_strdup(param(params, "fields")), *rest = NULL, *line;

	if (!p) {
		free(fields);
		return refuse(PLEIN_ENOTFOUND);
	}
	for (line = strtok_r(fields, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		char *equals = strchr(line, '=');

		*equals = '\0';
		set_field(&p->text, line, equals + 1);
	}
	settle(p, p->info.address);
	free(fields);
	return answer_version(p->info.address, p->version);
}
