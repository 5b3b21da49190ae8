/* template.c - see template.h. */
#include "template.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plein/frontmatter.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "plein/path.h"

void
template_file_free(void *f)
{
	struct template_file *file = f;

	free(file->path);
	buf_release(&file->text);
	free(file);
}

static int
check_file(const struct template_file *f, struct err *err)
{
	enum path_kind kind = path_kind_of(f->path);
	int rc = 0;

	if (kind == PATH_BAD)
		rc = err_set(err, PLEIN_ERULE, "no name for a file of a wiki");
	else if (kind == PATH_PAGE)
		rc = page_check(f->text.ptr, f->text.len, err);
	if (rc)
		err_prefix(err, "%s", f->path);
	return rc;
}

static int
add_file(struct vec *files, int top, const char *path, struct err *err)
{
	struct template_file *f = mem_alloc(sizeof(*f));
	int rc;

	f->path = mem_strdup(path);
	buf_init(&f->text);
	vec_push(files, f);
	rc = fs_read_at(top, path, &f->text, TEMPLATE_FILE_MAX, err);
	return rc ? rc : check_file(f, err);
}

static int
add_folder(struct vec *files, int top, const char *path, struct err *err);

static int
add_entry(struct vec *files, int top, const char *path, struct err *err)
{
	struct stat st;

	if (fstatat(top, path, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return err_set_errno(err, errno, "%s", path);
	if (S_ISREG(st.st_mode))
		return add_file(files, top, path, err);
	if (S_ISDIR(st.st_mode))
		return add_folder(files, top, path, err);
	return err_set(err, PLEIN_ERULE, "%s is neither file nor folder", path);
}

/* `path` is "" for the top itself. */
static int
add_folder(struct vec *files, int top, const char *path, struct err *err)
{
	struct vec names = VEC_INIT;
	struct buf below = BUF_INIT;
	size_t i;
	int rc;

	if (strlen(path) > PATH_MAX_LEN)
		return err_set(err, PLEIN_ERULE, "%s is too deep", path);
	rc = fs_list_at(top, path[0] ? path : ".", &names, err);
	for (i = 0; i < names.len && !rc; i++) {
		if (strcmp(names.items[i], ".git") == 0)
			continue;
		buf_reset(&below);
		buf_printf(&below, "%s%s%s", path, path[0] ? "/" : "",
			   (char *)names.items[i]);
		rc = add_entry(files, top, below.ptr, err);
	}
	buf_release(&below);
	vec_release(&names, free);
	return rc;
}

int
template_read(struct vec *files, const char *dir, struct err *err)
{
	int top = fs_open_dir(dir, err), rc;

	if (top < 0)
		return top;
	rc = add_folder(files, top, "", err);
	(void)close(top); /* only read */
	if (!rc && files->len == 0)
		rc = err_set(err, PLEIN_ERULE, "%s is empty", dir);
	return rc;
}

void
template_default(struct vec *files, const char *title)
{
	struct template_file *f = mem_alloc(sizeof(*f));

	f->path = mem_strdup("index.md");
	buf_init(&f->text);
	frontmatter_make(&f->text, title, "start", NULL);
	buf_str(&f->text, "Welkom in deze wiki.\n");
	vec_push(files, f);
}

void
template_nothing(struct vec *files)
{
	struct template_file *f = mem_alloc(sizeof(*f));

	f->path = mem_strdup("bronnen.yml");
	buf_init(&f->text);
	buf_str(&f->text, "# bronnen\n");
	f->when = 1;
	vec_push(files, f);
}
