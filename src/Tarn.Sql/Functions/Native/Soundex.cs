namespace Tarn.Sql.Functions.Native;

/// <summary>American Soundex: a letter and three digits. H and W do not separate equal codes, vowels do.</summary>
internal static class Soundex
{
    private const string Codes = "01230120022455012623010202";

    public static string Encode(string text)
    {
        var letters = text.Where(char.IsLetter).Select(char.ToUpperInvariant).ToList();
        if (letters.Find(letter => !char.IsAsciiLetterUpper(letter)) is var strange and not '\0')
        {
            throw Define.Invalid($"Soundex error: The character is not mapped: {strange} (index={(int)strange})");
        }

        if (letters.Count == 0)
        {
            return "";
        }

        var code = letters[0].ToString();
        var last = Codes[letters[0] - 'A'];
        foreach (var letter in letters.Skip(1))
        {
            if (letter is 'H' or 'W')
            {
                continue;
            }

            var digit = Codes[letter - 'A'];
            if (digit != '0' && digit != last && code.Length < 4)
            {
                code += digit;
            }

            last = digit;
        }

        return code.PadRight(4, '0');
    }
}
