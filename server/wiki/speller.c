/*
 * speller.c - the lock is held while a question is out, so that an answer is
 * of the last question. A stream whose answer did not come is closed: what
 * may still come on it belongs to nobody.
 */
#include "wiki/speller.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/mem.h"

#define ANSWER_MAX (1024UL * 1024)

struct speller {
	pthread_mutex_t lock; /* of the stream: held while one asks */
	pthread_mutex_t gate; /* of `fresh` */
	pthread_cond_t came;
	int fresh; /* just given, -1 = none */
	int fd; /* in use, -1 = none */
	void (*wanted)(void *ctx);
	void *ctx;
	int patience_ms;
};

struct speller *
speller_new(void (*wanted)(void *ctx), void *ctx, int patience_ms)
{
	struct speller *s = mem_alloc(sizeof(*s));

	(void)pthread_mutex_init(&s->lock, NULL); /* fails for no memory */
	(void)pthread_mutex_init(&s->gate, NULL);
	(void)pthread_cond_init(&s->came, NULL);
	s->fresh = s->fd = -1;
	s->wanted = wanted;
	s->ctx = ctx;
	s->patience_ms = patience_ms;
	return s;
}

static void
drop(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd); /* a socket: nothing to lose */
	*fd = -1;
}

void
speller_free(struct speller *s)
{
	if (!s)
		return;
	drop(&s->fresh);
	drop(&s->fd);
	(void)pthread_cond_destroy(&s->came);
	(void)pthread_mutex_destroy(&s->gate);
	(void)pthread_mutex_destroy(&s->lock);
	free(s);
}

void
speller_give(struct speller *s, int fd)
{
	(void)pthread_mutex_lock(&s->gate);
	drop(&s->fresh);
	s->fresh = fd;
	(void)pthread_cond_signal(&s->came);
	(void)pthread_mutex_unlock(&s->gate);
}

static struct timespec
moment_in(int ms)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_REALTIME, &t); /* as the condition does */
	t.tv_sec += ms / 1000;
	t.tv_nsec += (long)(ms % 1000) * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	return t;
}

static int
wait_for_process(struct speller *s, struct err *err)
{
	struct timespec until = moment_in(s->patience_ms);
	int rc = 0;

	s->wanted(s->ctx);
	(void)pthread_mutex_lock(&s->gate);
	while (s->fresh < 0 && rc == 0)
		rc = pthread_cond_timedwait(&s->came, &s->gate, &until);
	s->fd = s->fresh;
	s->fresh = -1;
	(void)pthread_mutex_unlock(&s->gate);
	return s->fd >= 0 ? 0
			  : err_set(err, PLEIN_EBUSY,
				    "there is nobody to check the spelling");
}

static int
send_question(struct speller *s, const json_t *question, struct err *err)
{
	char *text = json_dumps(question, JSON_COMPACT);
	struct buf line = BUF_INIT;
	size_t sent = 0;
	ssize_t n = 0;

	buf_printf(&line, "%s\n", text);
	free(text);
	while (n >= 0 && sent < line.len) {
		n = send(s->fd, line.ptr + sent, line.len - sent, MSG_NOSIGNAL);
		sent += n > 0 ? (size_t)n : 0;
		if (n < 0 && errno == EINTR)
			n = 0;
	}
	buf_release(&line);
	return n < 0 ? err_set_errno(err, errno, "spell") : 0;
}

/* More of the answer within the time that is left; false when none comes. */
static bool
receive(const struct speller *s, struct buf *in, int64_t until)
{
	struct pollfd p = { .fd = s->fd, .events = POLLIN };
	int64_t left = until - clock_mono_ms();
	ssize_t n;

	if (left <= 0 || poll(&p, 1, (int)left) <= 0)
		return false;
	n = read(s->fd, buf_room(in, 4096), 4096);
	in->len += n > 0 ? (size_t)n : 0;
	return n > 0 && in->len < ANSWER_MAX;
}

static int
read_answer(const struct speller *s, json_t **answer, struct err *err)
{
	int64_t until = clock_mono_ms() + s->patience_ms;
	struct buf in = BUF_INIT;

	while (receive(s, &in, until) && in.ptr[in.len - 1] != '\n')
		;
	*answer = json_loadb(in.ptr, in.len, 0, NULL);
	buf_release(&in);
	return *answer ? 0
		       : err_set(err, PLEIN_EBUSY,
				 "the spelling was not checked");
}

static int
ask_once(struct speller *s, const json_t *question, json_t **answer,
	 struct err *err)
{
	int rc = s->fd >= 0 ? 0 : wait_for_process(s, err);

	if (rc == 0)
		rc = send_question(s, question, err);
	if (rc == 0)
		rc = read_answer(s, answer, err);
	if (rc)
		drop(&s->fd);
	return rc;
}

int
speller_ask(struct speller *s, const json_t *question, json_t **answer,
	    struct err *err)
{
	struct timespec until = moment_in(s->patience_ms);
	bool used;
	int rc;

	*answer = NULL;
	if (pthread_mutex_timedlock(&s->lock, &until) != 0)
		return err_set(err, PLEIN_EBUSY, "too many ask for spelling");
	used = s->fd >= 0;
	rc = ask_once(s, question, answer, err);
	/* It may have ended since the last question. */
	if (rc && used)
		rc = ask_once(s, question, answer, err);
	(void)pthread_mutex_unlock(&s->lock);
	return rc ? err_set(err, PLEIN_EBUSY,
			    "the spelling cannot be checked now")
		  : 0;
}
