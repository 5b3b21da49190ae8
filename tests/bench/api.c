/* api.c - see api.h. */
#include "api.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plein/mem.h"

static void
become_ssh(const struct fixture *f, int in, int out)
{
	const char *const extra[] = { "-T", "127.0.0.1", "api", NULL };
	const char *argv[FIXTURE_ARGS];

	(void)fixture_ssh_argv(f, f->key, extra, argv);
	if (dup2(in, 0) == 0 && dup2(out, 1) == 1)
		(void)execvp(argv[0], (char *const *)argv);
	_exit(127);
}

void
api_open(struct api *api, const struct fixture *f)
{
	int in[2], out[2];

	/* No program started later holds the end that tells of the end. */
	if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0)
		die("pipe");
	api->pid = fork();
	if (api->pid == 0) {
		(void)close(in[1]);
		(void)close(out[0]);
		become_ssh(f, in[0], out[1]);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	api->to = in[1];
	api->lines = fdopen(out[0], "r");
	if (!api->lines)
		die("fdopen");
}

void
api_close(struct api *api)
{
	int status;

	(void)close(api->to);
	(void)fclose(api->lines);
	(void)waitpid(api->pid, &status, 0);
}

void
api_send(struct api *api, const char *method, json_t *params_take)
{
	json_t *m = json_pack("{s:s, s:i, s:s, s:o}", "jsonrpc", "2.0", "id", 1,
			      "method", method, "params", params_take);
	char *line = json_dumps(m, JSON_COMPACT);

	if (dprintf(api->to, "%s\n", line) < 0)
		die("%s: not asked", method);
	json_decref(m);
	free(line);
}

json_t *
api_take(struct api *api)
{
	json_t *answer, *result;
	char *said = NULL;
	size_t size = 0;

	if (getline(&said, &size, api->lines) < 0)
		die("no answer");
	answer = json_loads(said, 0, NULL);
	result = json_incref(json_object_get(answer, "result"));
	json_decref(answer);
	free(said);
	return result;
}

int
api_fd(const struct api *api)
{
	return fileno(api->lines);
}

json_t *
api_ask(struct api *api, const char *method, json_t *params_take)
{
	api_send(api, method, params_take);
	return api_take(api);
}
