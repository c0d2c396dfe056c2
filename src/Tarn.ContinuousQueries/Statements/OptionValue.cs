using System.Globalization;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>One <c>name = value</c> of WITH (...) or SET (...).</summary>
/// <param name="Name">Lower case, known.</param>
/// <param name="Text">The value without quotes; null: DEFAULT.</param>
/// <param name="Micros">The value as an interval, where it is one.</param>
/// <param name="Place">Where the value stands, as errors say it.</param>
internal sealed record OptionValue(string Name, string? Text, long? Micros, string Place)
{
    /// <summary>A duration of at least <paramref name="least"/> ms; null for DEFAULT.</summary>
    public long? Milliseconds(long least)
    {
        if (Text is null)
        {
            return null;
        }

        var micros = Micros ?? throw Wrong("an interval such as '30 seconds'");
        return micros % 1_000 == 0 && micros / 1_000 >= least
            ? micros / 1_000
            : throw Wrong($"an interval of whole milliseconds, at least {IntervalText.Print(least * 1_000)}");
    }

    /// <summary>A whole number within bounds; null for DEFAULT.</summary>
    public long? Whole(long least, long most) =>
        Text is null ? null
        : long.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? number
        : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    /// <summary>One of the words, in lower case; null for DEFAULT.</summary>
    public string? Word(params string[] words) =>
        Text is null ? null
        : words.FirstOrDefault(word => word.Equals(Text, StringComparison.OrdinalIgnoreCase))
            ?? throw Wrong(string.Join(" or ", words.Select(word => $"'{word}'")));

    public TarnException Wrong(string expected) => new(
        ErrorKind.Invalid, $"{Place}: option {Name} is {expected}, not '{Text}'") { Code = "INVALID_OPTION" };
}
