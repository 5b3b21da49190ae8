/* verdict.c - see verdict.h. */
#include "wiki/verdict.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "wiki/call.h"

static const char *const names[FAULT_N] = {
	[FAULT_REF] = "ref",	     [FAULT_DELETE] = "delete",
	[FAULT_MERGE] = "merge",     [FAULT_ASIDE] = "aside",
	[FAULT_MOVED] = "moved",     [FAULT_MANY] = "many",
	[FAULT_LARGE] = "large",     [FAULT_LONG] = "long",
	[FAULT_AUTHOR] = "author",   [FAULT_COMMITTER] = "committer",
	[FAULT_NAME] = "name",	     [FAULT_MESSAGE] = "message",
	[FAULT_FUTURE] = "future",   [FAULT_ORDER] = "order",
	[FAULT_DAMAGED] = "damaged", [FAULT_PATH] = "path",
	[FAULT_GIT] = "git",	     [FAULT_LINK] = "link",
	[FAULT_MODULE] = "module",   [FAULT_PROGRAM] = "program",
	[FAULT_MODE] = "mode",	     [FAULT_FOLDER] = "folder",
	[FAULT_SIZE] = "size",	     [FAULT_TEXT] = "text",
	[FAULT_KIND] = "kind",	     [FAULT_BYTES] = "bytes",
	[FAULT_FIELDS] = "fields",   [FAULT_RIGHT] = "right",
	[FAULT_ALIAS] = "alias",     [FAULT_REMARK] = "remark",
	[FAULT_DIGEST] = "digest",   [FAULT_STAMP] = "stamp",
	[FAULT_TWIN] = "twin",	     [FAULT_THREAD] = "thread",
	[FAULT_STATE] = "state",     [FAULT_EMPTY] = "empty",
	[FAULT_ERASED] = "erased",   [FAULT_MUNICIPALITY] = "municipality",
};

const char *
fault_name(enum fault_rule rule)
{
	return names[rule];
}

enum fault_rule
fault_of(const char *name)
{
	int i;

	for (i = 0; i < FAULT_N; i++)
		if (name && strcmp(names[i], name) == 0)
			break;
	return (enum fault_rule)i;
}

void
verdict_init(struct verdict *v)
{
	memset(v, 0, sizeof(*v));
}

static void
free_fault(void *item)
{
	struct fault *f = item;

	free(f->path);
	free(f->detail);
	free(f);
}

void
verdict_release(struct verdict *v)
{
	vec_release(&v->faults, free_fault);
	v->more = false;
}

bool
verdict_is_fine(const struct verdict *v)
{
	return v->faults.len == 0;
}

bool
verdict_add(struct verdict *v, const struct fault *f)
{
	struct fault *copy;

	if (v->faults.len == VERDICT_MOST) {
		v->more = true;
		return false;
	}
	copy = mem_alloc(sizeof(*copy));
	*copy = *f;
	copy->path = f->path ? mem_strdup(f->path) : NULL;
	copy->detail = f->detail ? mem_strdup(f->detail) : NULL;
	vec_push(&v->faults, copy);
	return true;
}

static json_t *
describe_fault(const struct fault *f)
{
	return json_pack("{s:s, s:s, s:o, s:o, s:I, s:I}", "rule",
			 fault_name(f->rule), "commit", f->commit.hex, "path",
			 call_json_line(f->path), "detail",
			 call_json_line(f->detail), "number",
			 (json_int_t)f->number, "most", (json_int_t)f->most);
}

json_t *
verdict_json(const struct verdict *v)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < v->faults.len; i++)
		(void)json_array_append_new(list,
					    describe_fault(v->faults.items[i]));
	return json_pack("{s:o, s:b}", "faults", list, "more", v->more);
}
