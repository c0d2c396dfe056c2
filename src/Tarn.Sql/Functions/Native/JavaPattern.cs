using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;

namespace Tarn.Sql.Functions.Native;

/// <summary>
/// A regular expression in Java's syntax, read for two engines: RE2 in DuckDB, which is fast, where the pattern means
/// the same there; .NET's otherwise, and for what needs groups that did not take part. Both search leftmost-first.
/// </summary>
internal sealed class JavaPattern
{
    private const int KnownMax = 1000;

    /// <summary>A match that backtracks longer than this fails its query.</summary>
    private static readonly TimeSpan MatchTimeMax = TimeSpan.FromSeconds(10);

    private static readonly ConcurrentDictionary<string, JavaPattern> Known = new(StringComparer.Ordinal);

    private JavaPattern(string text)
    {
        var scanner = new JavaPatternScanner(text);
        scanner.Read();
        Re2 = scanner.Re2;
        GroupNames = scanner.GroupNames;
        try
        {
            Regex = new Regex(scanner.DotNet, RegexOptions.CultureInvariant, MatchTimeMax);
        }
        catch (ArgumentException exception)
        {
            throw Define.Invalid($"Invalid regular expression '{text}': {exception.Message}");
        }

        GroupCount = Regex.GetGroupNumbers().Length - 1;
    }

    /// <summary>In RE2's syntax; null when RE2 cannot do it.</summary>
    public string? Re2 { get; }

    public Regex Regex { get; }

    public int GroupCount { get; }

    /// <summary>Names in the order of the groups' numbers; null for groups without.</summary>
    public IReadOnlyList<string?> GroupNames { get; }

    public static JavaPattern Of(string text)
    {
        if (Known.TryGetValue(text, out var pattern))
        {
            return pattern;
        }

        if (Known.Count >= KnownMax)
        {
            Known.Clear();
        }

        return Known.GetOrAdd(text, new JavaPattern(text));
    }

    public void RequireGroup(long group)
    {
        if (group < 0)
        {
            throw Define.Invalid("Group cannot be negative");
        }

        if (group > GroupCount)
        {
            throw Define.Invalid($"Pattern has {GroupCount} groups. Cannot access group {group}");
        }
    }

    /// <summary>Runs a search; one that backtracks without end fails.</summary>
    public static T Search<T>(Func<T> search)
    {
        try
        {
            return search();
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw new TarnException(
                ErrorKind.LimitExceeded,
                $"regular expression '{exception.Pattern}' took longer than {MatchTimeMax.TotalSeconds} s on one value")
            {
                Code = "EXCEEDED_TIME_LIMIT",
            };
        }
    }
}
