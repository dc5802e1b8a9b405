#include "booking/phone.h"

#include <stdbool.h>
#include <string.h>

#include "base/memory.h"

#include "base/banned.h"

#define DIGITS_MAX 15   // E.164 6.2.1
#define TYPED_MAX 40    // more than this is not looked at
#define FOREIGN_SHORT 8 // digits behind the plus
#define BELGIUM "+32"
#define LANDLINE_DIGITS 8 // without the 0
#define MOBILE_DIGITS 9

static bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

// Digits, and a plus when it comes before them; everything else a person writes between them is dropped.
static void keep_digits(const char *typed, char *out, size_t size)
{
    size_t length = 0;
    for (; *typed != '\0' && length + 1 < size; typed++)
        if (is_digit(*typed) || (*typed == '+' && length == 0))
            out[length++] = *typed;
    out[length] = '\0';
}

// Puts the number into international form where the rules know how; else leaves it as it is.
static void make_international(const char *typed, char *out, size_t size)
{
    size_t length = strlen(typed);
    if (strncmp(typed, "00", 2) == 0)
        (void)text_print(out, size, "+%s", typed + 2);
    else if (typed[0] == '0')
        (void)text_print(out, size, BELGIUM "%s", typed + 1);
    else if (typed[0] == '4' && length == MOBILE_DIGITS)
        (void)text_print(out, size, BELGIUM "%s", typed);
    else
        (void)text_copy(out, size, typed);
    size_t country = strlen(BELGIUM);
    if (strncmp(out, BELGIUM "0", country + 1) == 0)
        memmove(out + country, out + country + 1, strlen(out + country + 1) + 1);
}

static enum phone_kind kind_of(const char *number)
{
    if (number[0] == '\0' || strcmp(number, "+") == 0)
        return PHONE_NONE;
    size_t digits = strlen(number + 1);
    if (number[0] != '+' || digits < FOREIGN_SHORT || digits > DIGITS_MAX || number[1] == '0')
        return PHONE_SUSPICIOUS;
    if (strncmp(number, BELGIUM, strlen(BELGIUM)) != 0)
        return PHONE_FOREIGN;
    const char *national = number + strlen(BELGIUM);
    if (national[0] == '0') // a second 0: no number begins so
        return PHONE_SUSPICIOUS;
    bool mobile = national[0] == '4' && national[1] >= '5';
    if (mobile) // a mobile number with a digit too few has the length of a landline
        return strlen(national) == MOBILE_DIGITS ? PHONE_MOBILE : PHONE_SUSPICIOUS;
    return strlen(national) == LANDLINE_DIGITS ? PHONE_LANDLINE : PHONE_SUSPICIOUS;
}

enum phone_kind phone_read(const char *typed, char out[PHONE_SIZE])
{
    char digits[TYPED_MAX], number[TYPED_MAX + 4];
    keep_digits(typed, digits, sizeof digits);
    make_international(digits, number, sizeof number);
    enum phone_kind kind = kind_of(number);
    const char *kept = kind == PHONE_NONE ? "" : kind == PHONE_SUSPICIOUS ? digits : number;
    size_t length = strnlen(kept, PHONE_SIZE - 1);
    memcpy(out, kept, length);
    out[length] = '\0';
    memory_wipe(digits, sizeof digits);
    memory_wipe(number, sizeof number);
    return kind;
}

// Digits of the country code (ITU-T E.164 annex): zones 1 and 7 have one, the listed ones two, the rest
// three.
static size_t country_digits(const char *digits)
{
    static const char *const two =
        " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57"
        " 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
    if (digits[0] == '1' || digits[0] == '7')
        return 1;
    char wanted[] = {' ', digits[0], digits[0] == '\0' ? '\0' : digits[1], ' ', '\0'};
    return strstr(two, wanted) != NULL ? 2 : 3;
}

// Appends groups to `out`: sizes as in `plan` ("4222"), its last size repeated; a digit left alone joins the
// group before it.
static void add_groups(const char *digits, const char *plan, char *out)
{
    size_t length = strlen(out), left = strlen(digits);
    while (left > 0 && length + left + 1 < PHONE_GROUPED_SIZE) {
        size_t take = (size_t)(plan[0] - '0');
        if (take > left || take + 1 == left)
            take = left;
        if (length > 0)
            out[length++] = ' ';
        memcpy(out + length, digits, take);
        length += take;
        digits += take;
        left -= take;
        out[length] = '\0';
        if (plan[1] != '\0')
            plan++;
    }
}

// As people write a number with its 0 in Belgium: 0470 12 34 56, 02 371 22 11, 016 12 34 56.
static const char *national_plan(const char *digits)
{
    if (digits[1] == '4' && digits[2] >= '5')
        return "42222";
    return digits[1] != '\0' && strchr("2349", digits[1]) != NULL ? "2322" : "3222";
}

void phone_group(const char *phone, char out[PHONE_GROUPED_SIZE])
{
    out[0] = '\0';
    enum phone_kind kind = kind_of(phone);
    char national[PHONE_SIZE];
    if (kind == PHONE_MOBILE || kind == PHONE_LANDLINE) {
        (void)text_print(national, sizeof national, "0%s", phone + strlen(BELGIUM));
        add_groups(national, national_plan(national), out);
    } else if (phone[0] == '0') {
        add_groups(phone, national_plan(phone), out);
    } else if (phone[0] == '+') {
        size_t length = 1 + country_digits(phone + 1);
        if (length > strlen(phone))
            length = strlen(phone);
        memcpy(out, phone, length);
        out[length] = '\0';
        add_groups(phone + length, "3", out);
    } else {
        add_groups(phone, "3", out);
    }
    memory_wipe(national, sizeof national);
}
