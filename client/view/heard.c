/* heard.c - see heard.h. */
#include "view/heard.h"

#include "base/sentence.h"

struct request
heard_open(const json_t *row)
{
	return request_show(SCREEN_PAGE, json_pack("{s:s}", "address",
						   args_text(row, "address")));
}

void
heard_kind(struct buf *out, const json_t *row)
{
	buf_printf(out, "%s, %s", sentence_kind(args_text(row, "kind")),
		   sentence_status(args_text(row, "status")));
}
