/* heard.c - see heard.h. */
#include "view/heard.h"

#include "base/sentence.h"
#include "view/talk.h"

struct request
heard_open(const json_t *row)
{
	const char *remark = args_text(row, "remark");

	return talk_open(row, *remark ? remark : NULL);
}

void
heard_kind(struct buf *out, const json_t *row)
{
	buf_printf(out, "%s, %s", sentence_kind(args_text(row, "kind")),
		   sentence_status(args_text(row, "status")));
}
