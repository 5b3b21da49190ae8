/* describe.c - see describe.h. */
#include "wiki/describe.h"

#include "wiki/call.h"

void
describe_line(json_t *row, const char *key, const char *value)
{
	(void)json_object_set_new(row, key, call_json_line(value));
}

void
describe_number(json_t *row, const char *key, int64_t value)
{
	(void)json_object_set_new(row, key, json_integer(value));
}

json_t *
describe_page(const struct page_info *info)
{
	json_t *row = json_object();

	describe_line(row, "address", info->address);
	describe_line(row, "title", info->title);
	describe_line(row, "kind", info->kind);
	describe_line(row, "status", info->status);
	describe_line(row, "state", info->state);
	return row;
}

json_t *
describe_version(const struct index_version *v)
{
	json_t *row = json_object();

	describe_number(row, "version", v->n);
	describe_line(row, "address", v->address);
	describe_line(row, "commit", v->commit);
	describe_line(row, "author", v->author);
	describe_line(row, "handle", v->handle);
	describe_number(row, "time", v->when);
	describe_line(row, "note", v->note);
	(void)json_object_set_new(row, "gone", json_boolean(v->gone));
	return row;
}

void
describe_rows(struct call *c, json_t *rows_take)
{
	c->result = json_object();
	(void)json_object_set_new(c->result, "rows", rows_take);
}
