#include "draw/font.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "draw/face.h"
#include "draw/stream.h"
#include "draw/text.h"

#include "base/banned.h"

#define FOLDERS "/usr/share/fonts/truetype/noto:/usr/share/fonts/truetype/wqy:/usr/local/share/fonts"
#define NOTO "fonts-noto-core"

static const struct {
    const char *regular, *bold, *package;
} FILES[FACES] = {
    [FACE_SANS] = {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf", NOTO},
    [FACE_ARABIC] = {"NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf", NOTO},
    [FACE_ETHIOPIC] = {"NotoSansEthiopic-Regular.ttf", "NotoSansEthiopic-Bold.ttf", NOTO},
    [FACE_TIFINAGH] = {"NotoSansTifinagh-Regular.ttf", NULL, NOTO},
    [FACE_DEVANAGARI] = {"NotoSansDevanagari-Regular.ttf", "NotoSansDevanagari-Bold.ttf", NOTO},
    [FACE_GURMUKHI] = {"NotoSansGurmukhi-Regular.ttf", "NotoSansGurmukhi-Bold.ttf", NOTO},
    [FACE_BENGALI] = {"NotoSansBengali-Regular.ttf", "NotoSansBengali-Bold.ttf", NOTO},
    [FACE_HAN] = {"wqy-microhei.ttc", NULL, "fonts-wqy-microhei"},
};

struct open_face { // protected by the lock
    TTF_Font *font;
    int size;
    bool missing;
};

static pthread_mutex_t lock;
static pthread_once_t lock_once = PTHREAD_ONCE_INIT;
static struct open_face open_faces[FACES][2];
static char *configured; // folders, protected by the lock
static bool started;

static void make_lock(void)
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&lock, &attributes);
    pthread_mutexattr_destroy(&attributes);
}

void face_lock(void)
{
    pthread_once(&lock_once, make_lock);
    pthread_mutex_lock(&lock);
}

void face_unlock(void)
{
    pthread_mutex_unlock(&lock);
}

void font_search(const char *folders)
{
    face_lock();
    free(configured);
    configured = memory_copy_text(folders);
    face_unlock();
}

enum face face_for_script(enum script script)
{
    static const enum face BY_SCRIPT[SCRIPTS] = {
        [SCRIPT_ARABIC] = FACE_ARABIC,     [SCRIPT_ETHIOPIC] = FACE_ETHIOPIC,
        [SCRIPT_TIFINAGH] = FACE_TIFINAGH, [SCRIPT_DEVANAGARI] = FACE_DEVANAGARI,
        [SCRIPT_GURMUKHI] = FACE_GURMUKHI, [SCRIPT_BENGALI] = FACE_BENGALI,
        [SCRIPT_HAN] = FACE_HAN,
    };
    return BY_SCRIPT[script];
}

static const char *file_of(enum face face, bool bold)
{
    return bold && FILES[face].bold != NULL ? FILES[face].bold : FILES[face].regular;
}

// Looks in one list of folders; the caller frees.
static char *find_in(const char *folders, const char *name)
{
    while (folders != NULL && *folders != '\0') {
        size_t length = strcspn(folders, ":");
        char *folder = memory_format("%.*s", (int)length, folders);
        char *path = file_join(folder, name);
        free(folder);
        if (file_exists(path)) {
            return path;
        }
        free(path);
        folders += length + (folders[length] == ':');
    }
    return NULL;
}

static char *find_file(const char *name)
{
    char *path = find_in(getenv("WEGWIJS_FONTS"), name);
    if (path == NULL) {
        path = find_in(configured, name);
    }
    return path != NULL ? path : find_in(FOLDERS, name);
}

static int open_face(enum face face, bool bold, int size, struct error *error)
{
    struct open_face *entry = &open_faces[face][bold];
    const char *name = file_of(face, bold);
    char *path = find_file(name);
    if (path == NULL) {
        return error_set(error, ERROR_NOT_FOUND, "font \"%s\" is missing: install the package %s", name,
                         FILES[face].package);
    }
    if (!started && TTF_Init() != 0) {
        free(path);
        return error_set(error, ERROR_UNAVAILABLE, "SDL_ttf does not start: %s", TTF_GetError());
    }
    started = true;
    SDL_RWops *stream = stream_open(path);
    entry->font = stream != NULL ? TTF_OpenFontRW(stream, 1, size) : NULL;
    if (entry->font == NULL) {
        error_set(error, ERROR_CORRUPT, "font \"%s\" cannot be opened: %s", path, TTF_GetError());
        free(path);
        return ERROR_CORRUPT;
    }
    entry->size = size;
    TTF_SetFontHinting(entry->font, TTF_HINTING_LIGHT_SUBPIXEL);
    free(path);
    return 0;
}

TTF_Font *face_font(enum face face, bool bold, int size)
{
    struct open_face *entry = &open_faces[face][bold && FILES[face].bold != NULL];
    struct error error = ERROR_NONE;
    if (entry->font == NULL && !entry->missing) {
        entry->missing = open_face(face, bold && FILES[face].bold != NULL, size, &error) != 0;
        if (entry->missing) {
            log_error("%s", error.text);
        }
    }
    if (entry->font != NULL && entry->size != size) {
        TTF_SetFontSize(entry->font, size);
        entry->size = size;
    }
    return entry->font;
}

bool face_has(enum face face, bool bold, uint32_t character)
{
    const struct open_face *entry = &open_faces[face][bold && FILES[face].bold != NULL];
    TTF_Font *font = face_font(face, bold, entry->size > 0 ? entry->size : 24);
    return font != NULL && TTF_GlyphIsProvided32(font, character) != 0;
}

static int check_face(enum face face, struct error *error)
{
    int result = 0;
    for (int bold = 0; bold < 2 && result == 0; bold++) {
        if (open_faces[face][bold].font == NULL && (!bold || FILES[face].bold != NULL)) {
            result = open_face(face, bold, 24, error);
        }
    }
    return result;
}

int font_check_script(const char *script, struct error *error)
{
    face_lock();
    int result = check_face(face_for_script(script_from_tag(script)), error);
    face_unlock();
    return result;
}

int font_check(struct error *error)
{
    int result = 0;
    face_lock();
    for (int face = 0; face < FACES && result == 0; face++) {
        result = check_face((enum face)face, error);
    }
    face_unlock();
    return result;
}

void font_close_all(void)
{
    face_lock();
    text_cache_wipe();
    for (int face = 0; face < FACES; face++) {
        for (int bold = 0; bold < 2; bold++) {
            if (open_faces[face][bold].font != NULL) {
                TTF_CloseFont(open_faces[face][bold].font);
            }
            open_faces[face][bold] = (struct open_face){0};
        }
    }
    if (started) {
        TTF_Quit();
    }
    started = false;
    free(configured);
    configured = NULL;
    face_unlock();
}
