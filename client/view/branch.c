/* branch.c - see branch.h. */
#include "view/branch.h"

#include "base/sentence.h"
#include "plein/i18n.h"

const char *
branch_title(const struct tree_row *r)
{
	return r->title ? r->title : _("Other pages");
}

void
branch_name(const struct tree_row *r, struct buf *out)
{
	buf_str(out, branch_title(r));
	if (*r->status)
		buf_printf(out, ", %s", sentence_status(r->status));
	if (r->n_new) {
		buf_str(out, ", ");
		buf_printf(out, _("%zu new"), r->n_new);
	}
}

void
branch_tell(const struct tree_row *r, struct buf *out)
{
	branch_name(r, out);
	if (r->below)
		buf_printf(out,
			   ngettext(", %zu page below it",
				    ", %zu pages below it", r->below),
			   r->below);
}
