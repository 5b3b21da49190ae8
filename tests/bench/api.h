/* api.h - `ssh host api`: the protocol over one connection. */
#ifndef PLEIN_BENCH_API_H
#define PLEIN_BENCH_API_H

#include <jansson.h>
#include <stdio.h>
#include <sys/types.h>

#include "fixture.h"

struct api {
	int to;
	FILE *lines;
	pid_t pid;
};

void
api_open(struct api *api, const struct fixture *f);

void
api_close(struct api *api);

/* The result, or NULL when it is an error; `params` is taken. */
json_t *
api_ask(struct api *api, const char *method, json_t *params_take);

#endif
