#!/usr/bin/env bash
# Plain English: codespell finds no misspelling, and the cleaned paths hold none of the phrases in words.txt. Text between
# `<!-- words: off -->` and `<!-- words: on -->` may hold them. Arguments are paths to look for phrases in instead.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Files and directories that hold no phrase of words.txt. Add what you have cleaned; '.' is everything.
clean=(
  CHANGELOG.md CONTRIBUTING.md SECURITY.md .editorconfig .github/ISSUE_TEMPLATE .github/pull_request_template.md
  docs/format.md docs/found.md docs/release.md scripts/checks/words.sh
  README.md sim include/qmforge/sim src/decode fuzz bench/README.md docs/conformance.md
  sensitivity bench/*.cpp bench/*.py kits examples scripts docs/proof.md
  tests/sim tests/decode tests/vectors tests/reference tests/names tests/text tests/support tests/validate tests/data
)
# What is not text of ours, and what is about phrases.
not_text='^corpus/|^fuzz/regressions/|\.hex$|/golden/|package-lock\.json$|^scripts/checks/words\.txt$'
# files PATH...: the tracked text files below the paths, which must exist; each name ends in a zero byte.
files() { git ls-files -z --error-unmatch "$@" | grep -zvE "$not_text"; }

status=0
files . | xargs -0 codespell --ignore-words scripts/checks/spelling.txt || status=1

(($# == 0)) || clean=("$@")
files "${clean[@]}" | xargs -0 perl -CSD -e '
  open(my $list, "<", "scripts/checks/words.txt") or die "words.txt: $!\n";
  my @phrases;
  while (<$list>) {
    next if /^(#|\s*$)/;
    chomp;
    my ($phrase, $instead) = split /\t/;
    $phrase =~ s/ /\\s+(?:(?:\\\/\\\/+|[#*>])\\s+)?/g;
    push @phrases, [qr/$phrase/i, $instead];
  }
  my $found = 0;
  for my $file (@ARGV) {
    open(my $in, "<", $file) or die "$file: $!\n";
    my $text = do { local $/; <$in> };
    $text =~ s/(<!-- words: off -->.*?<!-- words: on -->)/"\n" x ($1 =~ tr,\n,,)/gse;
    for (@phrases) {
      my ($phrase, $instead) = @$_;
      while ($text =~ /$phrase/g) {
        my ($line, $match) = (1 + (substr($text, 0, $-[0]) =~ tr/\n//), $& =~ s/\s+/ /gr);
        print STDERR "$file:$line: \"$match\": write $instead\n";
        $found = 1;
      }
    }
  }
  exit $found;
' || status=1
exit "$status"
