/* applying.c - see applying.h. */
#include "base/applying.h"

#include <string.h>

const char *
applying_about(const json_t *args)
{
	static const struct {
		const char *rule, *about;
	} rules[] = {
		{ "name", "name" },
		{ "handle", "handle" },
		{ "handle-taken", "handle" },
		{ "handle-like", "handle" },
		{ "organisation", "organisation" },
		{ "reason", "reason" },
		{ "invite", "code" },
		{ "setting", "view" },
		{ "password-short", "password" },
		{ "password-long", "password" },
	};
	const char *rule = json_string_value(json_object_get(args, "rule"));

	for (size_t i = 0; rule && i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strcmp(rules[i].rule, rule) == 0)
			return rules[i].about;
	return NULL;
}
