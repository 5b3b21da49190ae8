/* saver.c - see saver.h. */
#include "saver.h"

#include <poll.h>
#include <stdbool.h>

#include "measure.h"
#include "plein/mem.h"
#include "prose.h"

#define PATIENCE_MS 60000

void
saver_init(struct saver *s, struct api *api, int page)
{
	char address[PROSE_ADDRESS];
	json_t *r;

	prose_address(page, address);
	r = api_ask(api, "page.read", json_pack("{s:s}", "address", address));
	if (!r)
		die("%s is not there", address);
	s->api = api;
	s->page = page;
	s->version = json_integer_value(json_object_get(r, "version"));
	json_decref(r);
}

static void
ask(struct saver *s)
{
	char address[PROSE_ADDRESS];
	struct buf text = BUF_INIT;

	prose_address(s->page, address);
	prose_page(&text, s->page, (int)s->version, PROSE_LINES);
	api_send(s->api, "page.save",
		 json_pack("{s:s, s:I, s:s}", "address", address, "base",
			   (json_int_t)s->version, "text", text.ptr));
	buf_release(&text);
}

static void
take(struct saver *s)
{
	json_t *r = api_take(s->api);

	if (!r)
		die("page %d was not saved", s->page);
	s->version = json_integer_value(json_object_get(r, "version"));
	json_decref(r);
}

double
saver_save(struct saver *s)
{
	double begun = measure_now();

	ask(s);
	take(s);
	return (measure_now() - begun) * 1000;
}

void
savers_open(struct savers *all, const struct fixture *f, int n, int first)
{
	all->n = n;
	for (int i = 0; i < n; i++) {
		api_open(&all->apis[i], f);
		saver_init(&all->each[i], &all->apis[i], first + i);
	}
}

/* Those that wait for an answer; how many. */
static int
fill_poll(const struct savers *all, const bool *waiting, struct pollfd *fds)
{
	int n = 0;

	for (int i = 0; i < all->n; i++) {
		fds[i].fd = waiting[i] ? api_fd(&all->apis[i]) : -1;
		fds[i].events = POLLIN;
		n += waiting[i];
	}
	return n;
}

double
savers_rate(struct savers *all, double seconds)
{
	double begun = measure_now();
	bool waiting[SAVERS_MAX];
	struct pollfd fds[SAVERS_MAX];
	int done = 0, i;

	for (i = 0; i < all->n; i++) {
		ask(&all->each[i]);
		waiting[i] = true;
	}
	while (fill_poll(all, waiting, fds) > 0) {
		if (poll(fds, (nfds_t)all->n, PATIENCE_MS) <= 0)
			die("nobody gets an answer");
		for (i = 0; i < all->n; i++) {
			if (!waiting[i] || !fds[i].revents)
				continue;
			take(&all->each[i]);
			done++;
			waiting[i] = measure_now() < begun + seconds;
			if (waiting[i])
				ask(&all->each[i]);
		}
	}
	return done / (measure_now() - begun);
}

void
savers_close(struct savers *all)
{
	for (int i = 0; i < all->n; i++)
		api_close(&all->apis[i]);
	all->n = 0;
}
