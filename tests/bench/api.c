/* api.c - see api.h. */
#include "api.h"

#include <stdlib.h>

#include "plein/mem.h"

void
api_open(struct api *api, const struct fixture *f)
{
	dialog_api(&api->line, f, f->key);
}

void
api_close(struct api *api)
{
	(void)dialog_end(&api->line);
}

void
api_send(struct api *api, const char *method, json_t *params_take)
{
	dialog_ask(&api->line, 1, method, params_take);
}

json_t *
api_take(struct api *api)
{
	char *said = dialog_line(&api->line);
	json_t *answer = json_loads(said, 0, NULL), *result;

	if (!answer)
		die("no answer");
	result = json_incref(json_object_get(answer, "result"));
	json_decref(answer);
	free(said);
	return result;
}

int
api_fd(const struct api *api)
{
	return api->line.out;
}

json_t *
api_ask(struct api *api, const char *method, json_t *params_take)
{
	api_send(api, method, params_take);
	return api_take(api);
}
