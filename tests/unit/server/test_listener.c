/* Listening sockets on loopback. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "listener.h"

static void
open_on(struct listener *l, const char *at)
{
	struct address a;

	assert_int_equal(address_parse(&a, at, NULL), 0);
	assert_int_equal(listener_open(l, &a, NULL), 0);
}

static int
call_it(const struct listener *l)
{
	int fd = socket(l->at.sa.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(
		connect(fd, (const struct sockaddr *)&l->at.sa, l->at.len), 0);
	return fd;
}

static void
wait_for_caller(const struct listener *l)
{
	struct pollfd p = { .fd = l->fd, .events = POLLIN };

	assert_int_equal(poll(&p, 1, 5000), 1);
}

static void
test_listener__port_0_becomes_a_real_one(void **state)
{
	struct listener l;
	struct address from;
	char host[ADDRESS_TEXT];
	int reserve = listener_reserve(), fd, caller;

	(void)state;
	open_on(&l, "127.0.0.1:0");
	assert_true(address_port(&l.at) > 0);
	assert_int_equal(listener_accept(&l, &from, &reserve, NULL),
			 PLEIN_EBUSY);
	caller = call_it(&l);
	wait_for_caller(&l);
	fd = listener_accept(&l, &from, &reserve, NULL);
	assert_true(fd >= 0);
	address_host(&from, host);
	assert_string_equal(host, "127.0.0.1");
	(void)close(fd);
	(void)close(caller);
	(void)close(reserve);
	listener_close(&l);
	listener_close(&l);
	assert_int_equal(l.fd, -1);
}

static void
test_listener__one_port_serves_both_families(void **state)
{
	struct listener v4, v6;
	char text[32];
	int fd = socket(AF_INET6, SOCK_STREAM, 0);
	struct address any;

	(void)state;
	assert_int_equal(address_parse(&any, "[::1]:0", NULL), 0);
	/* A machine may have no IPv6 at all: nothing to promise then. */
	if (fd < 0 || bind(fd, (struct sockaddr *)&any.sa, any.len) < 0) {
		if (fd >= 0)
			(void)close(fd);
		skip();
	}
	(void)close(fd);
	open_on(&v4, "0.0.0.0:0");
	(void)snprintf(text, sizeof(text), "[::]:%d", address_port(&v4.at));
	open_on(&v6, text);
	listener_close(&v4);
	listener_close(&v6);
}

static void
test_listener__a_taken_port_is_named(void **state)
{
	struct listener first, second;
	struct err err = ERR_INIT;
	struct buf text = BUF_INIT;

	(void)state;
	open_on(&first, "127.0.0.1:0");
	assert_int_equal(listener_open(&second, &first.at, &err), PLEIN_EIO);
	address_format(&first.at, &text);
	assert_non_null(strstr(err.msg, text.ptr));
	assert_int_equal(second.fd, -1);
	buf_release(&text);
	listener_close(&first);
}

static void
test_listener__without_descriptors_it_hangs_up(void **state)
{
	struct listener l;
	struct rlimit old, few;
	struct address from;
	int reserve = listener_reserve(), caller, rc;
	char c;

	(void)state;
	open_on(&l, "127.0.0.1:0");
	caller = call_it(&l);
	wait_for_caller(&l);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	few = old;
	few.rlim_cur = (rlim_t)caller + 1;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	rc = listener_accept(&l, &from, &reserve, NULL);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_int_equal(rc, PLEIN_EIO);
	assert_true(reserve >= 0);
	assert_int_equal(read(caller, &c, 1), 0);
	(void)close(caller);
	(void)close(reserve);
	listener_close(&l);
}

/* As systemd starts a process: descriptors from 3 on, and variables. */
static int
adopt_in_child(int fd, int n, int of_whom)
{
	struct listener l[2];
	char pid[16], many[16];
	int status, rc;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		(void)snprintf(pid, sizeof(pid), "%d", (int)getpid() + of_whom);
		(void)snprintf(many, sizeof(many), "%d", n);
		(void)setenv("LISTEN_PID", pid, 1);
		(void)setenv("LISTEN_FDS", many, 1);
		(void)setenv("LISTEN_FDNAMES", "pleind.socket", 1);
		if (fd < 0)
			(void)close(3);
		else if (fd != 3 && dup2(fd, 3) < 0)
			_exit(100);
		rc = listener_adopt(l, 2, NULL);
		if (getenv("LISTEN_PID") || getenv("LISTEN_FDS") ||
		    getenv("LISTEN_FDNAMES"))
			_exit(101); /* our children would think it theirs */
		if (rc == 1 && (address_port(&l[0].at) == 0 || l[0].fd != 3 ||
				fcntl(3, F_GETFD) != FD_CLOEXEC ||
				!(fcntl(3, F_GETFL) & O_NONBLOCK)))
			_exit(102);
		_exit(rc < 0 ? 50 - rc : rc);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WEXITSTATUS(status);
}

static void
test_listener__adopts_what_systemd_opened(void **state)
{
	struct listener l;
	int plain = socket(AF_INET, SOCK_STREAM, 0);
	int local = socket(AF_UNIX, SOCK_STREAM, 0);
	struct sockaddr_un any = { .sun_family = AF_UNIX };

	(void)state;
	open_on(&l, "127.0.0.1:0");
	assert_int_equal(fcntl(l.fd, F_SETFL, O_RDWR), 0);
	assert_int_equal(adopt_in_child(l.fd, 1, 0), 1);
	assert_int_equal(adopt_in_child(l.fd, 0, 0), 0);
	assert_int_equal(adopt_in_child(l.fd, 1, 1), 0); /* of another */
	assert_int_equal(adopt_in_child(l.fd, 3, 0), 50 - PLEIN_ERULE);
	assert_int_equal(adopt_in_child(plain, 1, 0), 50 - PLEIN_ERULE);
	assert_int_equal(adopt_in_child(-1, 1, 0), 50 - PLEIN_ERULE);
	assert_int_equal(
		bind(local, (const struct sockaddr *)&any, sizeof(sa_family_t)),
		0); /* a name of the kernel's choice, no file */
	assert_int_equal(listen(local, 1), 0);
	assert_int_equal(adopt_in_child(local, 1, 0), 50 - PLEIN_ERULE);
	(void)close(plain);
	(void)close(local);
	listener_close(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_listener__port_0_becomes_a_real_one),
		cmocka_unit_test(test_listener__one_port_serves_both_families),
		cmocka_unit_test(test_listener__a_taken_port_is_named),
		cmocka_unit_test(
			test_listener__without_descriptors_it_hangs_up),
		cmocka_unit_test(test_listener__adopts_what_systemd_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
