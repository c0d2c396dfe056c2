using System.Collections.Immutable;
using Tarn.Primitives.Errors;

namespace Tarn.Streams.Definitions;

/// <summary>The bounds of the tags of a stream or consumer.</summary>
internal static class TagLimits
{
    public const int TagsMax = 50;
    public const int KeyCharactersMax = 128;
    public const int ValueCharactersMax = 256;

    public static void Check(ImmutableSortedDictionary<string, string> tags)
    {
        if (tags.Count > TagsMax)
        {
            throw new TarnException(
                ErrorKind.LimitExceeded, $"{tags.Count} tags are too many", $"at most {TagsMax} are kept");
        }

        foreach (var (key, value) in tags)
        {
            if (key.Length is < 1 or > KeyCharactersMax || value.Length > ValueCharactersMax)
            {
                throw new TarnException(
                    ErrorKind.Invalid,
                    $"tag '{key}' is not valid",
                    $"a key has 1 to {KeyCharactersMax} characters, a value up to {ValueCharactersMax}");
            }
        }
    }
}
