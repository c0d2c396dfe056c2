namespace Tarn.Delivery.Timestamps;

/// <summary>
/// The letters of java.time's DateTimeFormatter: how often each may be repeated, and why some are refused.
/// </summary>
/// <remarks>https://docs.oracle.com/javase/8/docs/api/java/time/format/DateTimeFormatter.html</remarks>
internal static class PatternLetters
{
    /// <summary>Why this run is not a field; null when it is.</summary>
    public static PatternFault? Find(char letter, int count, int position)
    {
        if (Refusal(letter) is { } reason)
        {
            return new PatternFault(
                position, $"'{letter}' ({reason}) is not supported in time patterns", Unsupported, null);
        }

        if (CountsOf(letter) is not { } counts)
        {
            return new PatternFault(
                position,
                $"'{letter}' is not a letter of time patterns",
                Invalid,
                "text is put in quotes: 'year='yyyy");
        }

        return counts.Contains(count)
            ? null
            : new PatternFault(
                position, $"'{new string(letter, count)}' repeats '{letter}' {count} times", Invalid, Allowed(counts));
    }

    private const Primitives.Errors.ErrorKind Invalid = Primitives.Errors.ErrorKind.Invalid;
    private const Primitives.Errors.ErrorKind Unsupported = Primitives.Errors.ErrorKind.Unsupported;

    private static readonly int[] One = [1];
    private static readonly int[] UpTo2 = [1, 2];
    private static readonly int[] UpTo3 = [1, 2, 3];
    private static readonly int[] UpTo5 = [1, 2, 3, 4, 5];
    private static readonly int[] UpTo9 = [.. Enumerable.Range(1, 9)];
    private static readonly int[] UpTo19 = [.. Enumerable.Range(1, 19)];
    private static readonly int[] AllBut2 = [1, 3, 4, 5];
    private static readonly int[] OneOr4 = [1, 4];

    private static string Allowed(int[] counts) =>
        counts.Length > 5 ? $"1 to {counts[^1]} times" : string.Join(", ", counts) + " times";

    private static int[]? CountsOf(char letter) => letter switch
    {
        'y' or 'u' or 'Y' or 'A' or 'n' or 'N' => UpTo19,
        'S' => UpTo9,
        'M' or 'L' or 'Q' or 'q' or 'E' or 'G' or 'e' or 'X' or 'x' or 'Z' => UpTo5,
        'c' => AllBut2,
        'D' => UpTo3,
        'd' or 'H' or 'k' or 'K' or 'h' or 'm' or 's' or 'w' => UpTo2,
        'W' or 'a' => One,
        'O' => OneOr4,
        _ => null,
    };

    private static string? Refusal(char letter) => letter switch
    {
        'V' => "the zone's id; write it as text",
        'z' or 'v' => "the zone's name; write it as text, or use X for the offset",
        'F' => "day of week in month, which versions of Java print differently",
        'B' => "period of day, which Java 8 does not have",
        'g' => "modified Julian day, which Java 8 does not have",
        'p' => "padding",
        _ => null,
    };
}
