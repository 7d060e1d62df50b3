#!/usr/bin/perl
# Plants a defect: `apply.pl ROOT NAME` replaces it in the copy of the project at ROOT.
# `apply.pl --list` prints the names; `apply.pl --check ROOT` says whether every entry applies exactly once.
use strict;
use warnings;
use File::Basename;

# Each defect: name, file, what, original, replacement.
sub defects {
    open my $in, '<', dirname(__FILE__) . '/defects.txt' or die "defects.txt: $!\n";
    my (@defects, $current);
    while (my $line = <$in>) {
        next if $line =~ /^#/ or $line =~ /^$/;
        if ($line =~ /^- (.*)$/s) { $current->{original} .= $1 }
        elsif ($line =~ /^\+ ?(.*)$/s) { $current->{replacement} .= $1 }
        elsif ($line =~ /^(\S+) (\S+)  (.+)$/) {
            push @defects, $current = { name => $1, file => $2, what => $3, original => '', replacement => '' };
        }
        else { die "defects.txt:$.: not understood: $line" }
    }
    # Snippets may begin and end in the middle of a line.
    for (@defects) { chomp $_->{original}; chomp $_->{replacement} }
    return @defects;
}

sub content {
    my ($path) = @_;
    local $/;
    open my $in, '<', $path or die "$path: $!\n";
    return scalar <$in>;
}

sub apply {
    my ($root, $defect) = @_;
    my $text = content("$root/$defect->{file}");
    my $times = () = $text =~ /\Q$defect->{original}\E/g;
    return (undef, "$defect->{name}: stands $times times in $defect->{file}") if $times != 1;
    $text =~ s/\Q$defect->{original}\E/$defect->{replacement}/;
    return ($text, undef);
}

my ($first, $second) = @ARGV;
if ($first eq '--list') {
    print "$_->{name}\t$_->{what}\n" for defects();
    exit 0;
}
if ($first eq '--check') {
    my @defects = defects();
    my @errors = grep { defined } map { (apply($second, $_))[1] } @defects;
    print STDERR "$_\n" for @errors;
    print scalar(@defects), " defects\n";
    exit(@errors ? 1 : 0);
}
my ($defect) = grep { $_->{name} eq $second } defects();
die "no defect '$second'\n" unless $defect;
my ($text, $error) = apply($first, $defect);
die "$error\n" if $error;
open my $out, '>', "$first/$defect->{file}" or die "$first/$defect->{file}: $!\n";
print $out $text;
