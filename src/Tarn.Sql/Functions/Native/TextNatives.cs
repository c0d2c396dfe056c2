using System.Text;
using Tarn.Primitives.Functions;

namespace Tarn.Sql.Functions.Native;

/// <summary>Strings.</summary>
internal static class TextNatives
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_luhn_check", (string digits) => Luhn(digits)),
        Define.Of("tarn_normalize", (string text, string form) => text.Normalize(FormOf(form))),
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

    private static NormalizationForm FormOf(string form) => form.ToUpperInvariant() switch
    {
        "NFC" => NormalizationForm.FormC,
        "NFD" => NormalizationForm.FormD,
        "NFKC" => NormalizationForm.FormKC,
        "NFKD" => NormalizationForm.FormKD,
        _ => throw Define.Invalid($"Normalization form must be one of [NFD, NFC, NFKD, NFKC], not {form}"),
    };
}
