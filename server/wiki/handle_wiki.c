/* handle_wiki.c - about the wiki as a whole. */
#include "wiki/handlers.h"

#include <stdlib.h>

#include "plein/vec.h"
#include "wiki/call.h"
#include "wiki/inspect.h"
#include "wiki/version.h"

int
handle_wiki_version(struct desk *d, struct call *c)
{
	c->result = json_pack("{s:s, s:i, s:s}", "program", PLEIN_VERSION,
			      "protocol", PROTOCOL_VERSION, "fingerprint",
			      d->host_fingerprint);
	return 0;
}

int
handle_wiki_check(struct desk *d, struct call *c)
{
	struct vec problems = VEC_INIT;
	json_t *list = json_array();
	size_t i;

	inspect_all(d, &problems);
	for (i = 0; i < problems.len; i++)
		(void)json_array_append_new(list,
					    call_json_line(problems.items[i]));
	vec_release(&problems, free);
	c->result = json_pack("{s:o}", "problems", list);
	return 0;
}
