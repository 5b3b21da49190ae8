/* fossil.c - see fossil.h. It forks for each request and closes after it. */
#include "fossil.h"

#include <arpa/inet.h>
#include <jansson.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "peer.h"
#include "plein/buf.h"
#include "plein/mem.h"
#include "prose.h"
#include "shell.h"

#define TRIES 1000

static int
dial(int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	a.sin_port = htons((uint16_t)port);
	if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof(a)) < 0)
		die("fossil does not answer");
	return fd;
}

/* What it does not believe to come from its own pages it does not write. */
static void
post(const struct fossil *x, const char *path, const char *body,
     struct buf *answer)
{
	struct buf request = BUF_INIT;
	int fd = dial(x->port);
	ssize_t n;

	buf_printf(&request,
		   "POST %s HTTP/1.0\r\nHost: 127.0.0.1:%d\r\n"
		   "Referer: http://127.0.0.1:%d/\r\n"
		   "Content-Type: application/json\r\n"
		   "Content-Length: %zu\r\n\r\n%s",
		   path, x->port, x->port, strlen(body), body);
	if (write(fd, request.ptr, request.len) != (ssize_t)request.len)
		die("fossil hung up");
	while ((n = read(fd, buf_room(answer, 4096), 4096)) > 0)
		answer->len += (size_t)n;
	(void)buf_room(answer, 1);
	answer->ptr[answer->len] = '\0';
	(void)close(fd);
	buf_release(&request);
}

/* Its answer names the version only when there is one. */
static int
write_page(const struct fossil *x, const char *path, int page, int revision)
{
	struct buf text = BUF_INIT, answer = BUF_INIT;
	char name[24], *body;
	int refused = 0;
	json_t *m;

	(void)snprintf(name, sizeof(name), "Pagina-%d", page);
	prose_page(&text, page, revision, PROSE_LINES);
	m = json_pack("{s:{s:s, s:s, s:s}}", "payload", "name", name, "content",
		      text.ptr, "mimetype", "text/x-markdown");
	body = json_dumps(m, JSON_COMPACT);
	for (; refused < TRIES; refused++) {
		buf_reset(&answer);
		post(x, path, body, &answer);
		if (strstr(answer.ptr, "\"uuid\""))
			break;
	}
	if (refused == TRIES)
		die("fossil: %s", answer.ptr);
	json_decref(m);
	free(body);
	buf_release(&text);
	buf_release(&answer);
	return refused;
}

int
fossil_save(const struct fossil *x, int page, int revision)
{
	return write_page(x, "/json/wiki/save", page, revision);
}

static void
become_fossil(const struct fossil *x)
{
	char port[16];

	(void)snprintf(port, sizeof(port), "%d", x->port);
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (chdir(x->dir) == 0 && freopen("log", "w", stdout) &&
	    setenv("HOME", x->dir, 1) == 0)
		execlp("fossil", "fossil", "server", "wiki.fossil", "--port",
		       port, "--localhost", "--localauth", "--nojail",
		       (char *)NULL);
	_exit(127);
}

void
fossil_start(struct fossil *x, const char *dir)
{
	(void)snprintf(x->dir, sizeof(x->dir), "%s/fossil", dir);
	if (mkdir(x->dir, 0700) < 0)
		die("%s", x->dir);
	shell_run(x->dir, "HOME=$PWD fossil init --admin-user bench "
			  "wiki.fossil >/dev/null");
	x->port = peer_free_port();
	x->pid = fork();
	if (x->pid == 0)
		become_fossil(x);
	peer_await_port(x->port);
	for (int i = 0; i < FOSSIL_PAGES; i++)
		(void)write_page(x, "/json/wiki/create", i, 0);
}

void
fossil_stop(struct fossil *x)
{
	int status;

	(void)kill(x->pid, SIGTERM);
	(void)waitpid(x->pid, &status, 0);
}
