/* erasure.c - see erasure.h. */
#include "wiki/erasure.h"

#include <fcntl.h>
#include <jansson.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "store/snap.h"
#include "wiki/renaming.h"
#include "wiki/tombstone.h"

#define FILE_MAX ((size_t)512 * 1024 * 1024)

void
erasure_init(struct erasure *e)
{
	memset(e, 0, sizeof(*e));
}

static void
forget_judged(void *item)
{
	free(item);
}

void
erasure_release(struct erasure *e)
{
	free(e->key);
	free(e->reason);
	free(e->who);
	free(e->words);
	free(e->version);
	free(e->address);
	free(e->becomes);
	vec_release(&e->scope, free);
	vec_release(&e->texts, free);
	vec_release(&e->commits, free);
	vec_release(&e->addresses, free);
	vec_release(&e->lines, free);
	tdestroy(e->judged, forget_judged);
	erasure_init(e);
}

/* --- files that were looked at ------------------------------------------ */

/* n: the number of its tombstone; 0: it stays. By file and, as the kind of
 * place decides too, whether it is a page. */
struct judged {
	struct repo_id blob;
	long n;
};

static int
compare_judged(const void *a, const void *b)
{
	const struct judged *x = a, *y = b;

	return strcmp(x->blob.hex, y->blob.hex);
}

static const struct judged *
find_judged(const struct erasure *e, const struct repo_id *blob)
{
	struct judged key = { .blob = *blob };
	struct judged **found = tfind(&key, &e->judged, compare_judged);

	return found ? *found : NULL;
}

static void
note_judged(struct erasure *e, const struct repo_id *blob, long n)
{
	struct judged *j = mem_alloc(sizeof(*j));

	j->blob = *blob;
	j->n = n;
	if (!tsearch(j, &e->judged, compare_judged))
		die("out of memory");
}

/* --- the rules ---------------------------------------------------------- */

static bool
is_folder(const char *path)
{
	size_t len = strlen(path);

	return len > 0 && path[len - 1] == '/';
}

bool
erasure_covers(const struct erasure *e, const char *path)
{
	size_t i;

	for (i = 0; i < e->scope.len; i++) {
		const char *s = e->scope.items[i];

		if (strcmp(s, path) == 0 ||
		    (is_folder(s) && strncmp(path, s, strlen(s)) == 0))
			return true;
	}
	return e->scope.len == 0;
}

static bool
enters(void *ctx, const char *folder)
{
	const struct erasure *e = ctx;
	size_t i, len = strlen(folder);

	for (i = 0; i < e->scope.len; i++) {
		const char *s = e->scope.items[i];

		if (strncmp(s, folder, len) == 0 ||
		    (is_folder(s) && strncmp(folder, s, strlen(s)) == 0))
			return true;
	}
	return e->scope.len == 0;
}

static void
note_address(struct erasure *e, const char *path)
{
	struct buf address = BUF_INIT;
	size_t i;

	if (path_kind_of(path) != PATH_PAGE)
		return;
	path_to_address(path, &address);
	for (i = 0; i < e->addresses.len; i++)
		if (strcmp(e->addresses.items[i], address.ptr) == 0)
			break;
	if (i == e->addresses.len)
		vec_push(&e->addresses, mem_strdup(address.ptr));
	buf_release(&address);
}

/* Those that say something, and show when they are still somewhere. */
static void
note_lines(struct erasure *e, const struct buf *text)
{
	const char *at = text->ptr, *end = at + text->len, *next;
	size_t len;

	for (; at < end && e->lines.len < ERASURE_LINES_MAX; at = next + 1) {
		next = memchr(at, '\n', (size_t)(end - at));
		next = next ? next : end;
		len = (size_t)(next - at);
		if (len >= ERASURE_LINE_MIN && !memchr(at, '\0', len))
			vec_push(&e->lines, mem_strndup(at, len));
	}
}

static void
note_text(struct erasure *e, const char *path, const struct repo_id *blob,
	  const struct buf *text)
{
	struct erasure_pair *pair = mem_alloc(sizeof(*pair));

	pair->old = *blob;
	pair->n = ++e->n;
	vec_push(&e->texts, pair);
	note_judged(e, blob, e->n);
	if (!e->words && !e->address && path_kind_of(path) != PATH_ATTACHMENT)
		note_lines(e, text);
}

