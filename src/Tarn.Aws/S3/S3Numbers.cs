using System.Globalization;

namespace Tarn.Aws.S3;

/// <summary>Numbers in parameters and headers: decimal, not negative.</summary>
internal static class S3Numbers
{
    /// <param name="text">Null: <paramref name="absent"/>.</param>
    public static int Read(string? text, string name, int absent)
    {
        if (text is null)
        {
            return absent;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw S3Errors.InvalidArgument($"Provided {name} not an integer or within integer range: '{text}'");
    }
}
