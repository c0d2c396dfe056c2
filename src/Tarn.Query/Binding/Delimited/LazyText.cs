using System.Text;
using System.Text.Unicode;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Delimited;

/// <summary>Bytes between separators: where they end, and what they mean without escapes. One thread's.</summary>
internal sealed class LazyText(LazySimpleFormat format)
{
    private byte[] _scratch = new byte[256];

    /// <summary>Where the first separator that is not escaped stands; -1: nowhere.</summary>
    public int FindEnd(ReadOnlySpan<byte> text, byte separator)
    {
        if (format.Escape is not { } escape)
        {
            return text.IndexOf(separator);
        }

        var at = 0;
        while (at < text.Length)
        {
            var found = text[at..].IndexOfAny(separator, escape);
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (text[at] == separator)
            {
                return at;
            }

            at += 2;
        }

        return -1;
    }

    /// <summary>
    /// The value as a scalar's reader takes it: text without its escapes and as valid UTF-8. Good until the next one.
    /// </summary>
    public ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> value, SqlType type)
    {
        if (type.Kind != TypeKind.Varchar)
        {
            return value;
        }

        if (format.Escape is { } escape && value.Contains(escape))
        {
            value = Unescape(value, escape);
        }

        return Utf8.IsValid(value) ? value : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(value));
    }

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> value, byte escape)
    {
        if (_scratch.Length < value.Length)
        {
            _scratch = new byte[value.Length * 2];
        }

        var length = 0;
        for (var index = 0; index < value.Length; index++)
        {
            var letter = value[index];
            if (letter == escape && index + 1 < value.Length)
            {
                letter = value[++index] switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    var other => other,
                };
            }

            _scratch[length++] = letter;
        }

        return _scratch.AsSpan(0, length);
    }
}