/* As the page at this path names it; an attachment names nothing. */
static bool
swap_address(const struct erasure *e, const char *path, const char *text,
	     size_t len, struct buf *out)
{
	const struct renaming r = { e->address, e->becomes };
	enum path_kind kind = path ? path_kind_of(path) : PATH_BAD;
	struct buf from = BUF_INIT;
	bool other = false;

	if (kind == PATH_PAGE)
		path_to_address(path, &from);
	if (e->address && kind != PATH_ATTACHMENT)
		other = renaming_text(&r, from.len ? from.ptr : NULL, text, len,
				      out);
	buf_release(&from);
	return other;
}

bool
erasure_names(const struct erasure *e, const char *text, size_t len)
{
	struct buf out = BUF_INIT;
	bool other = swap_address(e, NULL, text, len, &out);

	buf_release(&out);
	return other;
}

/* A file that names the address gets another text; it is judged where it
 * lies, for its links go from there. */
static int
judge_names(struct erasure *e, const char *path, const struct repo_id *blob,
	    struct buf *text, struct err *err)
{
	struct buf was = BUF_INIT;
	int rc = snap_blob(e->repo, blob, &was, err);

	if (!rc && swap_address(e, path, was.ptr, was.len, text)) {
		if (!find_judged(e, blob))
			note_text(e, path, blob, &was);
		rc = 1;
	}
	buf_release(&was);
	return rc;
}

static bool
rename_entry(void *ctx, const char *folder, const char *name, bool is_folder,
	     struct buf *text)
{
	const struct erasure *e = ctx;
	const struct renaming r = { e->address, e->becomes };

	return e->address && renaming_entry(&r, folder, name, is_folder, text);
}

static bool
is_meant(const struct erasure *e, const struct repo_id *blob,
	 const struct buf *text)
{
	if (e->version && strcmp(e->version, blob->hex) != 0)
		return false;
	return !e->words ||
	       memmem(text->ptr, text->len, e->words, strlen(e->words));
}

static void
write_tombstone(const struct erasure *e, long n, const char *path,
		const struct buf *was, struct buf *out)
{
	const struct tombstone t = { e->reason, e->time, e->dutch };
	enum path_kind kind = path_kind_of(path);
	struct buf address = BUF_INIT;

	if (kind == PATH_PAGE)
		path_to_address(path, &address);
	if (e->words && kind != PATH_ATTACHMENT)
		tombstone_words(&t, n, e->words, was->ptr, was->len, out);
	else
		tombstone_file(&t, n, kind == PATH_PAGE ? address.ptr : NULL,
			       was->ptr, was->len, out);
	buf_release(&address);
}

static int
judge_file(void *ctx, const char *path, const struct repo_id *blob,
	   struct buf *text, struct err *err)
{
	struct erasure *e = ctx;
	const struct judged *known;
	struct buf was = BUF_INIT;
	int rc;

	if (e->address)
		return judge_names(e, path, blob, text, err);
	if (!erasure_covers(e, path) ||
	    ((known = find_judged(e, blob)) && known->n == 0))
		return 0;
	rc = snap_blob(e->repo, blob, &was, err);
	if (!rc && !known && is_meant(e, blob, &was))
		note_text(e, path, blob, &was);
	else if (!rc && !known)
		note_judged(e, blob, 0);
	known = find_judged(e, blob);
	if (!rc && known && known->n > 0) {
		note_address(e, path);
		write_tombstone(e, known->n, path, &was, text);
		rc = 1;
	}
	buf_release(&was);
	return rc;
}

static int
judge_message(void *ctx, const char *message, size_t len, struct buf *text,
	      struct err *err)
{
	const struct erasure *e = ctx;
	const struct tombstone t = { e->reason, e->time, e->dutch };

	(void)err;
	if (e->address)
		return swap_address(e, NULL, message, len, text);
	if (!e->words || !memmem(message, len, e->words, strlen(e->words)))
		return 0;
	tombstone_message(&t, e->words, message, len, text);
	return 1;
}

static int
note_became(void *ctx, const struct repo_id *old, const struct repo_id *now,
	    struct err *err)
{
	struct erasure *e = ctx;
	struct erasure_pair *pair = mem_alloc(sizeof(*pair));

	(void)err;
	pair->old = *old;
	pair->now = *now;
	vec_push(&e->commits, pair);
	return 0;
}

void
erasure_rules(struct erasure *e, struct rewrite_rules *rules)
{
	*rules = (struct rewrite_rules){
		e, enters, judge_file, judge_message, rename_entry, note_became
	};
}

/* --- as a file ---------------------------------------------------------- */

static json_t *
list_strings(const struct vec *v)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < v->len; i++) {
		json_t *text = json_string(v->items[i]);

		if (text) /* a line that is no UTF-8 is not looked for */
			(void)json_array_append_new(list, text);
	}
	return list;
}

