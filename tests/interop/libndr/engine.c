/*
 * An NDR engine that is not ours: Samba's libndr, driven by what its IDL compiler makes of qm_failure.idl.
 *
 * Lines in:   label revision from to hex
 * Lines out:  {"label": …, "event": {…}, "consumed": bytes, "hex": the event encoded as `to`}
 *             {"label": …, "event": null, "error": {"code": …, "offset": …, "message": …}}
 *
 * `revision` is 0 or 1. `from` and `to` are ndr20 (with the header of type serialization version 1), ndr20-body,
 * ndr20-body-be or ndr64; `to` may be "-" for no encoding. An input of no bytes is written "-".
 */
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "json.h"

/* The string that [string] wchar_t* is: a conformant varying array. length is its actual_count. */
enum ndr_err_code ndr_pull_fwp_string(struct ndr_pull* ndr, int ndr_flags, struct fwp_string* r) {
  uint32_t size;
  if (!(ndr_flags & NDR_SCALARS)) return NDR_ERR_SUCCESS;
  NDR_CHECK(ndr_pull_array_size(ndr, &r->units));
  NDR_CHECK(ndr_pull_array_length(ndr, &r->units));
  NDR_CHECK(ndr_steal_array_size(ndr, &r->units, &size));
  NDR_CHECK(ndr_steal_array_length(ndr, &r->units, &r->length));
  if (r->length > size)
    return ndr_pull_error(ndr, NDR_ERR_ARRAY_SIZE, "array length %u above its size %u", r->length, size);
  NDR_CHECK(ndr_check_string_terminator(ndr, r->length, sizeof(uint16_t)));
  NDR_PULL_ALLOC_N(ndr, r->units, r->length);
  for (uint32_t i = 0; i < r->length; ++i) NDR_CHECK(ndr_pull_uint16(ndr, NDR_SCALARS, &r->units[i]));
  return NDR_ERR_SUCCESS;
}

enum ndr_err_code ndr_push_fwp_string(struct ndr_push* ndr, int ndr_flags, const struct fwp_string* r) {
  if (!(ndr_flags & NDR_SCALARS)) return NDR_ERR_SUCCESS;
  NDR_CHECK(ndr_push_uint3264(ndr, NDR_SCALARS, r->length));
  NDR_CHECK(ndr_push_uint3264(ndr, NDR_SCALARS, 0));
  NDR_CHECK(ndr_push_uint3264(ndr, NDR_SCALARS, r->length));
  for (uint32_t i = 0; i < r->length; ++i) NDR_CHECK(ndr_push_uint16(ndr, NDR_SCALARS, r->units[i]));
  return NDR_ERR_SUCCESS;
}

/* The generated printer refers to it; nothing here calls that printer. */
void ndr_print_fwp_string(struct ndr_print* ndr, const char* name, const struct fwp_string* r) {
  ndr_print_ptr(ndr, name, r);
}

struct encoding {
  const char* name;
  uint32_t flags;
  bool has_header;
};

static const struct encoding encodings[] = {
    {"ndr20", 0, true},
    {"ndr20-body", 0, false},
    {"ndr20-body-be", LIBNDR_FLAG_BIGENDIAN, false},
    {"ndr64", LIBNDR_FLAG_NDR64, false},
};

static void fail(const char* what, const char* text) {
  fprintf(stderr, "libndr engine: %s: %s\n", what, text);
  exit(2);
}

static const struct encoding* find_encoding(const char* name) {
  for (size_t i = 0; i < sizeof encodings / sizeof encodings[0]; ++i)
    if (strcmp(name, encodings[i].name) == 0) return &encodings[i];
  fail("no such encoding", name);
  return NULL;
}

/* Room for either revision: revision 0 is the beginning of revision 1. */
union event {
  struct qm_failure0 revision0;
  struct qm_failure1 revision1;
  struct qm_failure0_serialized serialized0;
  struct qm_failure1_serialized serialized1;
};

