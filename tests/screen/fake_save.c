/* fake_save.c - saving a page, and what its note makes of that: fake_wiki.h. */
#include "fake_impl.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

static struct reply
store(struct fake_page *p, const json_t *params)
{
	const char *text = param(params, "text");
	char *address = mem_strdup(p->info.address);

	buf_reset(&p->text);
	buf_str(&p->text, text);
	page_info_release(&p->info);
	page_info_init(&p->info);
	page_info_read(&p->info, address, text, strlen(text));
	free(address);
	return answer(json_pack("{s:i}", "version", ++p->version));
}

static struct reply
conflict(const struct fake_page *p, bool gone)
{
	struct reply r = refuse(PLEIN_ECONFLICT);

	r.args = json_pack("{s:i, s:s, s:s, s:b, s:[{}, {}]}", "version",
			   p->before.len ? p->version : p->version + 1,
			   "handle", "griffie.waterdam", "name", "Gert Griffie",
			   "gone", gone, "regions");
	return r;
}

/* A page that was deleted in version 2, before the test. */
static struct reply
conflict_gone(void)
{
	struct reply r = refuse(PLEIN_ECONFLICT);

	r.args = json_pack("{s:i, s:s, s:s, s:b, s:[]}", "version", 2, "handle",
			   "griffie.waterdam", "name", "Gert Griffie", "gone",
			   1, "regions");
	return r;
}

/* A colleague saved meanwhile, elsewhere in the page. */
static struct reply
store_joined(struct fake_page *p, const json_t *params)
{
	struct reply r;

	p->version++;
	r = store(p, params);
	(void)json_object_set_new(r.result, "joined", json_true());
	(void)json_object_set_new(r.result, "with",
				  json_pack("[{s:i, s:s, s:s}]", "version",
					    p->version - 1, "handle",
					    "griffie.waterdam", "name",
					    "Gert Griffie"));
	return r;
}

/* The first time such a request comes; the second time it is saved. */
static bool
loses_answer(struct fake *f, const json_t *params)
{
	const char *request = param(params, "request");

	if (f->lost && strcmp(f->lost, request) == 0)
		return false;
	free(f->lost);
	f->lost = mem_strdup(request);
	return true;
}

/* A colleague was first, once. */
static bool
collides(struct fake_page *p, const char *note)
{
	if (strcmp(note, "clash") != 0 || p->before.len)
		return false;
	fake_collide(p);
	return true;
}

struct reply
fake_page_save(struct fake *f, const json_t *params)
{
	struct fake_page *p = fake_find_page(f, param(params, "address"));
	const char *note = param(params, "note");

	if (!p && strcmp(param(params, "address"), "themas/weg") == 0)
		return conflict_gone();
	if (!p)
		return refuse(PLEIN_ENOTFOUND);
	if (strcmp(note, "full") == 0)
		return refuse(PLEIN_ENOSPACE);
	if (collides(p, note) || strcmp(note, "conflict") == 0 ||
	    json_integer_value(json_object_get(params, "base")) != p->version)
		return conflict(p, false);
	if (strcmp(note, "deleted") == 0 && loses_answer(f, params))
		return conflict(p, true);
	if (strcmp(note, "joined") == 0)
		return store_joined(p, params);
	if ((strcmp(note, "lost") == 0 || strcmp(note, "doubt") == 0) &&
	    loses_answer(f, params))
		return refuse(PLEIN_EUNKNOWN);
	if ((strcmp(note, "die") == 0 && loses_answer(f, params)) ||
	    strcmp(note, "gone") == 0)
		return refuse(PLEIN_ECLOSED);
	(void)fake_drop_draft(f, p->info.address);
	return store(p, params);
}
