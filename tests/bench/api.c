/* api.c - see api.h. */
#include "api.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/rpc.h"

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

char *
api_hear(struct api *api)
{
	return dialog_line(&api->line);
}

json_t *
api_read(char *line_take)
{
	struct rpc_msg answer;
	json_t *result;
	int code;

	if (rpc_parse(&answer, line_take, strlen(line_take), &code, NULL) < 0)
		die("no answer");
	result = json_incref(answer.result);
	rpc_msg_release(&answer);
	free(line_take);
	return result;
}

json_t *
api_take(struct api *api)
{
	return api_read(api_hear(api));
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
