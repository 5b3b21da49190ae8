/*
 * Client, relay and server take turns; nobody blocks, so one thread is
 * enough. The relay does not need to know the protocol: it falsifies the
 * first bytes that the client sends after both sides say that keys were
 * exchanged, and that is one encrypted packet.
 */
#include "ssh/warmup.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libssh/callbacks.h>
#include <libssh/libssh.h>
#include <libssh/server.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "ssh/serving.h"

#define GCM "aes256-gcm@openssh.com"
#define CHACHA "chacha20-poly1305@openssh.com"
#define DEADLINE_MS 10000
#define POLL_MS 10

/* Two socket pairs; [0] is ours, [1] belongs to a session. */
struct warmup {
	ssh_session client, server;
	ssh_event events; /* of the server, once keys are exchanged */
	ssh_key person; /* signs in */
	int to_client[2], to_server[2];
	bool client_ready, server_ready;
	bool tamper; /* still to be done */
	bool asked; /* the server took the first encrypted packet */
	bool proven; /* and, much later, a signature */
	bool failed; /* the server ended the connection */
	int64_t deadline;
};

static void
close_fd(int fd)
{
	if (fd >= 0)
		(void)close(fd);
}

static int
open_pair(int fds[2], struct err *err)
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0,
		       fds) == 0)
		return 0;
	fds[0] = fds[1] = -1;
	return err_set_errno(err, errno, "socketpair");
}

static int
set_client_options(ssh_session s, const char *cipher, const int *fd)
{
	const bool no = false;
	const char *nowhere = "/dev/null";
	int rc = ssh_options_set(s, SSH_OPTIONS_PROCESS_CONFIG, &no);

	rc |= ssh_options_set(s, SSH_OPTIONS_HOST, "localhost");
	rc |= ssh_options_set(s, SSH_OPTIONS_USER, "plein");
	rc |= ssh_options_set(s, SSH_OPTIONS_SSH_DIR, "/");
	rc |= ssh_options_set(s, SSH_OPTIONS_KNOWNHOSTS, nowhere);
	rc |= ssh_options_set(s, SSH_OPTIONS_GLOBAL_KNOWNHOSTS, nowhere);
	rc |= ssh_options_set(s, SSH_OPTIONS_CIPHERS_C_S, cipher);
	rc |= ssh_options_set(s, SSH_OPTIONS_CIPHERS_S_C, cipher);
	rc |= ssh_options_set(s, SSH_OPTIONS_FD, fd);
	return rc;
}

static int
start_client(struct warmup *w, const char *cipher, struct err *err)
{
	w->client = ssh_new();
	if (w->client == NULL)
		die("out of memory");
	if (set_client_options(w->client, cipher, &w->to_client[1]) != 0)
		return err_set(err, PLEIN_ERULE, "warm-up: %s",
			       ssh_get_error(w->client));
	w->to_client[1] = -1; /* the session's */
	ssh_set_blocking(w->client, 0);
	return 0;
}

static int
start_server(struct warmup *w, const struct hostkey *k, struct err *err)
{
	int fd = w->to_server[1];

	w->to_server[1] = -1;
	return serving_new(&w->server, k, fd, err);
}

static int
accept_service(ssh_session session, const char *service, void *data)
{
	(void)session;
	(void)service;
	((struct warmup *)data)->asked = true;
	return 0;
}

static int
accept_key(ssh_session session, const char *user, ssh_key key, char state,
	   void *data)
{
	(void)session;
	(void)user;
	(void)key;
	if (state == SSH_PUBLICKEY_STATE_VALID)
		((struct warmup *)data)->proven = true;
	return SSH_AUTH_SUCCESS;
}

/* Copy what is there; 1 when something was. */
static int
relay(int from, int to, bool *tamper)
{
	char bytes[4096];
	ssize_t n = recv(from, bytes, sizeof(bytes), MSG_DONTWAIT);

	if (n <= 0)
		return 0;
	if (*tamper) {
		bytes[n - 1] = (char)(bytes[n - 1] ^ 1);
		*tamper = false;
	}
	return send(to, bytes, (size_t)n, MSG_NOSIGNAL) == n;
}

static bool
is_over(ssh_session s)
{
	return (ssh_get_status(s) & (SSH_CLOSED | SSH_CLOSED_ERROR)) != 0 ||
	       ssh_get_fd(s) < 0;
}

static int
step_client(struct warmup *w, struct err *err)
{
	int rc = ssh_connect(w->client);

	w->client_ready = rc == SSH_OK;
	if (rc == SSH_ERROR)
		return err_set(err, PLEIN_EPROTO, "warm-up, client: %s",
			       ssh_get_error(w->client));
	return 0;
}

