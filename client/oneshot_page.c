/* oneshot_page.c - see oneshot_page.h. */
#include "oneshot_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/path.h"

/* --- what stands behind the @ --- */

static bool
is_commit(const char *s)
{
	return strlen(s) == 40 && strspn(s, "0123456789abcdef") == 40;
}

static bool
is_version(const char *s)
{
	size_t len = strlen(s);

	return len > 0 && len < 10 && strspn(s, "0123456789") == len &&
	       strspn(s, "0") < len; /* the oldest is 1 */
}

/* Cut `@14`, `@commit`, `@2026-02-01` or `@vorige-vergadering` off the name;
 * anything else belongs to it. */
static int
split_version(struct oneshot *o, struct buf *name, struct page_name *p)
{
	char *at = strrchr(name->ptr, '@');
	int exit_code = EXIT_DONE;

	if (!at)
		return EXIT_DONE;
	if (is_version(at + 1))
		p->version = strtol(at + 1, NULL, 10);
	else if (is_commit(at + 1))
		(void)snprintf(p->commit, sizeof(p->commit), "%s", at + 1);
	else if (when_is_last_meeting(at + 1))
		exit_code = oneshot_meeting_end(o, at + 1, &p->at);
	else if (!when_parse_end(at + 1, &p->at))
		return EXIT_DONE;
	buf_erase(name, (size_t)(at - name->ptr),
		  name->len - (size_t)(at - name->ptr));
	return exit_code;
}

/* --- the page --- */

/* No page of now has this name; one that was deleted may have had it. */
static int
take_address(struct oneshot *o, const char *name, struct page_name *p)
{
	struct buf path = BUF_INIT;
	bool good = path_from_address(name, &path, NULL) == 0;

	buf_release(&path);
	if (!good)
		return oneshot_fail(o, PLEIN_ENOTFOUND, NULL, NULL);
	p->address = mem_strdup(name);
	return EXIT_DONE;
}

static void
take_found(struct oneshot *o, const char *name, const json_t *found,
	   struct page_name *p)
{
	const char *address =
		json_string_value(json_object_get(found, "address"));

	p->address = mem_strdup(address ? address : name);
	if (json_is_true(json_object_get(found, "moved")))
		oneshot_remark(o, _("Redirected from %s."), name);
}

static int
resolve_name(struct oneshot *o, const char *name, struct page_name *p)
{
	struct err err = ERR_INIT;
	struct rpc_msg m;
	int rc = oneshot_call(o, "page.resolve",
			      json_pack("{s:s}", "name", name), &m, &err);
	int exit_code = EXIT_DONE;

	if (rc == PLEIN_ENOTFOUND)
		exit_code = take_address(o, name, p);
	else if (rc)
		exit_code =
			oneshot_fail(o, rc == PLEIN_EUNKNOWN ? PLEIN_EBUSY : rc,
				     err.msg, m.args);
	else
		take_found(o, name, m.result, p);
	rpc_msg_release(&m);
	return exit_code;
}

int
oneshot_page(struct oneshot *o, struct page_name *p)
{
	struct buf name = BUF_INIT;
	int exit_code;

	memset(p, 0, sizeof(*p));
	words_join(&o->words, &name);
	exit_code = split_version(o, &name, p);
	if (!exit_code && name.len)
		exit_code = resolve_name(o, name.ptr, p);
	else if (!exit_code)
		exit_code = oneshot_misuse(o, _("Which page?"));
	buf_release(&name);
	return exit_code;
}

bool
oneshot_names_all(const struct oneshot *o)
{
	const struct vec *args = &o->words.args;

	return args->len == 0 ||
	       (args->len == 1 && *(const char *)args->items[0] == '@');
}

int
oneshot_page_or_all(struct oneshot *o, struct page_name *p)
{
	memset(p, 0, sizeof(*p));
	return oneshot_names_all(o) ? oneshot_take_moment(o, &p->at)
				    : oneshot_page(o, p);
}

int
oneshot_take_moment(struct oneshot *o, int64_t *at)
{
	struct vec *args = &o->words.args;
	struct page_name p = { 0 };
	struct buf name = BUF_INIT;
	int exit_code;

	*at = 0;
	if (args->len == 0)
		return EXIT_DONE;
	buf_str(&name, args->items[args->len - 1]);
	if (!strchr(name.ptr, '@')) {
		buf_release(&name);
		return EXIT_DONE;
	}
	exit_code = split_version(o, &name, &p);
	if (!exit_code && !p.at)
		exit_code = oneshot_misuse(o, _("A date belongs behind @, "
						"such as @2026-02-01."));
	*at = p.at;
	free(vec_remove(args, args->len - 1));
	if (name.len)
		vec_push(args, mem_strdup(name.ptr));
	buf_release(&name);
	return exit_code;
}

int
oneshot_page_of_now(struct oneshot *o, struct page_name *p)
{
	int exit_code = oneshot_page(o, p);

	if (!exit_code && (p->version || *p->commit || p->at))
		exit_code = oneshot_misuse(o, _("Only the page itself, without "
						"@ and a version."));
	return exit_code;
}

json_t *
oneshot_page_params(const struct page_name *p)
{
	json_t *params = json_pack("{s:s*}", "address", p->address);

	if (p->version)
		(void)json_object_set_new(params, "version",
					  json_integer(p->version));
	if (*p->commit)
		(void)json_object_set_new(params, "commit",
					  json_string(p->commit));
	if (p->at)
		(void)json_object_set_new(params, "at", json_integer(p->at));
	return params;
}

int
oneshot_page_read(struct oneshot *o, const struct page_name *p, json_t **page)
{
	struct err err = ERR_INIT;
	struct rpc_msg m;
	int rc = oneshot_call(o, "page.read", oneshot_page_params(p), &m, &err);
	int exit_code = EXIT_DONE;

	*page = NULL;
	if (rc == PLEIN_EUNKNOWN)
		rc = PLEIN_EBUSY;
	if (rc == PLEIN_ENOTFOUND && p->at)
		exit_code = oneshot_tell(
			o, rc, _("This page did not exist at that moment."));
	else if (rc)
		exit_code = oneshot_fail(o, rc, err.msg, m.args);
	else
		*page = json_incref(m.result);
	rpc_msg_release(&m);
	return exit_code;
}

/* --- versions as words --- */

json_int_t
oneshot_take_version(struct oneshot *o)
{
	struct vec *args = &o->words.args;
	const char *last = args->len > 1 ? args->items[args->len - 1] : "";
	json_int_t version;

	if (!is_version(last))
		return 0;
	version = strtol(last, NULL, 10);
	free(vec_remove(args, args->len - 1));
	return version;
}
