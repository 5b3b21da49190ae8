/* sshd in the foreground, with a configuration of its own. */
#include "peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plein/clock.h"
#include "plein/mem.h"

int
peer_free_port(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, len) < 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &len) < 0)
		die("no free port");
	(void)close(fd);
	return ntohs(a.sin_port);
}

static void
write_config(const struct peer *p, const char *lines, const char *path)
{
	FILE *out = fopen(path, "we");

	if (!out)
		die("%s", path);
	(void)fprintf(out,
		      "ListenAddress 127.0.0.1\nPort %s\nHostKey %s/sshd_key\n"
		      "AuthorizedKeysFile %s.pub\nStrictModes no\nUsePAM no\n"
		      "KexAlgorithms curve25519-sha256\nPidFile none\n"
		      "Ciphers chacha20-poly1305@openssh.com\n"
		      "MaxStartups 1000\nMaxSessions 1000\nPrintMotd no\n"
		      "PrintLastLog no\nPermitRootLogin yes\n",
		      p->as.port, p->as.dir, p->as.key);
	(void)fprintf(out, "%s", lines ? lines : "");
	if (fclose(out) != 0)
		die("%s", path);
}

void
peer_await_port(int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	int64_t deadline = clock_mono_ms() + 10000;
	int fd, r;

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	a.sin_port = htons((uint16_t)port);
	do {
		fd = socket(AF_INET, SOCK_STREAM, 0);
		r = connect(fd, (struct sockaddr *)&a, sizeof(a));
		(void)close(fd);
	} while (r < 0 && clock_mono_ms() < deadline);
	if (r < 0)
		die("nobody answers on port %d", port);
}

void
peer_start(struct peer *p, const struct fixture *f, const char *lines)
{
	char config[96], key[80];
	int port = peer_free_port();

	memset(p, 0, sizeof(*p));
	p->as = *f;
	fixture_make_key(&p->as, "sshd_key", key);
	(void)snprintf(p->as.port, sizeof(p->as.port), "%d", port);
	(void)snprintf(config, sizeof(config), "%s/sshd_config", f->dir);
	write_config(p, lines, config);
	(void)mkdir("/run/sshd", 0755);
	p->pid = fork();
	if (p->pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
		execl("/usr/sbin/sshd", "/usr/sbin/sshd", "-D", "-q", "-f",
		      config, (char *)NULL);
		_exit(127);
	}
	peer_await_port(port);
}

void
peer_stop(struct peer *p)
{
	int status;

	(void)kill(p->pid, SIGTERM);
	(void)waitpid(p->pid, &status, 0);
}
