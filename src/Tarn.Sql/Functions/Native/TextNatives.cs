using System.Text;
using Tarn.Primitives.Functions;

namespace Tarn.Sql.Functions.Native;

/// <summary>Strings.</summary>
internal static class TextNatives
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of(
            "tarn_listagg",
            (string?[] values, string separator, string filler, bool withCount) =>
                ListText.Join(values, separator, filler, withCount)),
        Define.Of("tarn_luhn_check", (string digits) => Luhn(digits)),
        Define.Of("tarn_reverse", (string text) => CodePoints.Text(CodePoints.Of(text).Reverse())),
        Define.Of("tarn_strpos", (string text, string part, long n) => CodePoints.Position(text, part, n)),
        Define.Of("tarn_interleave", (string text, string inner) => CodePoints.Interleave(text, inner)),
        Define.Of("tarn_chr", (long point) => CodePoints.Chr(point)),
        Define.Of("tarn_codepoint", (string text) => CodePoints.Single(text)),
        Define.Of("tarn_levenshtein", (string a, string b) => CodePoints.Levenshtein(a, b)),
        Define.Of("tarn_hamming", (string a, string b) => CodePoints.Hamming(a, b)),
        Define.Of("tarn_soundex", (string text) => Soundex.Encode(text)),
        Define.Of("tarn_word_stem", (string word, string language) => EnglishStemmer.Stem(word, language)),
        Define.Of("tarn_format", (string pattern, string kinds, string?[] values) =>
            JavaFormat.Format(pattern, kinds, values)),
        Define.Of("tarn_format_number", (double value) => Units.FormatNumber(value)),
        Define.Of("tarn_parse_data_size", (string text) => Units.ParseSize(text)),
        Define.Of("tarn_human_seconds", (double seconds) => Units.HumanReadableSeconds(seconds)),
        Define.Of("tarn_from_utf8", (byte[] bytes) => Encoding.UTF8.GetString(bytes)),
        Define.Of("tarn_from_utf8_with", (byte[] bytes, string replacement) => Decode(bytes, replacement)),
        Define.Of("tarn_char2hexint", (string text) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))),
        .. Splitting.All,
    ];

    private static bool Luhn(string digits)
    {
        var (sum, isDouble) = (0, false);
        foreach (var digit in digits.Reverse())
        {
            if (!char.IsAsciiDigit(digit))
            {
                throw Define.Invalid($"Cannot compute the Luhn checksum of '{digits}'");
            }

            var value = (digit - '0') * (isDouble ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
            isDouble = !isDouble;
        }

        return digits.Length > 0 && sum % 10 == 0;
    }

    private static string Decode(byte[] bytes, string replacement)
    {
        if (CodePoints.Count(replacement) > 1)
        {
            throw Define.Invalid("Replacement character string must empty or a single character");
        }

        var encoding = Encoding.GetEncoding(
            "utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(replacement));
        return encoding.GetString(bytes);
    }
}
