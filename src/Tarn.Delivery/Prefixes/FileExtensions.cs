using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Prefixes;

/// <summary>The end of objects' names.</summary>
internal static partial class FileExtensions
{
    /// <summary>
    /// The extension that objects get: the one that was given, else <paramref name="usual"/>, the compression's or
    /// format's own. Fails with Invalid when what was given is not an extension.
    /// </summary>
    public static string Resolve(string? given, string usual, string setting)
    {
        if (string.IsNullOrEmpty(given))
        {
            return usual;
        }

        return given.Length <= 128 && Pattern().IsMatch(given)
            ? given
            : throw new TarnException(
                ErrorKind.Invalid,
                $"{setting} '{given}' is not a file extension",
                hint: "a dot, then lower case letters, digits or !-_.*'(), up to 128 characters");
    }

    [GeneratedRegex(@"\A\.[0-9a-z!\-_.*'()]+\z")]
    private static partial Regex Pattern();
}
