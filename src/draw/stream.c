#include "draw/stream.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

#include "base/banned.h"

#define BLOCK_BYTES 4096
#define BLOCKS 4

struct block {
    Sint64 from; // a multiple of BLOCK_BYTES; -1: holds nothing
    Sint64 bytes;
    unsigned char data[BLOCK_BYTES];
};
struct stream {
    int descriptor;
    Sint64 size, at;
    struct block blocks[BLOCKS];
    unsigned next; // to be replaced
};

static struct stream *stream_of(SDL_RWops *operations)
{
    return operations->hidden.unknown.data1;
}

static Sint64 SDLCALL tell_size(SDL_RWops *operations)
{
    return stream_of(operations)->size;
}

static Sint64 SDLCALL seek(SDL_RWops *operations, Sint64 offset, int whence)
{
    struct stream *stream = stream_of(operations);
    Sint64 from = whence == RW_SEEK_SET ? 0 : whence == RW_SEEK_CUR ? stream->at : stream->size;
    Sint64 at = from + offset;
    stream->at = at < 0 ? 0 : at > stream->size ? stream->size : at;
    return stream->at;
}

// The block that holds this place; NULL when the disk fails.
static struct block *block_at(struct stream *stream, Sint64 at)
{
    Sint64 from = at - at % BLOCK_BYTES;
    for (unsigned i = 0; i < BLOCKS; i++)
        if (stream->blocks[i].from == from)
            return &stream->blocks[i];
    struct block *block = &stream->blocks[stream->next++ % BLOCKS];
    block->bytes = pread(stream->descriptor, block->data, BLOCK_BYTES, from);
    block->from = block->bytes > 0 ? from : -1;
    return block->bytes > 0 ? block : NULL;
}

static size_t SDLCALL read_some(SDL_RWops *operations, void *out, size_t size, size_t count)
{
    struct stream *stream = stream_of(operations);
    size_t done = 0, wanted = size * count;
    while (done < wanted && stream->at < stream->size) {
        const struct block *block = block_at(stream, stream->at);
        Sint64 within = stream->at % BLOCK_BYTES, there = block != NULL ? block->bytes - within : 0;
        if (there <= 0)
            break;
        size_t piece = (size_t)there < wanted - done ? (size_t)there : wanted - done;
        memcpy((unsigned char *)out + done, block->data + within, piece);
        done += piece;
        stream->at += (Sint64)piece;
    }
    return size > 0 ? done / size : 0;
}

static size_t SDLCALL write_none(SDL_RWops *operations, const void *bytes, size_t size, size_t count)
{
    (void)operations, (void)bytes, (void)size, (void)count;
    return 0;
}

static int SDLCALL close_stream(SDL_RWops *operations)
{
    struct stream *stream = stream_of(operations);
    close(stream->descriptor);
    free(stream);
    SDL_FreeRW(operations);
    return 0;
}

SDL_RWops *stream_open(const char *path)
{
    struct stat status;
    SDL_RWops *operations = NULL;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor >= 0 && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode))
        operations = SDL_AllocRW();
    if (operations == NULL) {
        if (descriptor >= 0)
            close(descriptor);
        return NULL;
    }
    struct stream *stream = memory_new(1, sizeof(*stream));
    stream->descriptor = descriptor;
    stream->size = status.st_size;
    for (unsigned i = 0; i < BLOCKS; i++)
        stream->blocks[i].from = -1;
    operations->type = SDL_RWOPS_UNKNOWN;
    operations->size = tell_size;
    operations->seek = seek;
    operations->read = read_some;
    operations->write = write_none;
    operations->close = close_stream;
    operations->hidden.unknown.data1 = stream;
    return operations;
}
