/* leaving.c - see leaving.h. */
#include "base/leaving.h"

#include "plein/i18n.h"

void
leaving_explain(struct buf *out)
{
	buf_printf(out, "%s\n%s\n%s",
		   _("This closes your profile for good. Your name, "
		     "municipality, keys, password, codes, drafts and what you "
		     "have read are removed, and all your sessions end."),
		   _("What you wrote stays, under your short name. Nobody else "
		     "can get that name."),
		   _("To keep a copy of all that is stored about you, first: "
		     "ssh <host> mydata"));
}
