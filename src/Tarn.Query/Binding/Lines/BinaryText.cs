namespace Tarn.Query.Binding.Lines;

/// <summary>Bytes as the text that DuckDB casts to a BLOB: <c>\x0A\xFF</c>.</summary>
internal static class BinaryText
{
    public static byte[] Write(ReadOnlySpan<byte> value)
    {
        var text = new byte[value.Length * 4];
        for (var index = 0; index < value.Length; index++)
        {
            var cell = text.AsSpan(index * 4, 4);
            cell[0] = (byte)'\\';
            cell[1] = (byte)'x';
            cell[2] = Digit(value[index] >> 4);
            cell[3] = Digit(value[index] & 15);
        }

        return text;
    }

    private static byte Digit(int value) => (byte)"0123456789ABCDEF"[value];
}
