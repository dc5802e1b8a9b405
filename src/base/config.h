// Configuration: YAML with a schema (libcyaml). A fault says file, line, column, key, found and expected:
//   /etc/wegwijs/kiosk.yaml:12:3: unexpected key "prnter", expected one of "printer", "screen"
// Aliases, a second document and words for a truth value other than true, false, yes and no are faults too.
// Any thread.
#ifndef WEGWIJS_BASE_CONFIG_H
#define WEGWIJS_BASE_CONFIG_H

#include <cyaml/cyaml.h>

#include "base/error.h"

#define CONFIG_FILE_LIMIT 1048576 // bytes: 1 MiB

// Loads `path` by `schema` into *data, which the caller frees with config_free. On failure *data is NULL and
// error holds one sentence that begins with the file, and line and column where libcyaml knows them.
int config_load(const char *path, const cyaml_schema_value_t *schema, void **data, struct error *error);

// The same from memory; `name` stands for the file in messages. For tests and fuzzers.
int config_parse(const char *name, const char *bytes, size_t size, const cyaml_schema_value_t *schema,
                 void **data, struct error *error);
// A fault that no schema can say, at the place of `key` ("limits: hour": below "limits"): fills error with
// ERROR_INVALID and returns it. `sentence` follows file, line and column.
int config_fault(const char *name, const char *bytes, size_t size, const char *key, const char *sentence,
                 struct error *error);
void config_free(const cyaml_schema_value_t *schema, void *data);

#endif
