/* scan.c - see scan.h. libgit2's own backends, which can list. */
#include "store/scan.h"

#include <stdlib.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "store/libgit.h"

struct scan {
	git_odb *odb;
	int (*each)(void *ctx, const struct scan_object *o);
	void *ctx;
	struct err *err;
	int rc;
};

int
scan_open(struct scan **out, const char *path, struct err *err)
{
	struct scan *s = mem_alloc(sizeof(*s));
	struct buf objects = BUF_INIT;
	int rc;

	libgit_start();
	buf_printf(&objects, "%s/objects", path);
	rc = git_odb_open(&s->odb, objects.ptr);
	buf_release(&objects);
	if (rc == 0) {
		*out = s;
		return 0;
	}
	free(s);
	*out = NULL;
	return libgit_fail(err, rc, "%s", path);
}

void
scan_close(struct scan *s)
{
	if (!s)
		return;
	git_odb_free(s->odb);
	free(s);
}

bool
scan_has(struct scan *s, const struct repo_id *id)
{
	git_oid oid;

	return libgit_oid(&oid, id, NULL) == 0 && git_odb_exists(s->odb, &oid);
}

static int
scan_one(const git_oid *oid, void *ctx)
{
	struct scan *s = ctx;
	git_odb_object *object = NULL;
	struct scan_object o;

	s->rc = git_odb_read(&object, s->odb, oid);
	if (s->rc != 0) {
		s->rc = libgit_fail(s->err, s->rc, "reading an object");
		return 1; /* stops */
	}
	libgit_id(&o.id, oid);
	o.is_file = git_odb_object_type(object) == GIT_OBJECT_BLOB;
	o.data = git_odb_object_data(object);
	o.len = git_odb_object_size(object);
	s->rc = s->each(s->ctx, &o);
	git_odb_object_free(object);
	return s->rc != 0;
}

int
scan_all(struct scan *s, int (*each)(void *ctx, const struct scan_object *o),
	 void *ctx, struct err *err)
{
	int rc;

	s->each = each;
	s->ctx = ctx;
	s->err = err;
	s->rc = 0;
	rc = git_odb_foreach(s->odb, scan_one, s);
	if (s->rc)
		return s->rc;
	return rc == 0 ? 0 : libgit_fail(err, rc, "listing the objects");
}
