/*
 * handle_setting.c - plein.conf by the protocol. The file is the person's:
 * it is read anew for each question, and of it only one line is written.
 */
#include <fcntl.h>
#include <string.h>

#include "plein/fs.h"
#include "plein/policy.h"
#include "wiki/call.h"
#include "wiki/handlers.h"
#include "wiki/rows.h"

#define CONF_MAX (64UL * 1024)
#define CONF_MODE 0600
#define VALUE_MAX 1024

/* What gives a single administrator more than another left them. */
#define SECOND "tweede_beheerder"

static int
read_file(struct buf *text, struct conf *conf, struct err *err)
{
	int rc = fs_read_at(AT_FDCWD, DATA_CONF, text, CONF_MAX, err);

	return rc ? rc : conf_parse(conf, text->ptr, err);
}

/* --- telling -------------------------------------------------------------- */

static json_t *
describe_choices(const char *const *choices)
{
	json_t *values = json_array();

	for (; choices && *choices; choices++)
		(void)json_array_append_new(values, json_string(*choices));
	return values;
}

static bool
is_for_host(const char *name)
{
	return strcmp(name, SECOND) == 0;
}

static void
add_setting(json_t *rows, const struct conf_setting *s)
{
	(void)json_array_append_new(
		rows,
		json_pack("{s:s, s:o, s:s, s:s, s:o, s:s}", "setting", s->name,
			  "value", call_json_line(s->value), "normal",
			  s->normal, "means", s->means, "values",
			  describe_choices(s->choices), "change",
			  is_for_host(s->name) ? "host" : "now"));
}

/* Of those that stand there several times all are told in one row. */
static void
add_repeated(json_t *rows, const char *name, const struct vec *values,
	     const char *means, const char *change)
{
	struct buf all = BUF_INIT;

	for (size_t i = 0; i < values->len; i++)
		buf_printf(&all, "%s%s", i ? ", " : "",
			   (const char *)values->items[i]);
	(void)json_array_append_new(
		rows, json_pack("{s:s, s:s, s:s, s:s, s:o, s:s}", "setting",
				name, "value", all.len ? all.ptr : "", "normal",
				"", "means", means, "values", json_array(),
				"change", change));
	buf_release(&all);
}

static int
handle_list(struct desk *d, struct call *c)
{
	struct buf text = BUF_INIT;
	struct conf_setting s;
	struct conf conf;
	json_t *rows = json_array();
	int rc;

	(void)d;
	conf_init(&conf);
	rc = read_file(&text, &conf, &c->err);
	for (size_t i = 0; !rc && conf_setting(&conf, i, &s); i++)
		add_setting(rows, &s);
	add_repeated(rows, "uitgezonderd", &conf.exempt, conf_exempt_means,
		     "host");
	add_repeated(rows, "luister", &conf.listen, conf_listen_means, "start");
	if (rc)
		json_decref(rows);
	else
		c->result = json_pack("{s:o}", "rows", rows);
	conf_release(&conf);
	buf_release(&text);
	return rc;
}

/* --- changing -------------------------------------------------------------- */

static int
need_place(const struct call *c, const char *name, struct err *err)
{
	if (strcmp(name, "luister") == 0 || strcmp(name, "uitgezonderd") == 0)
		return err_rule(err, PLEIN_ERULE, "setting-file", 0,
				"%s is changed in plein.conf itself", name);
	if (is_for_host(name) && c->caller->role != ROLE_HOST)
		return err_rule(err, PLEIN_ERULE, "setting-host", 0,
				"%s is changed on the host", name);
	return 0;
}

static int
write_change(const struct call *c, const char *text, struct err *err)
{
	struct buf fresh = BUF_INIT;
	int rc = conf_change(text, call_text(c, "setting"),
			     call_text(c, "value"), &fresh, err);

	if (!rc && strcmp(fresh.ptr, text) == 0)
		rc = err_set(err, PLEIN_ESAME, "it is that already");
	if (!rc)
		rc = fs_replace_at(AT_FDCWD, DATA_CONF, fresh.ptr, fresh.len,
				   CONF_MODE, err);
	buf_release(&fresh);
	return rc;
}

/* A file that cannot be read as it is now is for the host to mend. */
static int
handle_set(struct desk *d, struct call *c)
{
	const char *name = call_text(c, "setting");
	struct buf text = BUF_INIT;
	struct conf conf;
	int rc;

	(void)d;
	conf_init(&conf);
	rc = need_place(c, name, &c->err);
	if (!rc)
		rc = read_file(&text, &conf, &c->err);
	if (!rc)
		rc = write_change(c, text.ptr, &c->err);
	if (!rc) {
		c->reloads = true;
		c->result = json_pack("{s:s, s:s}", "setting", name, "value",
				      call_text(c, "value"));
	}
	conf_release(&conf);
	buf_release(&text);
	return rc;
}

/* --- the rows --------------------------------------------------------------- */

static const struct param no_params[] = { PARAMS_END };

static const struct param set_params[] = {
	{ "setting", PARAM_TEXT, true, 64, "as setting.list has it" },
	{ "value", PARAM_TEXT, true, VALUE_MAX, "one line" },
	PARAMS_END,
};

const struct method setting_rows[] = {
	{ "setting.list", RIGHT_ADMIN, PLACE_READER, no_params,
	  "Lists the settings as plein.conf has them now.",
	  "{rows: [{setting, value, normal, means, values, change}]}: normal "
	  "is the value when the file is silent, means a line in English, "
	  "values all it may be where they are few; change is now, host (only "
	  "on the host) or start (there too, and from the next start on)",
	  "rule io", handle_list },
	{ "setting.set", RIGHT_ADMIN, PLACE_WRITER, set_params,
	  "Changes one line of plein.conf and lets all processes read it "
	  "anew; comments and other lines stay. What cannot be is refused by "
	  "line and column.",
	  "{setting, value}", "not-found same rule busy no-space io corrupt",
	  handle_set },
	ROWS_END,
};