static int
step_server(struct warmup *w, struct err *err)
{
	int rc = ssh_handle_key_exchange(w->server);

	w->server_ready = rc == SSH_OK;
	if (rc == SSH_ERROR)
		return err_set(err, PLEIN_EPROTO, "warm-up, server: %s",
			       ssh_get_error(w->server));
	return 0;
}

static int
rest(struct warmup *w, struct err *err)
{
	struct pollfd fds[2] = { { w->to_client[0], POLLIN, 0 },
				 { w->to_server[0], POLLIN, 0 } };

	if (clock_mono_ms() > w->deadline)
		return err_set(err, PLEIN_EIO, "warm-up: took too long");
	(void)poll(fds, 2, POLL_MS);
	return 0;
}

static int
relay_both(struct warmup *w, bool tamper_now, struct err *err)
{
	bool no = false;
	int moved = relay(w->to_client[0], w->to_server[0],
			  tamper_now ? &w->tamper : &no) +
		    relay(w->to_server[0], w->to_client[0], &no);

	return moved > 0 ? 0 : rest(w, err);
}

static int
exchange_keys(struct warmup *w, struct err *err)
{
	int rc = 0;

	while (rc == 0 && !(w->client_ready && w->server_ready)) {
		if (!w->client_ready)
			rc = step_client(w, err);
		if (rc == 0 && !w->server_ready)
			rc = step_server(w, err);
		if (rc == 0)
			rc = relay_both(w, false, err);
	}
	return rc;
}

/* The client signs in until the server said what it thinks of it. */
static int
sign_in(struct warmup *w, bool tamper, struct err *err)
{
	int rc = 0;

	while (rc == 0 && !w->proven && !w->failed && !(tamper && w->asked)) {
		(void)ssh_userauth_publickey(w->client, NULL, w->person);
		rc = relay_both(w, true, err);
		(void)ssh_event_dopoll(w->events, 0);
		w->failed = is_over(w->server);
	}
	return rc;
}

static int
start_signing_in(struct warmup *w, struct err *err)
{
	w->events = ssh_event_new();
	if (w->events == NULL ||
	    ssh_event_add_session(w->events, w->server) != SSH_OK)
		die("out of memory");
	if (ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &w->person) != SSH_OK)
		return err_set(err, PLEIN_EIO, "warm-up: cannot make a key");
	return 0;
}

static void
release(struct warmup *w)
{
	if (w->events != NULL && w->server != NULL)
		(void)ssh_event_remove_session(w->events, w->server);
	ssh_event_free(w->events);
	ssh_key_free(w->person);
	ssh_free(w->client);
	ssh_free(w->server);
	close_fd(w->to_client[0]);
	close_fd(w->to_client[1]);
	close_fd(w->to_server[0]);
	close_fd(w->to_server[1]);
}

int
warmup_run(const struct hostkey *k, const char *cipher, bool tamper,
	   bool *accepted, struct err *err)
{
	struct warmup w = { .to_client = { -1, -1 },
			    .to_server = { -1, -1 },
			    .tamper = tamper,
			    .deadline = clock_mono_ms() + DEADLINE_MS };
	struct ssh_server_callbacks_struct cb = {
		.userdata = &w,
		.service_request_function = accept_service,
		.auth_pubkey_function = accept_key,
	};
	int rc = open_pair(w.to_client, err);

	if (rc == 0)
		rc = open_pair(w.to_server, err);
	if (rc == 0)
		rc = start_client(&w, cipher, err);
	if (rc == 0)
		rc = start_server(&w, k, err);
	if (rc != 0)
		goto out;
	ssh_callbacks_init(&cb);
	(void)ssh_set_server_callbacks(w.server, &cb);
	rc = exchange_keys(&w, err);
	if (rc == 0)
		rc = start_signing_in(&w, err);
	if (rc == 0)
		rc = sign_in(&w, tamper, err);
	*accepted = tamper ? w.asked : w.proven;
out:
	release(&w);
	return rc;
}

int
hostkey_warm_up(struct hostkey *k, struct err *err)
{
	bool chacha = false, gcm = false, forged = false;
	int rc = warmup_run(k, CHACHA, false, &chacha, err);

	if (rc == 0)
		rc = warmup_run(k, GCM, false, &gcm, err);
	if (rc == 0 && !(chacha && gcm))
		rc = err_set(err, PLEIN_EPROTO, "warm-up: no answer");
	if (rc == 0)
		rc = warmup_run(k, GCM, true, &forged, err);
	if (rc == 0 && forged)
		rc = err_set(err, PLEIN_ERULE,
			     "this libssh accepts falsified packets "
			     "(AES-GCM tags are not verified); at least "
			     "0.10.6-0+deb12u3 is needed");
	return rc;
}
