#!/bin/bash
# The slip as PNG and as ESC/POS bytes: read back by a QR reader, by a decoder of raster commands, and compared
# with what programs that others wrote make of them (npm, test only): npos decodes our bytes, and
# @point-of-sale/receipt-printer-encoder encodes the same picture.
. "$(dirname "$0")/slip.inc"
forms=("576 203 normal" "576 203 large" "384 203 normal" "384 203 large" "512 180 normal" "512 180 large" "340 180 normal" "340 180 large")
for paper in "${forms[@]}"; do
    name=${paper// /-}
    $tool $paper slot picture "$folder/$name" >/dev/null 2>&1
    is "slip $paper is read by zbarimg" reads "$folder/$name/$CODE.png"
    $tool $paper slot escpos "$folder/$name.bin" >/dev/null 2>&1
    python3 - "$folder/$name.bin" "$folder/$name.pbm" <<'P'
import sys
d, at, rows, data = open(sys.argv[1], 'rb').read(), 0, 0, b''
while at < len(d):
    if d[at:at+2] == b'\x1b@': at += 2
    elif d[at:at+4] == b'\x1dv0\0':
        stride, high = d[at+4] + 256*d[at+5], d[at+6] + 256*d[at+7]
        assert high <= 255
        data += d[at+8:at+8+stride*high]; rows += high; at += 8 + stride*high
    elif d[at:at+3] == b'\x1dVB': at += 4
    else: sys.exit('unknown command at %d: %s' % (at, d[at:at+4].hex()))
open(sys.argv[2], 'wb').write(b'P4\n%d %d\n' % (stride*8, rows) + data)
P
    is "ESC/POS bytes of $paper are read by zbarimg" reads "$folder/$name.pbm"
    convert "$folder/$name/$CODE.png" -background white -gravity west -splice 0x0 -extent "$(identify -format '%[fx:8*ceil(w/8)]x%h' "$folder/$name/$CODE.png")" "$folder/$name-wide.png"
    is "ESC/POS raster of $paper is the picture, dot by dot" test "$(compare -metric AE "$folder/$name-wide.png" "$folder/$name.pbm" null: 2>&1)" = 0
done
for paper in "${forms[@]}"; do
    name=${paper// /-}
    creased "$paper" "$folder/$name.pbm" "$(cut -d " " -f 2 <<<"$paper")"
done
# sheets: an A4 and an A5 page, filled, standing in the printer and lying on a screen
for paper in "a5 normal" "a5 large" "a4 normal" "a4 large"; do
    name=${paper/ /-}
    $tool 576 203 "${paper#* }" slot picture "$folder/$name" "${paper% *}" >/dev/null 2>&1
    pdftoppm -r 300 -gray -singlefile "$folder/$name/$CODE.pdf" "$folder/$name"
    is "sheet $paper lies" test "$(identify -format '%[fx:w > h && w / h > 1.4 && w / h < 1.43]' "$folder/$name.pgm")" = 1
    is "sheet $paper is read by zbarimg" reads "$folder/$name.pgm"
    is "sheet $paper is written over nine tenths of its width and height" \
        test "$(convert "$folder/$name.pgm" -trim -format '%[fx:w > 0.9 * page.width && h > 0.85 * page.height]' info:)" = 1
    [ "$paper" = "a5 large" ] && creased "sheet $paper" "$folder/$name.pgm" 300 # the smallest modules
done
# what others wrote
others="npos@0.1.19 @point-of-sale/receipt-printer-encoder@4.0.1"
if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    skip "the decoder and the encoder of others" "npm is not installed"
elif ! (cd "$folder" && timeout 90 npm install --silent --no-audit --no-fund $others >/dev/null 2>&1); then
    skip "the decoder and the encoder of others" "npm's registry is not reachable"
else
    cat >"$folder/decode.cjs" <<'J'
const fs = require('fs'), npos = require('npos');
npos.parser().parse(fs.readFileSync(process.argv[2])).then(found => {
    const images = found.entries.filter(entry => entry.type === 'raster').map(entry => entry.data);
    const other = found.tree.filter(node => node.fn !== 'v0').map(node => node.ascii + ' ' + node.fn).join(', ');
    if (images.length !== 1 || other !== 'ESC @, GS V') throw new Error(images.length + ' pictures, ' + other);
    const {width: w, height: h} = images[0], rows = Buffer.alloc(w / 8 * h);
    for (let y = 0; y < h; y++) for (let x = 0; x < w; x++)
        if (images[0].getPixel(x, y) === 0) rows[(y * w + x) >> 3] |= 128 >> x % 8;
    fs.writeFileSync(process.argv[3], Buffer.concat([Buffer.from(`P4\n${w} ${h}\n`), rows]));
}).catch(error => { console.error(error); process.exit(1); });
J
    cat >"$folder/oracle.cjs" <<'J'
const fs = require('fs'), Encoder = require('@point-of-sale/receipt-printer-encoder');
const pbm = fs.readFileSync(process.argv[2]); // P4\nW H\n…
let end = pbm.indexOf(10, 3), [w, h] = pbm.subarray(3, end).toString().split(' ').map(Number), at = end + 1;
const data = new Uint8ClampedArray(w * h * 4).fill(255);
for (let y = 0; y < h; y++) for (let x = 0; x < w; x++)
    if (pbm[at + y * (w >> 3) + (x >> 3)] >> (7 - x % 8) & 1) data.fill(0, (y * w + x) * 4, (y * w + x) * 4 + 3);
class ImageData { constructor(data, width, height) { Object.assign(this, {data, width, height}); } }
const E = Encoder.default || Encoder;
const bytes = Buffer.from(new E({language: 'esc-pos', imageMode: 'raster', columns: 48}).image(new ImageData(data, w, h), w, h, 'threshold', 128).encode());
const rasters = buffer => { // the data of all raster commands
    const parts = [];
    for (let i = 0; (i = buffer.indexOf(Buffer.from([0x1d, 0x76, 0x30, 0]), i)) >= 0;) {
        const size = (buffer[i + 4] + 256 * buffer[i + 5]) * (buffer[i + 6] + 256 * buffer[i + 7]);
        parts.push(buffer.subarray(i + 8, i + 8 + size)); i += 8 + size;
    }
    return Buffer.concat(parts);
};
const theirs = rasters(bytes), ours = rasters(fs.readFileSync(process.argv[3]));
console.log(theirs.length, ours.length);
process.exit(theirs.length > 0 && theirs.equals(ours) ? 0 : 1);
J
    export NODE_PATH=$folder/node_modules
    for paper in "${forms[@]}"; do
        name=${paper// /-}
        is "npos decodes the bytes of $paper" node "$folder/decode.cjs" "$folder/$name.bin" "$folder/$name-npos.pbm"
        is "what npos decodes of $paper is the picture, dot by dot" test "$(compare -metric AE "$folder/$name-wide.png" "$folder/$name-npos.pbm" null: 2>&1)" = 0
        is "zbarimg reads what npos decodes of $paper" reads "$folder/$name-npos.pbm"
        is "$paper equals the bytes of receipt-printer-encoder" node "$folder/oracle.cjs" "$folder/$name.pbm" "$folder/$name.bin"
    done
fi
