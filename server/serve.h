/* serve.h - `pleind serve DIR [--listen ADDR:PORT]… [--front PATH]` */
#ifndef PLEIN_SERVER_SERVE_H
#define PLEIN_SERVER_SERVE_H

#include "address.h"
#include "house.h"
#include "plein/err.h"

struct serve_options {
	const char *dir;
	const char *front; /* socket for OpenSSH, or NULL */
	struct address listen[HOUSE_LISTENERS];
	int n_listen; /* 0: as plein.conf says */
};

/* Read argv[0] = "serve" and what follows. PLEIN_EUSAGE. */
int
serve_parse(struct serve_options *o, int argc, char **argv, struct err *err);

/* Serve in the foreground until told to stop; the exit code. */
int
serve_main(int argc, char **argv);

#endif
