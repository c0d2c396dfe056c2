using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;

namespace Tarn.Query.Binding.Patterns;

/// <summary>
/// A user's pattern over lines. Patterns run compiled with a limit of time per line; a line that hits it is read again
/// by an engine that takes time in proportion to the line. That engine knows no lookaround: a pattern with it gets more
/// time and then fails the query. So no pattern holds a thread for good. Thread-safe.
/// </summary>
internal sealed class LinePattern
{
    private static readonly TimeSpan FirstTimeMax = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LineTimeMax = TimeSpan.FromSeconds(30);

    private readonly Regex _fast;
    private readonly Regex? _steady;

    /// <summary>Throws ArgumentException for a pattern that .NET does not know.</summary>
    public LinePattern(string pattern, RegexOptions options)
    {
        options |= RegexOptions.CultureInvariant;
        _steady = TrySteady(pattern, options);
        _fast = new Regex(pattern, options | RegexOptions.Compiled, _steady is null ? LineTimeMax : FirstTimeMax);
    }

    public IReadOnlyList<int> GroupNumbers => _fast.GetGroupNumbers();

    public int GroupNumber(string name) => _fast.GroupNumberFromName(name);

    /// <summary>Throws Damaged for a line that the pattern takes too long for.</summary>
    public Match Match(string line)
    {
        try
        {
            return _fast.Match(line);
        }
        catch (RegexMatchTimeoutException timeout)
        {
            return _steady?.Match(line) ?? throw new TarnException(
                ErrorKind.Damaged,
                $"the pattern takes longer than {LineTimeMax.TotalSeconds} seconds for a line",
                "it tries too many ways to match",
                "write it without nested repetition",
                timeout);
        }
    }

    private static Regex? TrySteady(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
