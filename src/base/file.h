// Files and folders. Any thread.
#ifndef WEGWIJS_BASE_FILE_H
#define WEGWIJS_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

// Reads a whole file of at most `limit` bytes. *out is terminated and the caller's to free; *size excludes
// the zero. On failure *out is NULL. ERROR_NOT_FOUND, ERROR_IO, ERROR_FULL when it is larger.
int file_read(const char *path, size_t limit, char **out, size_t *size, struct error *error);

// Writes through a temporary file beside it, fsync, rename, fsync of the folder: afterwards the whole new
// file is there, or the old one. `mode` as in chmod.
int file_write(const char *path, const void *bytes, size_t size, mode_t mode, struct error *error);

// Gives a file that is whole and on disk its name; the name is durable then too. ERROR_REFUSED when the name
// is there already: then neither file changes.
int file_publish(const char *temporary, const char *path, struct error *error);

// Makes a folder and its parents. Existing is success.
int file_make_folder(const char *path, mode_t mode, struct error *error);

bool file_exists(const char *path);

// Joins two parts with one slash; an absolute `name` stays as it is. The caller frees.
char *file_join(const char *folder, const char *name);

// Where the program's own files are: $WEGWIJS_SHARE, else the source tree that holds this executable
// (its build folder two or more levels down), else <executable>/../share/wegwijs, else the configured prefix.
// `name` like "assets/pictograms/talk.svg" or "lang/nl.po". The caller frees. Never NULL.
char *file_share(const char *name);

// $XDG_DATA_HOME/wegwijs/name or ~/.local/share/wegwijs/name. The caller frees.
char *file_user_data(const char *name);

#endif
