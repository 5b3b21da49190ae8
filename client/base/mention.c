/* mention.c - see mention.h. */
#include "base/mention.h"

#include "plein/i18n.h"

void
mention_tell_unknown(struct buf *out, const json_t *names)
{
	struct buf list = BUF_INIT;
	const json_t *name;
	size_t i;

	json_array_foreach(names, i, name)
	{
		buf_printf(&list, "%s@%s", i ? ", " : "",
			   json_string_value(name));
	}
	if (list.len && out->len)
		buf_char(out, ' ');
	if (list.len)
		buf_printf(out, _("Nobody here is called %s."), list.ptr);
	buf_release(&list);
}
