# Makes of a finding what a developer wants: the smallest input, the oracle, what the bytes say, a command that shows it again and a
# test case to paste. Sourced by run.sh, whose variables it uses.

# again INPUT: runs the target again, and prints its output.
again() { timeout 60 "$program" "${options[@]}" "$1" 2>&1 < /dev/null || true; }

# oracle < OUTPUT: one of ours, a sanitizer, or the engine.
oracle() {
  sed -nE 's/.*WRONG ANSWER by oracle ([a-z0-9-]+).*/oracle \1/p; s/.*runtime error: (.*)/UndefinedBehaviorSanitizer: \1/p
    s/.*ERROR: (\w+Sanitizer: [A-Za-z-]+).*/\1/p; s/.*ERROR: (libFuzzer: .*)/\1/p' | head -n 1 | grep . ||
    echo 'not reproduced'
}

# explained INPUT OUTPUT: the output of the program qmforge for the bytes.
explained() {
  local decode message
  decode=$(compgen -G "$root/build/*/tools/qmforge" | head -n 1) || { echo 'build the program qmforge to see it'; return; }
  # forge and transcode are given answers to questions: the bytes that were made of them are in what the oracle said.
  message=$(sed -nE 's/.*\b(ndr20|ndr20-body|ndr64|native64|native32) revision ([01]).*/--format \1 --revision \2/p' "$2" | head -n 1)
  if [[ -n $message ]] && grep -qE '^ *input: +[0-9a-f]*$' "$2"; then
    # shellcheck disable=SC2086  # four words
    sed -nE 's/^ *input: +([0-9a-f]*)$/input \1/p' "$2" | "$decode" decode $message --hex - || true
    return
  fi
  local format=${target#*_}
  case $target in
    decode_* | mutate_*)
      for revision in 0 1; do "$decode" decode --format "${format/_body/-body}" --revision $revision "$1" || true; done
      ;;
    canary) "$decode" decode --format ndr20-body "$1" || true ;;
    *) cat -v "$1"; echo ;;
  esac
}

# test_case INPUT ORACLE: for fuzz/findings_test.cpp.
test_case() {
  echo "// Found by ${target}_fuzzer: $2."
  echo "TEST(Findings, ${target}_$(sha256sum < "$1" | cut -c1-8)) {"
  echo "  EXPECT_TRUE(is_right(${target}_fuzzer,"
  if [[ -s $1 ]]; then
    od -An -v -tx1 -w24 "$1" | sed -E 's/ (..)/\\x\1/g; s/.*/                        "&"/' | sed '$s/$/sv));/'
  else
    echo '                        ""sv));'
  fi
  echo '}'
}

# report ARTIFACT: writes FOLDER/findings/TARGET/NAME/ and prints its report.
report() {
  local small=$scratch/$target-smaller who name kept
  who=$(again "$1" | oracle)
  timeout 60 "$program" "${options[@]}" -minimize_crash=1 -runs=100000 -max_total_time=20 -artifact_prefix="$scratch/" \
    -exact_artifact_path="$small" "$1" > "$log.minimise" 2>&1 < /dev/null || true
  # As long as the same oracle speaks.
  [[ -s $small && $(again "$small" | oracle) == "${who%%:*}"* ]] || small=$1
  name=$(sha256sum < "$small" | cut -c1-8) kept=$folder/findings/$target
  kept+=/$name
  mkdir -p "$kept"
  cp "$1" "$kept/input-as-found"
  cp "$small" "$kept/input"
  again "$kept/input" > "$kept/output.log"
  who=$(oracle < "$kept/output.log")
  test_case "$kept/input" "$who" > "$kept/test.cpp"
  {
    printf 'FOUND by %s_fuzzer: %s (%s bytes)\n\n' "$target" "$who" "$(stat -c %s "$kept/input")"
    sed -n '/WRONG ANSWER by oracle\|ERROR: \|runtime error/,/^==[0-9]*==\|^Aborted/p' "$kept/output.log" | head -n 40
    printf '\nWhat the bytes say:\n%s\n' "$(explained "$kept/input" "$kept/output.log")"
    printf '\nAgain:  %s %s\n' "$program" "$kept/input"
    [[ $folder_of_inputs == - ]] || printf 'Keep:   cp %s %s/fuzz/regressions/%s/\n' "$kept/input" "$root" "$folder_of_inputs"
    printf '\nA test case for fuzz/findings_test.cpp:\n\n%s\n' "$(cat "$kept/test.cpp")"
  } | tee "$kept/report.txt"
}
