/* api.h - `ssh host api`: the protocol over one connection. */
#ifndef PLEIN_BENCH_API_H
#define PLEIN_BENCH_API_H

#include <jansson.h>

#include "dialog.h"
#include "fixture.h"

struct api {
	struct dialog line;
};

void
api_open(struct api *api, const struct fixture *f);

void
api_close(struct api *api);

/* The result, or NULL when it is an error; `params` is taken. */
json_t *
api_ask(struct api *api, const char *method, json_t *params_take);

/* The two halves of it: with several connections, ask all and then listen. */
void
api_send(struct api *api, const char *method, json_t *params_take);

json_t *
api_take(struct api *api);

/* The two halves of the latter: a clock may stop when all bytes are there, and
 * reading them is ours. */
char *
api_hear(struct api *api);

json_t *
api_read(char *line_take);

/* Readable when the answer is coming. */
int
api_fd(const struct api *api);

#endif
