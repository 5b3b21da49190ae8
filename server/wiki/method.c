/* method.c - see method.h. The rows are in rows.c. */
#include "wiki/method.h"

#include <string.h>

#include "plein/rpc.h"
#include "wiki/rows.h"

const struct method *
method_row(size_t i)
{
	const struct method *const *group;
	const struct method *m;

	for (group = method_groups; *group; group++)
		for (m = *group; m->name; m++)
			if (i-- == 0)
				return m;
	return NULL;
}

const struct method *
method_find(const char *name)
{
	const struct method *const *group;
	const struct method *m;

	for (group = method_groups; *group; group++)
		for (m = *group; m->name; m++)
			if (strcmp(m->name, name) == 0)
				return m;
	return NULL;
}

static const struct param *
find_param(const struct method *m, const char *name)
{
	const struct param *p;

	for (p = m->params; p->name; p++)
		if (strcmp(p->name, name) == 0)
			return p;
	return NULL;
}

static int
check_text(const struct param *p, const json_t *value, struct err *err)
{
	size_t len = json_string_length(value);

	if (!json_is_string(value))
		return err_set(err, RPC_PARAMS, "%s must be a text", p->name);
	if (len > p->max)
		return err_rule(err, PLEIN_ETOOBIG, p->name, (long)p->max,
				"%s: %zu bytes, at most %zu allowed", p->name,
				len, p->max);
	if (strlen(json_string_value(value)) != len)
		return err_set(err, RPC_PARAMS, "%s holds a NUL", p->name);
	return 0;
}

static int
check_number(const struct param *p, const json_t *value, struct err *err)
{
	json_int_t n = json_integer_value(value);

	if (!json_is_integer(value) || n < 0 || (size_t)n > p->max)
		return err_set(err, RPC_PARAMS,
			       "%s must be a whole number from 0 to %zu",
			       p->name, p->max);
	return 0;
}

static int
check_value(const struct param *p, const json_t *value, struct err *err)
{
	if (p->type == PARAM_TEXT)
		return check_text(p, value, err);
	if (p->type == PARAM_NUMBER)
		return check_number(p, value, err);
	if (!json_is_boolean(value))
		return err_set(err, RPC_PARAMS, "%s must be true or false",
			       p->name);
	return 0;
}

static int
check_params(const struct method *m, json_t *params, struct err *err)
{
	const struct param *p;
	const char *name;
	json_t *value;
	int rc;

	json_object_foreach(params, name, value)
	{
		p = find_param(m, name);
		if (!p)
			return err_set(err, RPC_PARAMS,
				       "%s takes no such parameter", m->name);
		rc = check_value(p, value, err);
		if (rc)
			return rc;
	}
	for (p = m->params; p->name; p++)
		if (p->required && !json_object_get(params, p->name))
			return err_set(err, RPC_PARAMS, "%s is missing",
				       p->name);
	return 0;
}

int
method_check(const struct method *m, const struct caller *who, json_t *params,
	     struct err *err)
{
	if (!caller_may(who, m->right))
		return err_set(err, PLEIN_EDENIED, "%s needs the right %s",
			       m->name, right_name(m->right));
	if (params && !json_is_object(params))
		return err_set(err, RPC_PARAMS, "params must be an object");
	return check_params(m, params, err);
}
