/* pagetext.c - see pagetext.h. */
#include "wiki/pagetext.h"

#include <stdio.h>

#include "store/snap.h"

int
pagetext_load(struct desk *d, const struct index_version *v, struct buf *text,
	      struct err *err)
{
	struct repo_id blob;
	int rc;

	if (!v || v->gone)
		return 0;
	rc = desk_need_repo(d, err);
	if (rc)
		return rc;
	(void)snprintf(blob.hex, sizeof(blob.hex), "%s", v->blob);
	rc = snap_blob(d->repo, &blob, text, err);
	if (rc == PLEIN_ENOTFOUND)
		rc = err_set(err, PLEIN_ECORRUPT, "version %ld is missing",
			     v->n);
	return rc;
}