static json_t *
list_pairs(const struct vec *v)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < v->len; i++) {
		const struct erasure_pair *p = v->items[i];

		(void)json_array_append_new(
			list, json_pack("[s,s,I]", p->old.hex, p->now.hex,
					(json_int_t)p->n));
	}
	return list;
}

int
erasure_write(const struct erasure *e, const char *dir, const char *name,
	      struct err *err)
{
	json_t *all = json_pack(
		"{s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:b, s:I, s:I, s:s, "
		"s:s, s:o, "
		"s:o, "
		"s:o, s:o, s:o}",
		"key", e->key, "reason", e->reason, "who", e->who, "words",
		e->words, "version", e->version, "address", e->address,
		"becomes", e->becomes, "dutch", (int)e->dutch, "time",
		(json_int_t)e->time, "n", (json_int_t)e->n, "from", e->from.hex,
		"to", e->to.hex, "scope", list_strings(&e->scope), "texts",
		list_pairs(&e->texts), "commits", list_pairs(&e->commits),
		"addresses", list_strings(&e->addresses), "lines",
		list_strings(&e->lines));
	char *text = all ? json_dumps(all, JSON_COMPACT) : NULL;
	int fd = fs_open_dir(dir, err), rc = fd < 0 ? fd : 0;

	if (!rc && !text)
		rc = err_set(err, PLEIN_ERULE, "what was given is no UTF-8");
	if (!rc)
		rc = fs_replace_at(fd, name, text, strlen(text), 0600, err);
	if (fd >= 0)
		(void)close(fd); /* a folder */
	free(text);
	json_decref(all);
	return rc;
}

static char *
take_text(const json_t *all, const char *name)
{
	const char *s = json_string_value(json_object_get(all, name));

	return s ? mem_strdup(s) : NULL;
}

static void
take_id(const json_t *value, struct repo_id *id)
{
	const char *s = json_string_value(value);

	(void)snprintf(id->hex, sizeof(id->hex), "%s", s ? s : "");
}

static void
take_strings(const json_t *list, struct vec *out)
{
	const json_t *value;
	size_t i;

	json_array_foreach(list, i, value)
	{
		if (json_is_string(value))
			vec_push(out, mem_strdup(json_string_value(value)));
	}
}

static void
take_pairs(const json_t *list, struct vec *out)
{
	const json_t *value;
	size_t i;

	json_array_foreach(list, i, value)
	{
		struct erasure_pair *p = mem_alloc(sizeof(*p));

		take_id(json_array_get(value, 0), &p->old);
		take_id(json_array_get(value, 1), &p->now);
		p->n = (long)json_integer_value(json_array_get(value, 2));
		vec_push(out, p);
	}
}

static int
take_all(struct erasure *e, const json_t *all, struct err *err)
{
	size_t i;

	e->key = take_text(all, "key");
	e->reason = take_text(all, "reason");
	e->who = take_text(all, "who");
	e->words = take_text(all, "words");
	e->version = take_text(all, "version");
	e->address = take_text(all, "address");
	e->becomes = take_text(all, "becomes");
	e->dutch = json_is_true(json_object_get(all, "dutch"));
	e->time = json_integer_value(json_object_get(all, "time"));
	e->n = (long)json_integer_value(json_object_get(all, "n"));
	take_id(json_object_get(all, "from"), &e->from);
	take_id(json_object_get(all, "to"), &e->to);
	take_strings(json_object_get(all, "scope"), &e->scope);
	take_pairs(json_object_get(all, "texts"), &e->texts);
	take_pairs(json_object_get(all, "commits"), &e->commits);
	take_strings(json_object_get(all, "addresses"), &e->addresses);
	take_strings(json_object_get(all, "lines"), &e->lines);
	for (i = 0; i < e->texts.len; i++) {
		const struct erasure_pair *p = e->texts.items[i];

		note_judged(e, &p->old, p->n);
	}
	if (!e->key || !e->reason || !e->who || !e->from.hex[0] ||
	    !e->to.hex[0])
		return err_set(err, PLEIN_ECORRUPT, "this is no erasure");
	return 0;
}

int
erasure_read(struct erasure *e, const char *file, struct err *err)
{
	struct buf text = BUF_INIT;
	json_t *all = NULL;
	int rc = fs_read_at(AT_FDCWD, file, &text, FILE_MAX, err);

	if (!rc) {
		all = json_loadb(text.ptr, text.len, 0, NULL);
		rc = take_all(e, all, err);
	}
	if (rc && rc != PLEIN_ENOTFOUND)
		err_prefix(err, "%s", file);
	json_decref(all);
	buf_release(&text);
	return rc;
}