static enum ndr_err_code pull(struct ndr_pull* ndr, const struct encoding* from, bool is_revision1,
                              union event* event) {
  const int both = NDR_SCALARS | NDR_BUFFERS;
  ndr_set_flags(&ndr->flags, from->flags);
  if (from->has_header)
    return is_revision1 ? ndr_pull_qm_failure1_serialized(ndr, both, &event->serialized1)
                        : ndr_pull_qm_failure0_serialized(ndr, both, &event->serialized0);
  return is_revision1 ? ndr_pull_qm_failure1(ndr, both, &event->revision1)
                      : ndr_pull_qm_failure0(ndr, both, &event->revision0);
}

static enum ndr_err_code push(struct ndr_push* ndr, const struct encoding* to, bool is_revision1, union event* event) {
  const int both = NDR_SCALARS | NDR_BUFFERS;
  ndr_set_flags(&ndr->flags, to->flags);
  if (to->has_header)
    return is_revision1 ? ndr_push_qm_failure1_serialized(ndr, both, &event->serialized1)
                        : ndr_push_qm_failure0_serialized(ndr, both, &event->serialized0);
  return is_revision1 ? ndr_push_qm_failure1(ndr, both, &event->revision1)
                      : ndr_push_qm_failure0(ndr, both, &event->revision0);
}

static unsigned hex_digit(char digit) {
  const char *digits = "0123456789abcdef", *found = digit == '\0' ? NULL : strchr(digits, digit);
  if (found == NULL) fail("no lower-case hex digit", (char[]){digit, '\0'});
  return (unsigned)(found - digits);
}

/* A block of exactly the input's size, so that memory checkers see a read past it. */
static DATA_BLOB parse_hex(TALLOC_CTX* memory, const char* hex) {
  if (strcmp(hex, "-") == 0) hex = "";
  DATA_BLOB blob = {.length = strlen(hex) / 2};
  blob.data = talloc_array(memory, uint8_t, blob.length);
  for (size_t i = 0; i < blob.length; ++i)
    blob.data[i] = (uint8_t)(hex_digit(hex[2 * i]) << 4 | hex_digit(hex[2 * i + 1]));
  return blob;
}

static void answer(FILE* out, TALLOC_CTX* memory, char* line) {
  char* rest = NULL;
  const char* fields[5];
  for (size_t i = 0; i < 5; ++i) {
    fields[i] = strtok_r(i == 0 ? line : NULL, " \n", &rest);
    if (fields[i] == NULL) fail("not `label revision from to hex`", line);
  }
  const bool is_revision1 = strcmp(fields[1], "1") == 0;
  DATA_BLOB input = parse_hex(memory, fields[4]);
  union event event = {0};

  fputs("{\"label\": ", out);
  print_text(out, fields[0]);
  struct ndr_pull* reader = ndr_pull_init_blob(&input, memory);
  enum ndr_err_code result = pull(reader, find_encoding(fields[2]), is_revision1, &event);
  if (!NDR_ERR_CODE_IS_SUCCESS(result)) {
    fprintf(out, ", \"event\": null, \"error\": {\"code\": %u, \"offset\": %u, \"message\": ", result, reader->offset);
    print_text(out, ndr_map_error2string(result));
    fputs("}}\n", out);
    return;
  }
  fputs(", \"event\": ", out);
  print_event(out, &event.revision1, is_revision1);
  fprintf(out, ", \"consumed\": %u", reader->offset);
  if (strcmp(fields[3], "-") != 0) {
    struct ndr_push* writer = ndr_push_init_ctx(memory);
    result = push(writer, find_encoding(fields[3]), is_revision1, &event);
    if (!NDR_ERR_CODE_IS_SUCCESS(result)) fail("libndr does not write what it read", fields[0]);
    fputs(", \"hex\": \"", out);
    for (uint32_t i = 0; i < writer->offset; ++i) fprintf(out, "%02x", writer->data[i]);
    fputc('"', out);
  }
  fputs("}\n", out);
}

int main(void) {
  char* line = NULL;
  size_t capacity = 0;
  while (getline(&line, &capacity, stdin) > 0) {
    TALLOC_CTX* memory = talloc_new(NULL);
    answer(stdout, memory, line);
    talloc_free(memory);
  }
  free(line);
  return ferror(stdin) || fflush(stdout) != 0 ? 2 : 0;
}
