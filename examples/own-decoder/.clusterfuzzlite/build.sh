#!/bin/bash -eu
# What the service calls. qmforge is built from source with the service's flags, so that MemorySanitizer works too.
cmake -S "$SRC/qmforge" -B "$WORK/qmforge" -G Ninja -DCMAKE_BUILD_TYPE=None -DQMFORGE_TOOLS=OFF -DQMFORGE_TESTS=OFF \
  -DQMFORGE_EXAMPLES=OFF -DQMFORGE_WERROR=OFF -DCMAKE_INSTALL_PREFIX="$WORK/prefix"
cmake --build "$WORK/qmforge" --target install
cmake -S "$SRC/own-decoder" -B "$WORK/own" -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_PREFIX_PATH="$WORK/prefix"
cmake --build "$WORK/own" --target ndr20_fuzzer body_fuzzer ndr20_fuzzer_seeds body_fuzzer_seeds
for target in ndr20_fuzzer body_fuzzer; do
  cp "$WORK/own/$target" "$OUT/"
  zip -q -j "$OUT/${target}_seed_corpus.zip" "$WORK/own/$target-seeds/"*
done
cp "$WORK/prefix/share/qmforge/message.dict" "$OUT/ndr20_fuzzer.dict"
