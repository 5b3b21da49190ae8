/* fake_client.h - a client of libssh, for those who test a connection. */
#ifndef PLEIN_TEST_FAKE_CLIENT_H
#define PLEIN_TEST_FAKE_CLIENT_H

#include "fakes.h"

static inline ssh_session
client_new(const struct house *house, const char *user)
{
	const bool no = false;
	const int port = house->port;
	const long patience = PATIENCE_MS / 1000;
	ssh_session s = ssh_new();

	assert_non_null(s);
	(void)ssh_options_set(s, SSH_OPTIONS_PROCESS_CONFIG, &no);
	(void)ssh_options_set(s, SSH_OPTIONS_HOST, "127.0.0.1");
	(void)ssh_options_set(s, SSH_OPTIONS_PORT, &port);
	(void)ssh_options_set(s, SSH_OPTIONS_USER, user);
	(void)ssh_options_set(s, SSH_OPTIONS_SSH_DIR, house->path);
	(void)ssh_options_set(s, SSH_OPTIONS_KNOWNHOSTS, "/dev/null");
	(void)ssh_options_set(s, SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null");
	(void)ssh_options_set(s, SSH_OPTIONS_TIMEOUT, &patience);
	return s;
}

static inline ssh_session
client_connect(const struct house *house, const char *user)
{
	ssh_session s = client_new(house, user);

	if (ssh_connect(s) != SSH_OK)
		fail_msg("connect: %s", ssh_get_error(s));
	return s;
}

static inline ssh_session
client_login(const struct house *house)
{
	ssh_session s = client_connect(house, "tester");

	assert_int_equal(ssh_userauth_publickey(s, NULL, house->known),
			 SSH_AUTH_SUCCESS);
	return s;
}

static inline ssh_channel
client_open(ssh_session s)
{
	ssh_channel ch = ssh_channel_new(s);

	assert_non_null(ch);
	if (ssh_channel_open_session(ch) != SSH_OK)
		fail_msg("channel: %s", ssh_get_error(s));
	return ch;
}

static inline void
client_close(ssh_session s)
{
	ssh_disconnect(s);
	ssh_free(s);
}

/* All of one stream until its end; release it. */
static inline struct buf
client_read(ssh_channel ch, int is_stderr)
{
	struct buf out = BUF_INIT;
	int n;

	while ((n = ssh_channel_read_timeout(ch, buf_room(&out, 8192), 8192,
					     is_stderr, PATIENCE_MS)) > 0)
		out.len += (size_t)n;
	out.ptr[out.len] = '\0';
	return out;
}

static inline ssh_key
client_key(void)
{
	ssh_key key = NULL;

	assert_int_equal(ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key),
			 SSH_OK);
	return key;
}

/* A plain TCP connection. */
static inline int
client_socket(const struct house *house)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_port = htons(house->port),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	return fd;
}

/* Read until the other side hangs up. */
static inline bool
client_sees_end(int fd)
{
	const int64_t deadline = clock_mono_ms() + PATIENCE_MS;
	struct pollfd p = { fd, POLLIN, 0 };
	char bytes[4096];

	while (clock_mono_ms() < deadline)
		if (poll(&p, 1, 1000) > 0 &&
		    read(fd, bytes, sizeof(bytes)) <= 0)
			return true;
	return false;
}

#define WITH_HOUSE(test) \
	cmocka_unit_test_setup_teardown(test, house_setup, house_teardown)

#endif
