using System.Text;

namespace Tarn.Sql.Functions.Native;

/// <summary>RFC 4648's Base32, with padding.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Encode(byte[] data)
    {
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var value in data)
        {
            bits = (bits << 8) | value;
            for (count += 8; count >= 5; count -= 5)
            {
                text.Append(Alphabet[(bits >> (count - 5)) & 31]);
            }

            bits &= (1 << count) - 1;
        }

        if (count > 0)
        {
            text.Append(Alphabet[(bits << (5 - count)) & 31]);
        }

        return text.Append('=', (8 - (text.Length % 8)) % 8).ToString();
    }

    public static byte[] Decode(string text)
    {
        var data = new List<byte>();
        var (bits, count) = (0, 0);
        foreach (var c in text.TrimEnd('='))
        {
            var value = Alphabet.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            if (value < 0)
            {
                throw Define.Invalid($"Unrecognized character: {c}");
            }

            (bits, count) = ((bits << 5) | value, count + 5);
            if (count >= 8)
            {
                count -= 8;
                data.Add((byte)(bits >> count));
            }

            bits &= (1 << count) - 1;
        }

        return [.. data];
    }
}
