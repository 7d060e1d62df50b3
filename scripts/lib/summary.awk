# usage: awk -f summary.awk CTEST-OUTPUT LOG
#
# Reads ctest's output and its log (LastTest.log, which has the programs' whole output). Prints the skipped cases with
# their reasons, and as its last line `N passed, N failed, N skipped`, where N counts cases of GoogleTest programs, and other
# programs. The variable `failed` is the number of failures before the run. The status is 1 if a case failed or none passed.
#
# A program without GoogleTest skips with status 77 and prints the reason in a line `SKIP: …`.

function skip(why) {
  sub(/^[ \t]+/, "", why)
  if (!(why in where)) reasons[++kinds] = why
  if (index(where[why] ",", " " entry ",") == 0) where[why] = where[why] (where[why] == "" ? "" : ",") " " entry
}

# ctest's output: the state of each entry.
FNR == NR && /^ *[0-9]+\/[0-9]+ Test +#[0-9]+: / {
  line = $0
  sub(/^[^:]*: /, "", line)
  entry = line
  sub(/ .*/, "", entry)
  if (line ~ / Passed +[0-9.]+ sec/) state[entry] = "passed"
  else if (line ~ /\*\*\*(Skipped|Not Run \(Disabled\))/) state[entry] = "skipped"
  else state[entry] = "failed"
}
FNR == NR { next }

# The log: the cases of each entry.
/^[0-9]+\/[0-9]+ Testing: / {
  entry = $0
  sub(/^[^:]*: /, "", entry)
  after_skip = 0
}
/^\[  PASSED  \] [0-9]+ test/ { passes[entry] = $4 }
/^\[  FAILED  \] [0-9]+ test.*listed below/ { failures[entry] = $4 }
/^\[  SKIPPED \] [0-9]+ test.*listed below/ { skips[entry] = $4 }
/^SKIP: / { skip(substr($0, 7)) }
after_skip { skip($0); after_skip = 0 }
/: Skipped$/ { after_skip = 1 }

END {
  for (entry in state) {
    if (entry in passes) {
      passed += passes[entry]
      failed += failures[entry]
      skipped += skips[entry]
      if (state[entry] == "failed" && !failures[entry]) ++failed  # it crashed, or a sanitizer spoke at the end
    }
    else if (state[entry] == "passed") ++passed
    else if (state[entry] == "skipped") ++skipped
    else ++failed
  }
  for (i = 1; i <= kinds; ++i) print "Skipped: " reasons[i] " (" substr(where[reasons[i]], 2) ")"
  printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
  exit failed > 0 || !passed
}
