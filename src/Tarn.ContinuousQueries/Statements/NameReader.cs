using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>Names of sources and views: lower case, letters, digits, _ and -.</summary>
internal static class NameReader
{
    private const int LengthMax = 255;

    public static string Take(TokenReader tokens, string what)
    {
        var place = tokens.Place;
        var name = tokens.TakeName(what).ToLowerInvariant();
        return name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') && name.Length <= LengthMax
            ? name
            : throw new TarnException(
                ErrorKind.Invalid,
                $"{place}: name '{name}' has characters other than letters, digits, _ and -, or more than 255");
    }

    /// <summary>Name or database.name.</summary>
    public static (string? Database, string Name) TakeQualified(TokenReader tokens, string what)
    {
        var first = Take(tokens, what);
        return tokens.TryTake(".") ? (first, Take(tokens, what)) : (null, first);
    }
}
